package org.blrc.diff;

import org.blrc.derive.Derivation;
import org.blrc.syntax.Declaration;

/**
 * One of the two that are compared.
 *
 * @param source where the spec was read
 * @param spec as it was written
 */
public record Subject(String source, Declaration.Optimizer spec, Derivation derivation) {

  /** What it is called. */
  public String name() {
    return derivation.optimizer();
  }
}
