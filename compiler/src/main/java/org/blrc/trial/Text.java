package org.blrc.trial;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers for readers. */
final class Text {

  /** Where there is nothing to say. */
  static final String NONE = "-";

  private Text() {}

  /** As short as possible with at most four significant digits, such as 0.003, 1437 or 1e-08. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    if (size >= 1e-4 && size < 1e6) {
      return rounded.toPlainString();
    }
    int exponent = rounded.precision() - rounded.scale() - 1;
    return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
  }

  /** Four significant digits throughout, for columns. */
  static String fixed(double value) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    double size = Math.abs(value);
    String format = size != 0 && (size < 1e-3 || size >= 1e5) ? "%.3e" : "%.4f";
    return String.format(Locale.ROOT, format, value);
  }

  static String percent(double share) {
    return Double.isNaN(share) ? NONE : String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  static String microseconds(double seconds) {
    return Double.isNaN(seconds) ? NONE : String.format(Locale.ROOT, "%.1f us", seconds * 1e6);
  }
}
