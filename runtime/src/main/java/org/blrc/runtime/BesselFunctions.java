package org.blrc.runtime;

/** The modified Bessel functions of the orders 0 and 1, and their ratio A(x) = I1(x) / I0(x). */
final class BesselFunctions {

  /** From here on, series in 1/x serve. */
  private static final double LARGE = 8;

  /** (I0(x) - 1) / y by y = (x/2)^2. */
  private static final double[] I0 = {
    1.0,
    0.24999999999999978,
    0.02777777777777875,
    0.0017361111111093212,
    6.944444444616768e-05,
    1.9290123446808463e-06,
    3.936759926835679e-08,
    6.151186352073215e-10,
    7.594076203674035e-12,
    7.593826261486644e-14,
    6.2782596125899935e-16,
    4.3438583592285594e-18,
    2.6459481729049967e-20,
    1.1142728859197163e-22,
    9.319037302519698e-25
  };

  /** (I1(x) / (x/2) - 1) / y by y = (x/2)^2. */
  private static final double[] I1 = {
    0.5,
    0.08333333333333331,
    0.0069444444444445004,
    0.0003472222222221193,
    1.1574074074173187e-05,
    2.7557319218244207e-07,
    4.9209498831124465e-09,
    6.834652024432265e-11,
    7.594068659611249e-13,
    6.903555797446423e-15,
    5.231322675888681e-17,
    3.3442300506385306e-19,
    1.880771354951542e-21,
    7.606752944827284e-24,
    5.669579277854459e-26
  };

  /** sqrt(x) exp(-x) I0(x), a Chebyshev series in 1/x. */
  private static final double[] I0_LARGE = {
    0.4022452055070544,
    0.0033691164782556943,
    6.889758346916825e-05,
    2.8913705208347567e-06,
    2.0489185894690638e-07,
    2.266668990498178e-08,
    3.3962320257083865e-09,
    4.94060238822497e-10,
    1.1889147107846439e-11,
    -3.1499165279632416e-11,
    -1.3215811840447713e-11,
    -1.7941785315068062e-12,
    7.180124451383666e-13,
    3.8527783827421426e-13,
    1.54008621752141e-14,
    -4.150569347287222e-14,
    -9.554846698828307e-15,
    3.8116806693526224e-15,
    1.7725601330565263e-15,
    -3.425485619677219e-16,
    -2.8276239805165836e-16,
    3.461222867697461e-17,
    4.46562142029676e-17,
    -4.830504485944182e-18,
    -7.233180487874754e-18
  };

  /** sqrt(x) exp(-x) I1(x). */
  private static final double[] I1_LARGE = {
    0.38928811750914005,
    -0.009761097491361469,
    -0.00011058893876262371,
    -3.882564808877691e-06,
    -2.512236237870209e-07,
    -2.6314688468895196e-08,
    -3.835380385964237e-09,
    -5.589743462196584e-10,
    -1.8974958123505413e-11,
    3.2526035830154884e-11,
    1.4125807436613782e-11,
    2.0356285441470896e-12,
    -7.198551776245908e-13,
    -4.0835511110921974e-13,
    -2.1015418427726643e-14,
    4.272440016711951e-14,
    1.0420276984128802e-14,
    -3.8144030724370075e-15,
    -1.8803547755107825e-15,
    3.3082023109209285e-16,
    2.96262899764595e-16,
    -3.209525921993424e-17,
    -4.6503053684893586e-17,
    4.414348323071708e-18,
    7.517296310842105e-18
  };

  /** x (1 - A(x)). */
  private static final double[] COMPLEMENT = {
    0.5087044228290216,
    0.009033638646327165,
    0.0003509928487727511,
    2.4000438429103217e-05,
    2.5485427408775527e-06,
    3.815519410045759e-07,
    6.38753641011317e-08,
    6.605100183496212e-09,
    -1.899860583633942e-09,
    -1.3857621284106324e-09,
    -3.5482727891548447e-10,
    1.7935629684279218e-11,
    4.389320123144555e-11,
    9.909087325174729e-12,
    -2.9337562818469654e-12,
    -1.8685456734304527e-12,
    5.51212826673586e-14,
    2.664203181443918e-13,
    2.5122977643285875e-14,
    -3.709826521932087e-14,
    -6.6098880085054196e-15,
    5.532217387056378e-15,
    1.2354019527181981e-15,
    -9.160955030922758e-16,
    -2.0001924286572827e-16,
    1.6754365865030597e-16,
    2.7304605668530615e-17,
    -3.269410578567758e-17,
    -2.2582322080544677e-18,
    6.49030663076939e-18
  };

  /** x^2 A'(x). */
  private static final double[] SLOPE = {
    0.5185245494765949,
    0.01964025329514663,
    0.0012219831537195471,
    0.00012100373054308744,
    1.7356348604041915e-05,
    3.0874271356358483e-06,
    4.787386691027342e-07,
    -8.019480706164984e-09,
    -4.756125808869709e-08,
    -1.937641580870655e-08,
    -2.3253490143608664e-09,
    1.3983947568666705e-09,
    7.003419871094189e-10,
    1.0821323198529983e-11,
    -8.976706768990568e-11,
    -1.960108403417486e-11,
    9.468827500702004e-12,
    4.269040605046639e-12,
    -9.536157414882724e-13,
    -7.631835427629285e-13,
    1.0436963378509189e-13,
    1.3253293422257816e-13,
    -1.511928929974432e-14,
    -2.3379433144232805e-14,
    3.2073015158935672e-15,
    4.18673477992943e-15,
    -8.520154866917905e-16,
    -7.391930893145e-16,
    2.372141423019429e-16,
    1.2097429067397957e-16,
    -6.371696755429134e-17,
    -1.5787388564347393e-17,
    1.589256284508924e-17,
    5.892016764608772e-19,
    -3.548531823479267e-18
  };

