package org.blrc.runtime;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Exceptions whose message says what was wrong. */
final class ThrownBy {

  private ThrownBy() {}

  static void illegalState(String message, Executable action) {
    check(IllegalStateException.class, message, action);
  }

  static void illegalArgument(String message, Executable action) {
    check(IllegalArgumentException.class, message, action);
  }

  static void check(Class<? extends Exception> type, String message, Executable action) {
    Exception thrown = assertThrows(type, action);
    assertTrue(thrown.getMessage().contains(message), thrown.getMessage());
  }
}
