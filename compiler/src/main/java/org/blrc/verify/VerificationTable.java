package org.blrc.verify;

import java.util.List;
import java.util.Locale;
import org.blrc.derive.Derivation;

/** The checks of a derivation as a table. */
public final class VerificationTable {

  private static final int WIDEST = 64;

  private VerificationTable() {}

  public static String of(Derivation derivation, List<Check> checks) {
    StringBuilder text = new StringBuilder();
    text.append("Verification of ").append(derivation.optimizer()).append("\n");
    int width =
        Math.min(WIDEST, checks.stream().mapToInt(each -> each.subject().length()).max().orElse(1));
    int step = -1;
    for (Check check : checks) {
      if (check.where() != step) {
        step = check.where();
        text.append("\n").append(heading(derivation, step)).append("\n");
      }
      text.append(row(check, width)).append("\n");
    }
    checks.stream()
        .filter(check -> !check.passes())
        .findFirst()
        .ifPresent(
            first ->
                text.append("\nThe first that fails is “")
                    .append(first.subject())
                    .append("”; later ones may follow from it.\n"));
    return text.append("\n").append(summary(checks)).append("\n").toString();
  }

  private static String row(Check check, int width) {
    String start = "  %s  %-" + width + "s  %s%s";
    String note = check.note().map(each -> "  " + each).orElse("");
    return switch (check.outcome()) {
      case Check.Outcome.Compared(double error, double limit) ->
          start.formatted(
              check.passes() ? "ok  " : "FAIL",
              check.subject(),
              "%9s <= %s".formatted(number(error), number(limit)),
              note);
      case Check.Outcome.Measured(double error) ->
          start.formatted("    ", check.subject(), "%9s".formatted(number(error)), note);
      case Check.Outcome.NotChecked(String why) ->
          start.formatted("?   ", check.subject(), "not checked: " + why, note);
    };
  }

  private static String summary(List<Check> checks) {
    long compared = count(checks, Check.Outcome.Compared.class);
    long notChecked = count(checks, Check.Outcome.NotChecked.class);
    long failed = checks.stream().filter(check -> !check.passes()).count();
    return (failed == 0
            ? "all %d checks hold".formatted(compared)
            : "%d of %d checks fail".formatted(failed, compared))
        + (notChecked == 0 ? "" : ", %d could not be made".formatted(notChecked))
        + "; each error is the largest found, relative to 1 + |value|";
  }

  private static long count(List<Check> checks, Class<? extends Check.Outcome> outcome) {
    return checks.stream().map(Check::outcome).filter(outcome::isInstance).count();
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
