package org.blrc.verify;

/**
 * An integral, or a search, whose own estimate of its error is too large to compare anything with
 * it.
 */
public final class UntrustedIntegral extends ArithmeticException {

  private static final long serialVersionUID = 1;

  UntrustedIntegral(String why) {
    super(why);
  }
}
