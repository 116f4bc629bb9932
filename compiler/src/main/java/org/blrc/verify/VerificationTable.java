package org.blrc.verify;

import java.util.List;
import java.util.Locale;
import org.blrc.derive.Derivation;

/** The checks of a derivation as a table. */
public final class VerificationTable {

  private VerificationTable() {}

  public static String of(Derivation derivation, List<Check> checks) {
    StringBuilder text = new StringBuilder();
    text.append("Verification of ").append(derivation.optimizer()).append("\n");
    int width = checks.stream().mapToInt(check -> check.subject().length()).max().orElse(0);
    int step = -1;
    for (Check check : checks) {
      if (check.where() != step) {
        step = check.where();
        text.append("\n").append(heading(derivation, step)).append("\n");
      }
      text.append(
          String.format(
              Locale.ROOT,
              "  %s  %-" + Math.min(width, 64) + "s  %9s%s%s%n",
              check.passes() ? check.limit().isPresent() ? "ok  " : "    " : "FAIL",
              check.subject(),
              number(check.error()),
              check.limit().map(limit -> " <= " + number(limit)).orElse(""),
              check.note().map(note -> "  " + note).orElse("")));
    }
    long failed = checks.stream().filter(check -> !check.passes()).count();
    long checked = checks.stream().filter(check -> check.limit().isPresent()).count();
    checks.stream()
        .filter(check -> !check.passes())
        .findFirst()
        .ifPresent(
            first ->
                text.append("\nThe first that fails is “")
                    .append(first.subject())
                    .append("”; later ones may follow from it.\n"));
    text.append("\n")
        .append(
            failed == 0
                ? "all %d checks hold".formatted(checked)
                : "%d of %d checks fail".formatted(failed, checked))
        .append("; each error is the largest found, relative to 1 + |value|\n");
    return text.toString();
  }

  private static String heading(Derivation derivation, int step) {
    return step == 0
        ? "Declaration and code"
        : step + ". " + derivation.steps().get(step - 1).title();
  }

  static String number(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
  }
}
