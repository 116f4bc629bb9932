package org.blrc.symbolic;

/**
 * A function's letter in mathematics.
 *
 * @param log whether the logarithm of that function is meant
 * @param subscript may be empty
 * @param superscript may be empty
 */
record FunctionSymbol(boolean log, String letter, String subscript, String superscript) {

  static FunctionSymbol of(String letter) {
    return new FunctionSymbol(false, letter, "", "");
  }

  static FunctionSymbol ofLog(String letter) {
    return new FunctionSymbol(true, letter, "", "");
  }

  FunctionSymbol subscript(String text) {
    return new FunctionSymbol(log, letter, text, superscript);
  }

  FunctionSymbol superscript(String text) {
    return new FunctionSymbol(log, letter, subscript, text);
  }
}
