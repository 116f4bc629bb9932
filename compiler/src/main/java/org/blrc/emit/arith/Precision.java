package org.blrc.emit.arith;

/** The floating-point type that emitted code computes in; C and Java have the same keywords. */
public enum Precision {
  DOUBLE("double", "double", ""),
  FLOAT("float", "single", "f");

  private final String keyword;
  private final String label;
  private final String suffix;

  Precision(String keyword, String label, String suffix) {
    this.keyword = keyword;
    this.label = label;
    this.suffix = suffix;
  }

  public String keyword() {
    return keyword;
  }

  /** In prose. */
  public String label() {
    return label;
  }

  /** Ends a literal with a decimal point. */
  public String suffix() {
    return suffix;
  }

  /** What turns a double into this type. */
  public String cast() {
    return this == FLOAT ? "(float) " : "";
  }
}
