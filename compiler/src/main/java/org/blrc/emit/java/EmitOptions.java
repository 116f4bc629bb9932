package org.blrc.emit.java;

import java.util.List;

/**
 * How the emitted classes are called and what their comments tell.
 *
 * @param packageName may be empty
 * @param className what the class names start with; {@code Double} and {@code Float} follow
 * @param generator the tool and its version
 * @param derivation the steps of the derivation, one line each
 */
public record EmitOptions(
    String packageName, String className, String generator, List<String> derivation) {

  public EmitOptions {
    derivation = List.copyOf(derivation);
  }
}
