package org.blrc.syntax;

/** How much a diagnostic matters. */
public enum Severity {
  /** There is no update to be had before this is mended. */
  ERROR("error"),
  /** The spec has a meaning, but probably not the intended one. */
  WARNING("warning");

  private final String label;

  Severity(String label) {
    this.label = label;
  }

  /** The word in front of a message. */
  public String label() {
    return label;
  }
}
