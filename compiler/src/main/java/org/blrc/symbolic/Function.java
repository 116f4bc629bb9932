package org.blrc.symbolic;

/** The scalar functions that the language knows, beside the four operations and powers. */
public enum Function {
  EXP("exp", 1),
  LOG("log", 1),
  ABS("abs", 1),
  SIGN("sign", 1),
  SIN("sin", 1),
  COS("cos", 1),
  TANH("tanh", 1),
  ATANH("atanh", 1),
  SIGMOID("sigmoid", 1),
  SOFTPLUS("softplus", 1),
  LGAMMA("lgamma", 1),
  DIGAMMA("digamma", 1),
  TRIGAMMA("trigamma", 1),
  ERF("erf", 1),
  MIN("min", 2),
  MAX("max", 2),
  /** clamp(x, lower, upper). */
  CLAMP("clamp", 3);

  private final String label;
  private final int arity;

  Function(String label, int arity) {
    this.label = label;
    this.arity = arity;
  }

  public String label() {
    return label;
  }

  public int arity() {
    return arity;
  }
}
