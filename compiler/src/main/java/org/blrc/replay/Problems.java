package org.blrc.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.syntax.Code;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.SpecException;

/** What is wrong with a trace. The same problem in many steps is told once, for the first one. */
final class Problems {

  private record Found(Diagnostic diagnostic, int times) {

    Diagnostic told() {
      return times == 1
          ? diagnostic
          : diagnostic.withNote("the same in %d more places".formatted(times - 1));
    }
  }

  private final Map<String, Found> found = new LinkedHashMap<>();

  /**
   * Adds a problem.
   *
   * @param where the place in the trace, such as {@code step 3, noise eps}; empty for the trace as
   *     a whole
   */
  void add(String where, String what) {
    add(where, what, Optional.empty());
  }

  void add(String where, String what, Optional<String> hint) {
    String message = where.isEmpty() ? what : where + ": " + what;
    Diagnostic diagnostic =
        new Diagnostic(Code.TRACE, message, Optional.empty(), Optional.empty(), hint);
    String kind = where.replaceAll("[0-9]+", "#") + ": " + what;
    found.merge(
        kind,
        new Found(diagnostic, 1),
        (first, again) -> new Found(first.diagnostic(), first.times() + 1));
  }

  /**
   * Does nothing if no problem was added.
   *
   * @throws SpecException otherwise
   */
  void throwIfAny() throws SpecException {
    if (!found.isEmpty()) {
      throw new SpecException(List.copyOf(found.values().stream().map(Found::told).toList()));
    }
  }
}
