package org.blrc.syntax;

import java.util.List;
import java.util.Set;

/**
 * What could be read of a source.
 *
 * @param declarations those without errors
 * @param broken the names of declarations that could not be read
 * @param diagnostics every error, in the order of the text
 */
public record Parsed(
    List<ImportDecl> imports,
    List<Declaration> declarations,
    Set<String> broken,
    List<Diagnostic> diagnostics) {

  public Parsed {
    imports = List.copyOf(imports);
    declarations = List.copyOf(declarations);
    broken = Set.copyOf(broken);
    diagnostics = List.copyOf(diagnostics);
  }
}
