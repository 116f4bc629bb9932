package org.blrc.syntax;

import java.util.List;
import java.util.Set;

/**
 * A spec file that was read, but not checked.
 *
 * @param own what the user's files declare, without the library
 * @param broken the names of declarations that could not be read: a use of one is no second error
 * @param diagnostics the errors met while reading the file and its imports
 */
public record Loaded(
    Unit unit, List<Declaration> own, Set<String> broken, List<Diagnostic> diagnostics) {

  public Loaded {
    own = List.copyOf(own);
    broken = Set.copyOf(broken);
    diagnostics = List.copyOf(diagnostics);
  }
}
