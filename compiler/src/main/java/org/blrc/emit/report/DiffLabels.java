package org.blrc.emit.report;

import java.math.BigDecimal;
import java.util.Locale;
import org.blrc.diff.Agreement;
import org.blrc.diff.DerivationDiff;
import org.blrc.diff.Difference;
import org.blrc.diff.Parting;
import org.blrc.symbolic.Domain;

/**
 * The words of a comparison.
 *
 * @param left what the left optimizer is called, so that it is told from the right one
 */
record DiffLabels(String left, String right) {

  static DiffLabels of(DerivationDiff diff) {
    return haveOneName(diff)
        ? new DiffLabels("A", "B")
        : new DiffLabels(diff.left().name(), diff.right().name());
  }

  private static boolean haveOneName(DerivationDiff diff) {
    return diff.left().name().equals(diff.right().name());
  }

  /** What was compared. */
  static String title(DerivationDiff diff) {
    return (haveOneName(diff) ? "A: %s (%s) and B: %s (%s)" : "%s (%s) and %s (%s)")
        .formatted(
            diff.left().name(), diff.left().source(), diff.right().name(), diff.right().source());
  }

  /** What came out, in a sentence or two. */
  static String verdict(DerivationDiff diff) {
    String steps =
        diff.parting()
            .map(parting -> "The derivations part " + where(parting))
            .orElse("The derivations are the same");
    return switch (diff.verdict()) {
      case SAME ->
          diff.parting().isEmpty()
              ? "The same update, by the same derivation."
              : steps + " but end in the same update.";
      case SAME_NUMERICALLY ->
          steps
              + ". The updates have the same values at random points, but the normal form does not"
              + " prove that they are the same.";
      case DIFFERENT -> "The updates differ. " + steps + ".";
    };
  }

  private static String where(Parting parting) {
    String steps;
    if (parting.left().isPresent() && parting.right().isPresent()) {
      int mine = parting.left().getAsInt() + 1;
      int other = parting.right().getAsInt() + 1;
      steps = mine == other ? "at step " + mine : "at steps " + mine + " and " + other;
    } else {
      steps =
          parting.left().isPresent()
              ? "at step " + (parting.left().getAsInt() + 1) + " of the first"
              : "at step " + (parting.right().getAsInt() + 1) + " of the second";
    }
    return parting.subjects().isEmpty()
        ? steps
        : steps + " (" + String.join(", ", parting.subjects()) + ")";
  }

  /** What the derivations part over. */
  static String because(Parting parting) {
    return parting.subjects().isEmpty() ? "" : ": " + String.join(", ", parting.subjects());
  }

  static String subject(Difference difference) {
    return difference.subject()
        + switch (difference.kind()) {
          case DECLARED, RULE -> "";
          case ARGUMENTS -> ": the same rule with other arguments";
          case ORDER -> ": the same rule at another place";
        };
  }

  static String words(Agreement agreement) {
    return switch (agreement) {
      case PROVED -> "equal";
      case NUMERICAL -> "equal at random points, not proved";
      case GIVEN_OTHERS -> "equal but for the new values of other states";
      case NONE -> "different";
    };
  }

  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.12g", value);
    return new BigDecimal(text).stripTrailingZeros().toString().replace("E", "e");
  }

  static String domain(Domain domain) {
    return (domain.lowerClosed() ? "[" : "(")
        + end(domain.lower())
        + ", "
        + end(domain.upper())
        + (domain.upperClosed() ? "]" : ")");
  }

  private static String end(double value) {
    return Double.isInfinite(value) ? (value < 0 ? "-" : "") + "infinity" : number(value);
  }
}
