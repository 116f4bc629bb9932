package org.blrc.emit.arith;

/** What is neither a sum nor a product. */
public enum Operation {
  SQRT("root"),
  EXP("exp"),
  EXPM1("expm1"),
  LOG("log"),
  LOG1P("log1p"),
  SIN("sine"),
  COS("cosine"),
  ATAN2("angle"),
  TANH("tanh"),
  COSH("cosh"),
  POW("power"),
  ATANH("atanh"),
  EXPREL("growth"),
  SIGMOID("sigmoid"),
  SOFTPLUS("softplus"),
  LOGADDEXP("logOfSum"),
  LGAMMA("lgamma"),
  DIGAMMA("digamma"),
  TRIGAMMA("trigamma"),
  POLYGAMMA("polygamma"),
  ERF("erf"),
  ERFC("erfc"),
  ERFCX("erfcx"),
  NDTR("probability"),
  NDTRI("quantile"),
  LOG_NDTR("logProbability"),
  BESSEL_I0("bessel"),
  BESSEL_I1("bessel"),
  BESSEL_I0E("bessel"),
  BESSEL_I1E("bessel"),
  LOG_BESSEL_I0("logBessel"),
  BESSEL_RATIO("besselRatio"),
  BESSEL_RATIO_SLOPE("besselRatioSlope"),
  BESSEL_RATIO_INVERSE("concentration"),
  GAMMAINC("probability"),
  GAMMAINCC("probability"),
  GAMMAINC_DA("shapeSlope"),
  GAMMAINC_DX("density"),
  GAMMAINCINV("quantile"),
  PDTRIK("quantile"),
  BESSEL_I0INC("probability"),
  BESSEL_I0INC_DK("concentrationSlope"),
  BESSEL_I0INC_DX("density"),
  BESSEL_I0INCINV("quantile"),
  BETAINC("probability"),
  BETAINC_DX("density"),
  ABS("magnitude"),
  SIGN("sign"),
  MIN("bounded"),
  MAX("bounded");

  private final String noun;

  Operation(String noun) {
    this.noun = noun;
  }

  /** How a local variable that holds a value of it is called. */
  public String noun() {
    return noun;
  }
}
