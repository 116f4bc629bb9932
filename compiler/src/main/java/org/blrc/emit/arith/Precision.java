package org.blrc.emit.arith;

/** The floating-point type that emitted code computes in; C and Java have the same keywords. */
public enum Precision {
  DOUBLE("double", "double", "", "Double"),
  FLOAT("float", "single", "f", "Float");

  private final String keyword;
  private final String label;
  private final String suffix;
  private final String title;

  Precision(String keyword, String label, String suffix, String title) {
    this.keyword = keyword;
    this.label = label;
    this.suffix = suffix;
    this.title = title;
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

  /** Ends the names of classes and files. */
  public String title() {
    return title;
  }

  /** What turns a double into this type. */
  public String cast() {
    return this == FLOAT ? "(float) " : "";
  }
}
