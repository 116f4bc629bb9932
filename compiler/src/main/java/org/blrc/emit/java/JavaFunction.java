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
  ATAN2("atan2", "angle"),
  TANH("tanh", "tanh"),
  COSH("cosh", "cosh"),
  POW("pow", "power"),
  ATANH("atanh", "atanh"),
  EXPREL("exprel", "growth"),
  SIGMOID("sigmoid", "sigmoid"),
  SOFTPLUS("softplus", "softplus"),
  LOGADDEXP("logaddexp", "logOfSum"),
  LGAMMA("lgamma", "lgamma"),
  DIGAMMA("digamma", "digamma"),
  TRIGAMMA("trigamma", "trigamma"),
  POLYGAMMA("polygamma", "polygamma"),
  ERF("erf", "erf"),
  ERFC("erfc", "erfc"),
  ERFCX("erfcx", "erfcx"),
  NDTR("ndtr", "probability"),
  NDTRI("ndtri", "quantile"),
  LOG_NDTR("logNdtr", "logProbability"),
  BESSEL_I0("besselI0", "bessel"),
  BESSEL_I1("besselI1", "bessel"),
  BESSEL_I0E("besselI0e", "bessel"),
  BESSEL_I1E("besselI1e", "bessel"),
  LOG_BESSEL_I0("logBesselI0", "logBessel"),
  BESSEL_RATIO("besselRatio", "besselRatio"),
  BESSEL_RATIO_SLOPE("besselRatioSlope", "besselRatioSlope"),
  BESSEL_RATIO_INVERSE("besselRatioInverse", "concentration"),
  GAMMAINC("gammainc", "probability"),
  GAMMAINCC("gammaincc", "probability"),
  GAMMAINC_DA("gammaincByShape", "shapeSlope"),
  GAMMAINC_DX("gammaDensity", "density"),
  GAMMAINCINV("gammaincinv", "quantile"),
  PDTRIK("pdtrik", "quantile"),
  BESSEL_I0INC("besselI0inc", "probability"),
  BESSEL_I0INC_DK("besselI0incByConcentration", "concentrationSlope"),
  BESSEL_I0INC_DX("angleDensity", "density"),
  BESSEL_I0INCINV("besselI0incinv", "quantile"),
  BETAINC("betainc", "probability"),
  BETAINC_DX("betaDensity", "density"),
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
    return compareTo(ATANH) >= 0 && compareTo(ABS) < 0;
  }

  /** Whether there is an overload for float, so that its result needs no cast. */
  boolean overloaded() {
    return compareTo(ABS) >= 0;
  }
}
