package org.blrc.syntax;

import java.util.Optional;

/**
 * One thing to tell the user about a spec.
 *
 * @param span the place; absent only where none exists (an unreadable file, say)
 * @param note further facts, such as the expression that a rule was tried on; may hold several
 *     lines
 * @param hint what to write instead
 */
public record Diagnostic(
    Code code, String message, Optional<Span> span, Optional<String> note, Optional<String> hint) {

  public static Diagnostic at(Span span, Code code, String message) {
    return new Diagnostic(code, message, Optional.of(span), Optional.empty(), Optional.empty());
  }

  public Severity severity() {
    return code.severity();
  }

  public boolean isError() {
    return severity() == Severity.ERROR;
  }

  public Diagnostic withHint(String text) {
    return new Diagnostic(code, message, span, note, Optional.of(text));
  }

  public Diagnostic withNote(String text) {
    return new Diagnostic(code, message, span, Optional.of(text), hint);
  }
}
