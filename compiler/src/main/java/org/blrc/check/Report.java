package org.blrc.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.blrc.syntax.Code;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Span;
import org.blrc.syntax.Spelling;

/** Collects what is wrong, or looks as if it were. */
final class Report {

  private final List<Diagnostic> diagnostics = new ArrayList<>();

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /** The number of errors so far; warnings do not count. */
  long errors() {
    return diagnostics.stream().filter(Diagnostic::isError).count();
  }

  void add(Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
  }

  void add(Span span, Code code, String message) {
    add(Diagnostic.at(span, code, message));
  }

  void add(Span span, Code code, String message, String hint) {
    add(Diagnostic.at(span, code, message).withHint(hint));
  }

  /** A diagnostic about a word that is not known, with the nearest of the candidates as a hint. */
  void unknown(Span span, Code code, String message, String word, Collection<String> candidates) {
    Diagnostic diagnostic = Diagnostic.at(span, code, message);
    Optional<String> hint = Spelling.hint(word, candidates);
    add(hint.map(diagnostic::withHint).orElse(diagnostic));
  }
}
