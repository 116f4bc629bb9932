package org.blrc.derive;

import org.blrc.syntax.Code;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Span;

/** Ends a pass with what to tell the user; never leaves this package. */
final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  Failure(Diagnostic diagnostic) {
    super(diagnostic.message(), null, false, false);
    this.diagnostic = diagnostic;
  }

  static Failure at(Span span, Code code, String message) {
    return new Failure(Diagnostic.at(span, code, message));
  }

  Failure note(String text) {
    return new Failure(diagnostic.withNote(text));
  }

  Failure hint(String text) {
    return new Failure(diagnostic.withHint(text));
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }
}