  /** 1 - A(x) by x - 1, from 1 to there. */
  private static final double[] NEAR_OVER = {
    0.5536100341034655,
    -0.024679602630358632,
    0.08552903389354533,
    0.0005084017767886141,
    0.0029881883307106686,
    9.790703424675632e-05,
    3.721017938665049e-05,
    1.6088866507154771e-06,
    1.7989722782812361e-07,
    6.289561981722547e-09,
    2.152045354478743e-10,
    -1.4290215163470544e-13
  };

  private static final double[] NEAR_UNDER = {
    1.0,
    0.5954849253299228,
    0.3330543100592152,
    0.09025271801487997,
    0.022112177357907832,
    0.003658344432125959,
    0.000516601652687014,
    5.525885265016734e-05,
    4.780911655816482e-06,
    3.123766161631099e-07,
    1.4621396700467261e-08,
    3.97852734404946e-10
  };

  /** A'(x) by x^2, up to there. */
  private static final double[] SLOPE_OVER = {
    0.5,
    0.044976077459675315,
    0.003327068551469515,
    0.00012374081230411208,
    2.785095458310831e-06,
    3.8224066841233054e-08,
    3.2459878779744316e-10,
    1.6408441989282378e-12,
    4.436966480036279e-15,
    4.588010719473041e-18,
    -5.225301393016504e-24
  };

  private static final double[] SLOPE_UNDER = {
    1.0,
    0.4649521549193507,
    0.07684452853102872,
    0.005696767852978479,
    0.00022488769270426028,
    5.169612604759036e-06,
    7.23640324762539e-08,
    6.224226895709328e-10,
    3.184331188577005e-12,
    8.699136932077263e-15,
    9.109432838763007e-18
  };

  /** Newton's steps from 4 % to full precision. */
  private static final int STEPS = 5;

  private BesselFunctions() {}

  static double i0(double x) {
    double size = Math.abs(x);
    if (size < LARGE) {
      return 1 + i0Minus1(x);
    }
    double half = Math.exp(size / 2);
    return half * (half * i0e(x));
  }

  static double i0e(double x) {
    double size = Math.abs(x);
    return size < LARGE
        ? Math.exp(-size) * (1 + i0Minus1(x))
        : large(I0_LARGE, size) / Math.sqrt(size);
  }

  static double i1(double x) {
    double size = Math.abs(x);
    if (size < LARGE) {
      return i1Small(x);
    }
    double half = Math.exp(size / 2);
    return half * (half * i1e(x));
  }

  static double i1e(double x) {
    double size = Math.abs(x);
    return size < LARGE
        ? Math.exp(-size) * i1Small(x)
        : Math.copySign(large(I1_LARGE, size) / Math.sqrt(size), x);
  }

  static double logI0(double x) {
    double size = Math.abs(x);
    return size < LARGE ? Math.log1p(i0Minus1(x)) : size + Math.log(i0e(x));
  }

  private static double i0Minus1(double x) {
    double y = x * x / 4;
    return y * Approximations.polynomial(I0, y);
  }

  private static double i1Small(double x) {
    double y = x * x / 4;
    return 0.5 * x * (1 + y * Approximations.polynomial(I1, y));
  }

  private static double large(double[] series, double x) {
    return Approximations.chebyshev(series, 2 * LARGE / x - 1);
  }

  static double ratio(double x) {
    double size = Math.abs(x);
    return size < 1 ? i1Small(x) / (1 + i0Minus1(x)) : Math.copySign(1 - complement(size), x);
  }

  /** 1 - A(x) for x from 0 on. */
  static double complement(double x) {
    if (x < 1) {
      return 1 - ratio(x);
    }
    return x < LARGE
        ? Approximations.ratio(NEAR_OVER, NEAR_UNDER, x - 1)
        : large(COMPLEMENT, x) / x;
  }

  /** A'(x) = 1 - A(x)^2 - A(x) / x. */
  static double ratioSlope(double x) {
    double size = Math.abs(x);
    return size < LARGE
        ? Approximations.ratio(SLOPE_OVER, SLOPE_UNDER, x * x)
        : large(SLOPE, size) / size / size;
  }

  /** Newton's method; A is concave, so that it converges from the left of the root. */
  static double ratioInverse(double ratio) {
    double size = Math.abs(ratio);
    double rest = 1 - size;
    if (!(rest > 0)) {
      return rest == 0 ? Math.copySign(Double.POSITIVE_INFINITY, ratio) : Double.NaN;
    }
    double x = size * (2 - size * size) / (rest * (1 + size));
    for (int step = 0; step < STEPS; step++) {
      double excess = x < 1 ? ratio(x) - size : rest - complement(x);
      x -= excess / ratioSlope(x);
    }
    return Math.copySign(x, ratio);
  }
}
