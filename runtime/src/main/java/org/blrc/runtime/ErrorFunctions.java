package org.blrc.runtime;

/** The error function, the normal distribution function, and what belongs to them. */
final class ErrorFunctions {

  private static final double HALF_SQRT_TWO = 0.7071067811865476;

  /** erf(x) / x by x^2, for |x| up to 3/4. */
  private static final double[] SMALL_OVER = {
    1.1283791670955126,
    0.08221708318894239,
    0.03787573675729691,
    -0.0003346048313711335,
    0.00012488789842762221,
    -3.432164929845645e-06
  };

  private static final double[] SMALL_UNDER = {
    1.0, 0.40619632618756324, 0.06896527313153902, 0.005881779756830378, 0.00021645642943588964
  };

  /** erfcx(x) by x - 1/2, up to 2. */
  private static final double[] NEAR_OVER = {
    0.6156903441929259,
    0.7222487356659996,
    0.3997552280010667,
    0.12124032559257687,
    0.020056776507259816,
    0.0014326641759266525,
    1.0241758805782785e-07,
    -3.77043841856393e-09
  };

  private static final double[] NEAR_UNDER = {
    1.0,
    2.0057770439576985,
    1.7358543576514378,
    0.8322953349319618,
    0.2340892194482794,
    0.03679746389927069,
    0.002541828728563198
  };

  /** x erfcx(x) by x - 2, up to 6. */
  private static final double[] MIDDLE_OVER = {
    0.5107913526210115,
    0.95504141706482,
    0.7689955322803302,
    0.34975794429056095,
    0.09766794169541525,
    0.016823523371523746,
    0.0016622385545744568,
    7.300630852657507e-05,
    -2.6543214111301548e-14
  };

  private static final double[] MIDDLE_UNDER = {
    1.0,
    1.787889829722476,
    1.4045808900465886,
    0.6296582619041492,
    0.17432626005462787,
    0.029883617467658646,
    0.002946241205169932,
    0.00012940030996229116
  };

  /** x erfcx(x) by 1 / x^2, from 6. */
  private static final double[] FAR_OVER = {
    0.5641895835477563,
    10.802087850924918,
    61.57844284666297,
    112.39338562389042,
    40.57820074106581,
    -3.5531835975579216
  };

  private static final double[] FAR_UNDER = {
    1.0, 19.646202209191557, 118.2180492609344, 245.46146213628333, 136.2643120877663
  };

  /** ndtri(1/2 + q) / q by 0.425^2 - q^2, for |q| up to 0.425. */
  private static final double[] CENTER_OVER = {
    3.387132872796367,
    157.92380629190365,
    2914.973643091957,
    27209.24730183353,
    136311.93513984667,
    359640.4628522889,
    457088.7016205447,
    227183.6653381828,
    23780.862270227863,
    -745.8792401288678
  };

  private static final double[] CENTER_UNDER = {
    1.0,
    49.62988406127488,
    987.6946731494398,
    10114.955232895682,
    56982.56632776261,
    175411.24484572723,
    276361.75419782003,
    191723.98408216925,
    40633.496316116034
  };

  /** -ndtri(exp(-r^2)) / r by r - 1.6, up to 3.5. */
  private static final double[] SHOULDER_OVER = {
    0.8896481942185522,
    2.7573815079405435,
    3.335058931966376,
    2.1604342762762743,
    0.8055234296003143,
    0.16467085141351573,
    0.015910240179920057,
    0.0005101307931757053
  };

  private static final double[] SHOULDER_UNDER = {
    1.0,
    2.5246706654366036,
    2.743387267879199,
    1.6590807552463858,
    0.5896080130947107,
    0.11742437281344117,
    0.011253722816545094,
    0.000360688985704268
  };

