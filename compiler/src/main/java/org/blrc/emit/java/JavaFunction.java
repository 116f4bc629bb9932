package org.blrc.emit.java;

/** The static methods that emitted code calls. */
enum JavaFunction {
  SQRT("sqrt", "root"),
  EXP("exp", "exp"),
  EXPM1("expm1", "expm1"),
  LOG("log", "log"),
  LOG1P("log1p", "log1p"),
  SIN("sin", "sine"),
  COS("cos", "cosine"),
  TANH("tanh", "tanh"),
  COSH("cosh", "cosh"),
  POW("pow", "power"),
  ATANH("atanh", "atanh"),
  SIGMOID("sigmoid", "sigmoid"),
  SOFTPLUS("softplus", "softplus"),
  ABS("abs", "magnitude"),
  SIGN("signum", "sign"),
  MIN("min", "bounded"),
  MAX("max", "bounded");

  final String method;

  /** How a local variable that holds a value of it is called. */
  final String noun;

  JavaFunction(String method, String noun) {
    this.method = method;
    this.noun = noun;
  }

  /** Whether it belongs to the runtime, not to {@link Math}. */
  boolean inRuntime() {
    return this == ATANH || this == SIGMOID || this == SOFTPLUS;
  }

  /** Whether there is an overload for float, so that its result needs no cast. */
  boolean overloaded() {
    return compareTo(ABS) >= 0;
  }
}
