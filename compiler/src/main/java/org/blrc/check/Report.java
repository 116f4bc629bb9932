package org.blrc.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.blrc.syntax.Code;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Span;
import org.blrc.syntax.Spelling;

/** Collects what is wrong. */
final class Report {

  private final List<Diagnostic> diagnostics = new ArrayList<>();

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  void add(Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
  }

  void error(Span span, Code code, String message) {
    add(Diagnostic.at(span, code, message));
  }

  void error(Span span, Code code, String message, String hint) {
    add(Diagnostic.at(span, code, message).withHint(hint));
  }

  /** An error about a word that is not known, with the nearest of the candidates as a hint. */
  void unknown(Span span, Code code, String message, String word, Collection<String> candidates) {
    Diagnostic diagnostic = Diagnostic.at(span, code, message);
    Optional<String> hint = Spelling.hint(word, candidates);
    add(hint.map(diagnostic::withHint).orElse(diagnostic));
  }
}