  /** The same by r - 3.5, up to 9. */
  private static final double[] TAIL_OVER = {
    1.264760678549498,
    2.4847449329787907,
    1.783369140457738,
    0.620577612180689,
    0.11332650840107623,
    0.010732312366504824,
    0.0004754451847489352,
    7.2711817340089955e-06,
    -1.1092099380899208e-12
  };

  private static final double[] TAIL_UNDER = {
    1.0,
    1.909056898723337,
    1.324540948793479,
    0.44936584851239,
    0.08084454789962173,
    0.007604697955467334,
    0.0003362173913800956,
    5.14134484963186e-06
  };

  /** The same by 1 / r, from 9. */
  private static final double[] END_OVER = {
    1.4142153855843707,
    267.5083767215484,
    13332.555758474342,
    232549.0622748265,
    1485884.2022841587,
    2921732.7738333307,
    -378275.2884088532,
    -2690527.7420421382
  };

  private static final double[] END_UNDER = {
    1.0,
    189.15828612126757,
    9431.250808136716,
    164981.8640790987,
    1072512.479419108,
    2366308.0073892316,
    1156868.697552503,
    -65452.53004621163
  };

  private static final double CENTER = 0.425;

  /** Beyond, exp(x^2 / 2) overflows. */
  private static final double LARGEST = 40;

  private ErrorFunctions() {}

  static double erf(double x) {
    double size = Math.abs(x);
    return size > 0.75
        ? Math.copySign(1 - erfc(size), x)
        : x * Approximations.ratio(SMALL_OVER, SMALL_UNDER, x * x);
  }

  static double erfc(double x) {
    if (x >= 0.5) {
      return exponential(x, 1) * erfcx(x);
    }
    return x <= -0.5 ? 2 - erfc(-x) : 1 - erf(x);
  }

  static double erfcx(double x) {
    if (x >= 6) {
      return Approximations.ratio(FAR_OVER, FAR_UNDER, 1 / x / x) / x;
    }
    if (x >= 2) {
      return Approximations.ratio(MIDDLE_OVER, MIDDLE_UNDER, x - 2) / x;
    }
    if (x >= 0.5) {
      return Approximations.ratio(NEAR_OVER, NEAR_UNDER, x - 0.5);
    }
    return x <= -0.5 ? 2 * exponential(x, -1) - erfcx(-x) : Math.exp(x * x) * (1 - erf(x));
  }

  /**
   * exp(-scale x^2) without the error that the rounded square would have: the square of the leading
   * half of the digits is exact.
   */
  private static double exponential(double x, double scale) {
    if (Math.abs(x) > LARGEST) {
      return Math.exp(-scale * x * x);
    }
    double high = (float) x;
    return Math.exp(-scale * high * high) * Math.exp(-scale * (x - high) * (x + high));
  }

  static double ndtr(double x) {
    double scaled = x * HALF_SQRT_TWO;
    if (scaled <= -0.5) {
      return 0.5 * exponential(x, 0.5) * erfcx(-scaled);
    }
    return scaled >= 0.5 ? 1 - ndtr(-x) : 0.5 + 0.5 * erf(scaled);
  }

  static double logNdtr(double x) {
    return x < 0 ? Math.log(0.5 * erfcx(-x * HALF_SQRT_TWO)) - 0.5 * x * x : Math.log1p(-ndtr(-x));
  }

  static double ndtri(double p) {
    double q = p - 0.5;
    if (Math.abs(q) <= CENTER) {
      return q * Approximations.ratio(CENTER_OVER, CENTER_UNDER, CENTER * CENTER - q * q);
    }
    double r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
    double ratio;
    if (r < 3.5) {
      ratio = Approximations.ratio(SHOULDER_OVER, SHOULDER_UNDER, r - 1.6);
    } else if (r < 9) {
      ratio = Approximations.ratio(TAIL_OVER, TAIL_UNDER, r - 3.5);
    } else {
      ratio = Approximations.ratio(END_OVER, END_UNDER, 1 / r);
    }
    return Math.copySign(r * ratio, q);
  }
}
