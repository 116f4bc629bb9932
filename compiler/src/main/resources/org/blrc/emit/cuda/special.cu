// The special functions of org.blrc.runtime, class by class with the same formulas and names, in double precision: what is
// changed there has to be changed here. The first line of a part has its name, and the names of those that it needs.

//// approximations
#define INFINITE __longlong_as_double(0x7ff0000000000000LL)
#define NOT_A_NUMBER __longlong_as_double(0x7ff8000000000000LL)

// The polynomial with these coefficients, the constant first.
template <int N>
[[maybe_unused]] static __device__ double polynomial(const double (&coefficients)[N], double x) {
  double value = 0;
  for (int k = N - 1; k >= 0; k--) {
    value = value * x + coefficients[k];
  }
  return value;
}

template <int N, int M>
[[maybe_unused]] static __device__ double quotient(const double (&over)[N], const double (&under)[M], double x) {
  return polynomial(over, x) / polynomial(under, x);
}

// The series of Chebyshev polynomials at x in [-1, 1], by Clenshaw's recurrence.
template <int N>
[[maybe_unused]] static __device__ double chebyshev(const double (&coefficients)[N], double x) {
  double next = 0;
  double value = 0;
  for (int k = N - 1; k > 0; k--) {
    const double before = 2 * x * value - next + coefficients[k];
    next = value;
    value = before;
  }
  return x * value - next + coefficients[0];
}

//// GammaFunctions approximations
// lgamma(x) / ((x - 1) (x - 2)) by x - 1/2, for x from 1/2 to 3/2.
static __device__ const double GammaFunctions_ONE_OVER[] = {
  0.7631532572329335, 4.770777607496598, 11.686279486171978, 14.248322798334971, 9.084916114908062,
  2.9159366240220783, 0.41407126013852186, 0.018886106447397574, 6.322465084206917e-05};
static __device__ const double GammaFunctions_ONE_UNDER[] = {
  1.0, 7.015256204652373, 19.731174295603584, 28.517064248802132, 22.590160503453053, 9.707874878760087,
  2.107488298120385, 0.19664781212084098, 0.005324681809183941};
// The same by x - 3/2, for x from 3/2 to 3.
static __device__ const double GammaFunctions_TWO_OVER[] = {
  0.4831289505409809, 0.8465789493394437, 0.547542711598399, 0.1601969506559981, 0.020714722126624185,
  0.0009441513503381805, 4.591775499587539e-06, -3.510285178494397e-08};
static __device__ const double GammaFunctions_TWO_UNDER[] = {
  1.0, 2.0543973697754185, 1.6237713262773172, 0.6194327926264002, 0.11693837553355174, 0.009932360837755576,
  0.00027722210756758145};
// digamma(x) / (x - root) by x - 1, for x from 1 to 2.
static __device__ const double GammaFunctions_ROOT_OVER[] = {
  1.2503801375034054, 1.7395236015248232, 0.8009632637053631, 0.14385775347704502, 0.008578049712380615,
  4.8862711602068775e-05, -5.255928232683594e-07};
static __device__ const double GammaFunctions_ROOT_UNDER[] = {
  1.0, 2.074742619717552, 1.4569679082420655, 0.4338530757240686, 0.053737122083413066,
  0.0021092941228867614};
// B(2k) / (2k (2k - 1)), with Bernoulli's numbers.
static __device__ const double GammaFunctions_STIRLING[] = {
  0.08333333333333333, -0.002777777777777778, 0.0007936507936507937, -0.0005952380952380953,
  0.0008417508417508417, -0.0019175269175269176, 0.00641025641025641, -0.029550653594771242};
// B(2k) / 2k.
static __device__ const double GammaFunctions_DIGAMMA[] = {
  0.08333333333333333, -0.008333333333333333, 0.003968253968253968, -0.004166666666666667,
  0.007575757575757576, -0.021092796092796094, 0.08333333333333333, -0.4432598039215686};
// B(2k).
static __device__ const double GammaFunctions_BERNOULLI[] = {
  0.16666666666666666, -0.03333333333333333, 0.023809523809523808, -0.03333333333333333, 0.07575757575757576,
  -0.2531135531135531, 1.1666666666666667, -7.092156862745098, 54.971177944862156, -529.1242424242424};
// B(2k) / (2k)!.
static __device__ const double GammaFunctions_EULER_MACLAURIN[] = {
  0.08333333333333333, -0.001388888888888889, 3.306878306878307e-05, -8.267195767195768e-07,
  2.08767569878681e-08, -5.284190138687493e-10, 1.3382536530684679e-11, -3.3896802963225827e-13,
  8.586062056277845e-15, -2.174868698558062e-16, 5.5090028283602295e-18};
// log(2 pi) / 2.
static constexpr double GammaFunctions_HALF_LOG_TWO_PI = 0.9189385332046727;
// The root of digamma less 1, in three parts.
static constexpr double GammaFunctions_ROOT_HIGH = 0.4616321325302124;
static constexpr double GammaFunctions_ROOT_LOW = 1.2438149938918909e-08;
static constexpr double GammaFunctions_ROOT_LOWEST = 4.341643069426251e-25;
static constexpr double GammaFunctions_STIRLING_FROM = 8;
static constexpr double GammaFunctions_DIGAMMA_FROM = 10;
static constexpr double GammaFunctions_LARGEST_FACTORIAL = 170;

struct GammaFunctions {
  static __device__ __noinline__ double lgamma(double x) {
    if (!(x < -0.5)) {
      return lgammaRight(x);
    }
    const double sine = sin(3.141592653589793 * fraction(x));
    return sine == 0 || x == -INFINITE
        ? INFINITE
        : log(3.141592653589793 / fabs(x * sine)) - lgammaRight(-x);
  }

  // The same from -1/2 on.
  static __device__ __noinline__ double lgammaRight(double x) {
    if (x >= GammaFunctions_STIRLING_FROM) {
      return (x - 0.5) * (log(x) - 1) + (GammaFunctions_HALF_LOG_TWO_PI - 0.5) + stirlingSeries(x);
    }
    if (x >= 3) {
      double product = 1;
      double rest = x;
      while (rest >= 3) {
        rest -= 1;
        product *= rest;
      }
      return log(product) + nearTwo(rest - 2);
    }
    if (x >= 1.5) {
      return nearTwo(x - 2);
    }
    if (x >= 0.5) {
      return nearOne(x - 1);
    }
    return nearOne(x) - log(fabs(x));
  }

  // lgamma(1 + y) for y from -1/2 to 1, exact to the last digits where y is small.
  static __device__ __noinline__ double lgammaOnePlus(double y) {
    return y <= 0.5 ? nearOne(y) : nearTwo(y - 1);
  }

  // lgamma(1 + y) for |y| <= 1/2.
  static __device__ __noinline__ double nearOne(double y) {
    return y * (y - 1) * quotient(GammaFunctions_ONE_OVER, GammaFunctions_ONE_UNDER, y + 0.5);
  }

  // lgamma(2 + y) for y from -1/2 to 1.
  static __device__ __noinline__ double nearTwo(double y) {
    return y * (y + 1) * quotient(GammaFunctions_TWO_OVER, GammaFunctions_TWO_UNDER, y + 0.5);
  }

  static __device__ __noinline__ double stirlingSeries(double x) {
    return polynomial(GammaFunctions_STIRLING, 1 / (x * x)) / x;
  }

  // What Stirling's formula lacks: lgamma(x + 1) - log(sqrt(2 pi x) (x / e)^x), for x >= 8.
  static __device__ __noinline__ double stirlingError(double x) {
    return stirlingSeries(x);
  }

  // The gamma function at 1 + y, for y from 0 to 10.
  static __device__ __noinline__ double gammaOnePlus(double y) {
    double product = 1;
    double rest = y;
    while (rest > 0.5) {
      product *= rest;
      rest -= 1;
    }
    return product * exp(nearOne(rest));
  }

  static __device__ __noinline__ double digamma(double x) {
    if (!(x <= 0)) {
      return digammaRight(x);
    }
    if (x == 0) {
      return -1 / x;
    }
    const double angle = fraction(x);
    return angle == 0
        ? NOT_A_NUMBER
        : digammaRight(1 - x) - 3.141592653589793 / tan(3.141592653589793 * angle);
  }

  // The same for x > 0.
  static __device__ __noinline__ double digammaRight(double x) {
    if (x >= GammaFunctions_DIGAMMA_FROM) {
      double square = 1 / (x * x);
      return log(x) - 0.5 / x - square * polynomial(GammaFunctions_DIGAMMA, square);
    }
    double rest = x;
    double sum = 0;
    while (rest >= 2) {
      rest -= 1;
      sum += 1 / rest;
    }
    return rest >= 1 ? sum + nearRoot(rest - 1) : nearRoot(x) - 1 / x;
  }

  // digamma(1 + y) for y from 0 to 1.
  static __device__ __noinline__ double nearRoot(double y) {
    return (y - GammaFunctions_ROOT_HIGH - GammaFunctions_ROOT_LOW - GammaFunctions_ROOT_LOWEST)
        * quotient(GammaFunctions_ROOT_OVER, GammaFunctions_ROOT_UNDER, y);
  }

  static __device__ __noinline__ double trigamma(double x) {
    if (!(x <= 0)) {
      return trigammaRight(x);
    }
    const double sine = sin(3.141592653589793 * fraction(x)) / 3.141592653589793;
    return sine == 0 ? INFINITE : 1 / (sine * sine) - trigammaRight(1 - x);
  }

  // The same for x > 0.
  static __device__ __noinline__ double trigammaRight(double x) {
    double rest = x;
    double sum = 0;
    while (rest < GammaFunctions_DIGAMMA_FROM) {
      sum += 1 / (rest * rest);
      rest += 1;
    }
    const double inverse = 1 / rest;
    const double square = inverse * inverse;
    const double series = square * polynomial(GammaFunctions_BERNOULLI, square);
    return sum + inverse * (1 + 0.5 * inverse + series);
  }

  static __device__ __noinline__ double polygamma(double order, double x) {
    if (order == 0) {
      return digamma(x);
    }
    if (order == 1) {
      return trigamma(x);
    }
    if (!(order >= 0) || order != rint(order) || !(x > 0)) {
      return NOT_A_NUMBER;
    }
    double sign = fmod(order, 2.0) == 0 ? -1 : 1;
    if (x >= GammaFunctions_DIGAMMA_FROM + order) {
      double value = sign * eulerMaclaurin(order + 1, x) / x;
      for (int k = 1; k <= order; k++) {
        value *= k / x;
      }
      return value;
    }
    double zeta = hurwitzZeta(order + 1, x);
    if (order > GammaFunctions_LARGEST_FACTORIAL) {
      return sign * exp(lgamma(order + 1) + log(zeta));
    }
    double value = sign * zeta;
    for (int k = 2; k <= order; k++) {
      value *= k;
    }
    return value;
  }

  // The sum of (x + k)^-s over k = 0, 1, ...
  static __device__ __noinline__ double hurwitzZeta(double s, double x) {
    double rest = x;
    double sum = 0;
    while (rest < GammaFunctions_DIGAMMA_FROM + s) {
      double term = pow(rest, -s);
      sum += term;
      if (term <= sum * 1e-20) {
        return sum;
      }
      rest += 1;
    }
    return sum + pow(rest, -s) * eulerMaclaurin(s, rest);
  }

  // The same sum for large x, over x^-s.
  static __device__ __noinline__ double eulerMaclaurin(double s, double x) {
    double series = 0;
    double rising = s / x;
    for (int k = 0; k < 11; k++) {
      series += GammaFunctions_EULER_MACLAURIN[k] * rising;
      rising *= (s + 2 * k + 1) * (s + 2 * k + 2) / (x * x);
    }
    return x / (s - 1) + 0.5 + series;
  }

  // The distance from the nearest integer; sines and cotangents of pi x are those of pi times it.
  static __device__ __noinline__ double fraction(double x) {
    return x - rint(x);
  }
};

//// ErrorFunctions approximations
// erf(x) / x by x^2, for |x| up to 3/4.
static __device__ const double ErrorFunctions_SMALL_OVER[] = {
  1.1283791670955126, 0.08221708318894239, 0.03787573675729691, -0.0003346048313711335,
  0.00012488789842762221, -3.432164929845645e-06};
static __device__ const double ErrorFunctions_SMALL_UNDER[] = {
  1.0, 0.40619632618756324, 0.06896527313153902, 0.005881779756830378, 0.00021645642943588964};
// erfcx(x) by x - 1/2, up to 2.
static __device__ const double ErrorFunctions_NEAR_OVER[] = {
  0.6156903441929259, 0.7222487356659996, 0.3997552280010667, 0.12124032559257687, 0.020056776507259816,
  0.0014326641759266525, 1.0241758805782785e-07, -3.77043841856393e-09};
static __device__ const double ErrorFunctions_NEAR_UNDER[] = {
  1.0, 2.0057770439576985, 1.7358543576514378, 0.8322953349319618, 0.2340892194482794, 0.03679746389927069,
  0.002541828728563198};
// x erfcx(x) by x - 2, up to 6.
static __device__ const double ErrorFunctions_MIDDLE_OVER[] = {
  0.5107913526210115, 0.95504141706482, 0.7689955322803302, 0.34975794429056095, 0.09766794169541525,
  0.016823523371523746, 0.0016622385545744568, 7.300630852657507e-05, -2.6543214111301548e-14};
static __device__ const double ErrorFunctions_MIDDLE_UNDER[] = {
  1.0, 1.787889829722476, 1.4045808900465886, 0.6296582619041492, 0.17432626005462787, 0.029883617467658646,
  0.002946241205169932, 0.00012940030996229116};
// x erfcx(x) by 1 / x^2, from 6.
static __device__ const double ErrorFunctions_FAR_OVER[] = {
  0.5641895835477563, 10.802087850924918, 61.57844284666297, 112.39338562389042, 40.57820074106581,
  -3.5531835975579216};
static __device__ const double ErrorFunctions_FAR_UNDER[] = {
  1.0, 19.646202209191557, 118.2180492609344, 245.46146213628333, 136.2643120877663};
// ndtri(1/2 + q) / q by 0.425^2 - q^2, for |q| up to 0.425.
static __device__ const double ErrorFunctions_CENTER_OVER[] = {
  3.387132872796367, 157.92380629190365, 2914.973643091957, 27209.24730183353, 136311.93513984667,
  359640.4628522889, 457088.7016205447, 227183.6653381828, 23780.862270227863, -745.8792401288678};
static __device__ const double ErrorFunctions_CENTER_UNDER[] = {
  1.0, 49.62988406127488, 987.6946731494398, 10114.955232895682, 56982.56632776261, 175411.24484572723,
  276361.75419782003, 191723.98408216925, 40633.496316116034};
// -ndtri(exp(-r^2)) / r by r - 1.6, up to 3.5.
static __device__ const double ErrorFunctions_SHOULDER_OVER[] = {
  0.8896481942185522, 2.7573815079405435, 3.335058931966376, 2.1604342762762743, 0.8055234296003143,
  0.16467085141351573, 0.015910240179920057, 0.0005101307931757053};
static __device__ const double ErrorFunctions_SHOULDER_UNDER[] = {
  1.0, 2.5246706654366036, 2.743387267879199, 1.6590807552463858, 0.5896080130947107, 0.11742437281344117,
  0.011253722816545094, 0.000360688985704268};
// The same by r - 3.5, up to 9.
static __device__ const double ErrorFunctions_TAIL_OVER[] = {
  1.264760678549498, 2.4847449329787907, 1.783369140457738, 0.620577612180689, 0.11332650840107623,
  0.010732312366504824, 0.0004754451847489352, 7.2711817340089955e-06, -1.1092099380899208e-12};
static __device__ const double ErrorFunctions_TAIL_UNDER[] = {
  1.0, 1.909056898723337, 1.324540948793479, 0.44936584851239, 0.08084454789962173, 0.007604697955467334,
  0.0003362173913800956, 5.14134484963186e-06};
// The same by 1 / r, from 9.
static __device__ const double ErrorFunctions_END_OVER[] = {
  1.4142153855843707, 267.5083767215484, 13332.555758474342, 232549.0622748265, 1485884.2022841587,
  2921732.7738333307, -378275.2884088532, -2690527.7420421382};
static __device__ const double ErrorFunctions_END_UNDER[] = {
  1.0, 189.15828612126757, 9431.250808136716, 164981.8640790987, 1072512.479419108, 2366308.0073892316,
  1156868.697552503, -65452.53004621163};
static constexpr double ErrorFunctions_HALF_SQRT_TWO = 0.7071067811865476;
static constexpr double ErrorFunctions_CENTER = 0.425;
// Beyond, exp(x^2 / 2) overflows.
static constexpr double ErrorFunctions_LARGEST = 40;

struct ErrorFunctions {
  // erf(x) for |x| up to 3/4.
  static __device__ __noinline__ double erfSmall(double x) {
    return x * quotient(ErrorFunctions_SMALL_OVER, ErrorFunctions_SMALL_UNDER, x * x);
  }

  static __device__ __noinline__ double erfc(double x) {
    if (x >= 0.5) {
      return exponential(x, 1) * erfcxRight(x);
    }
    return x <= -0.5 ? 2 - exponential(x, 1) * erfcxRight(-x) : 1 - erfSmall(x);
  }

  static __device__ __noinline__ double erfcx(double x) {
    if (x >= 0.5) {
      return erfcxRight(x);
    }
    return x <= -0.5 ? 2 * exponential(x, -1) - erfcxRight(-x) : exp(x * x) * (1 - erfSmall(x));
  }

  // The same from 1/2 on.
  static __device__ __noinline__ double erfcxRight(double x) {
    if (x >= 6) {
      return quotient(ErrorFunctions_FAR_OVER, ErrorFunctions_FAR_UNDER, 1 / x / x) / x;
    }
    return x >= 2
        ? quotient(ErrorFunctions_MIDDLE_OVER, ErrorFunctions_MIDDLE_UNDER, x - 2) / x
        : quotient(ErrorFunctions_NEAR_OVER, ErrorFunctions_NEAR_UNDER, x - 0.5);
  }

  // exp(-scale x^2) without the error that the rounded square would have: the square of the leading half of the
  // digits is exact.
  static __device__ __noinline__ double exponential(double x, double scale) {
    if (fabs(x) > ErrorFunctions_LARGEST) {
      return exp(-scale * x * x);
    }
    double high = (float) x;
    return exp(-scale * high * high) * exp(-scale * (x - high) * (x + high));
  }

  static __device__ __noinline__ double ndtr(double x) {
    const double scaled = x * ErrorFunctions_HALF_SQRT_TWO;
    if (fabs(scaled) < 0.5) {
      return 0.5 + 0.5 * erfSmall(scaled);
    }
    const double tail = 0.5 * exponential(x, 0.5) * erfcxRight(fabs(scaled));
    return scaled > 0 ? 1 - tail : scaled < 0 ? tail : NOT_A_NUMBER;
  }

  static __device__ __noinline__ double logNdtr(double x) {
    return x < 0 ? log(0.5 * erfcx(-x * ErrorFunctions_HALF_SQRT_TWO)) - 0.5 * x * x : log1p(-ndtr(-x));
  }

  static __device__ __noinline__ double ndtri(double p) {
    double q = p - 0.5;
    if (fabs(q) <= ErrorFunctions_CENTER) {
      return q * quotient(ErrorFunctions_CENTER_OVER, ErrorFunctions_CENTER_UNDER, ErrorFunctions_CENTER * ErrorFunctions_CENTER - q * q);
    }
    double r = sqrt(-log(q < 0 ? p : 1 - p));
    double ratio;
    if (r < 3.5) {
      ratio = quotient(ErrorFunctions_SHOULDER_OVER, ErrorFunctions_SHOULDER_UNDER, r - 1.6);
    } else if (r < 9) {
      ratio = quotient(ErrorFunctions_TAIL_OVER, ErrorFunctions_TAIL_UNDER, r - 3.5);
    } else {
      ratio = quotient(ErrorFunctions_END_OVER, ErrorFunctions_END_UNDER, 1 / r);
    }
    return copysign(r * ratio, q);
  }
};

//// BesselFunctions approximations
// (I0(x) - 1) / y by y = (x/2)^2.
static __device__ const double BesselFunctions_I0[] = {
  1.0, 0.24999999999999978, 0.02777777777777875, 0.0017361111111093212, 6.944444444616768e-05,
  1.9290123446808463e-06, 3.936759926835679e-08, 6.151186352073215e-10, 7.594076203674035e-12,
  7.593826261486644e-14, 6.2782596125899935e-16, 4.3438583592285594e-18, 2.6459481729049967e-20,
  1.1142728859197163e-22, 9.319037302519698e-25};
// (I1(x) / (x/2) - 1) / y by y = (x/2)^2.
static __device__ const double BesselFunctions_I1[] = {
  0.5, 0.08333333333333331, 0.0069444444444445004, 0.0003472222222221193, 1.1574074074173187e-05,
  2.7557319218244207e-07, 4.9209498831124465e-09, 6.834652024432265e-11, 7.594068659611249e-13,
  6.903555797446423e-15, 5.231322675888681e-17, 3.3442300506385306e-19, 1.880771354951542e-21,
  7.606752944827284e-24, 5.669579277854459e-26};
// sqrt(x) exp(-x) I0(x), a Chebyshev series in 1/x.
static __device__ const double BesselFunctions_I0_LARGE[] = {
  0.4022452055070544, 0.0033691164782556943, 6.889758346916825e-05, 2.8913705208347567e-06,
  2.0489185894690638e-07, 2.266668990498178e-08, 3.3962320257083865e-09, 4.94060238822497e-10,
  1.1889147107846439e-11, -3.1499165279632416e-11, -1.3215811840447713e-11, -1.7941785315068062e-12,
  7.180124451383666e-13, 3.8527783827421426e-13, 1.54008621752141e-14, -4.150569347287222e-14,
  -9.554846698828307e-15, 3.8116806693526224e-15, 1.7725601330565263e-15, -3.425485619677219e-16,
  -2.8276239805165836e-16, 3.461222867697461e-17, 4.46562142029676e-17, -4.830504485944182e-18,
  -7.233180487874754e-18};
// sqrt(x) exp(-x) I1(x).
static __device__ const double BesselFunctions_I1_LARGE[] = {
  0.38928811750914005, -0.009761097491361469, -0.00011058893876262371, -3.882564808877691e-06,
  -2.512236237870209e-07, -2.6314688468895196e-08, -3.835380385964237e-09, -5.589743462196584e-10,
  -1.8974958123505413e-11, 3.2526035830154884e-11, 1.4125807436613782e-11, 2.0356285441470896e-12,
  -7.198551776245908e-13, -4.0835511110921974e-13, -2.1015418427726643e-14, 4.272440016711951e-14,
  1.0420276984128802e-14, -3.8144030724370075e-15, -1.8803547755107825e-15, 3.3082023109209285e-16,
  2.96262899764595e-16, -3.209525921993424e-17, -4.6503053684893586e-17, 4.414348323071708e-18,
  7.517296310842105e-18};
// x (1 - A(x)).
static __device__ const double BesselFunctions_COMPLEMENT[] = {
  0.5087044228290216, 0.009033638646327165, 0.0003509928487727511, 2.4000438429103217e-05,
  2.5485427408775527e-06, 3.815519410045759e-07, 6.38753641011317e-08, 6.605100183496212e-09,
  -1.899860583633942e-09, -1.3857621284106324e-09, -3.5482727891548447e-10, 1.7935629684279218e-11,
  4.389320123144555e-11, 9.909087325174729e-12, -2.9337562818469654e-12, -1.8685456734304527e-12,
  5.51212826673586e-14, 2.664203181443918e-13, 2.5122977643285875e-14, -3.709826521932087e-14,
  -6.6098880085054196e-15, 5.532217387056378e-15, 1.2354019527181981e-15, -9.160955030922758e-16,
  -2.0001924286572827e-16, 1.6754365865030597e-16, 2.7304605668530615e-17, -3.269410578567758e-17,
  -2.2582322080544677e-18, 6.49030663076939e-18};
// x^2 A'(x).
static __device__ const double BesselFunctions_SLOPE[] = {
  0.5185245494765949, 0.01964025329514663, 0.0012219831537195471, 0.00012100373054308744,
  1.7356348604041915e-05, 3.0874271356358483e-06, 4.787386691027342e-07, -8.019480706164984e-09,
  -4.756125808869709e-08, -1.937641580870655e-08, -2.3253490143608664e-09, 1.3983947568666705e-09,
  7.003419871094189e-10, 1.0821323198529983e-11, -8.976706768990568e-11, -1.960108403417486e-11,
  9.468827500702004e-12, 4.269040605046639e-12, -9.536157414882724e-13, -7.631835427629285e-13,
  1.0436963378509189e-13, 1.3253293422257816e-13, -1.511928929974432e-14, -2.3379433144232805e-14,
  3.2073015158935672e-15, 4.18673477992943e-15, -8.520154866917905e-16, -7.391930893145e-16,
  2.372141423019429e-16, 1.2097429067397957e-16, -6.371696755429134e-17, -1.5787388564347393e-17,
  1.589256284508924e-17, 5.892016764608772e-19, -3.548531823479267e-18};
// 1 - A(x) by x - 1, from 1 to there.
static __device__ const double BesselFunctions_NEAR_OVER[] = {
  0.5536100341034655, -0.024679602630358632, 0.08552903389354533, 0.0005084017767886141,
  0.0029881883307106686, 9.790703424675632e-05, 3.721017938665049e-05, 1.6088866507154771e-06,
  1.7989722782812361e-07, 6.289561981722547e-09, 2.152045354478743e-10, -1.4290215163470544e-13};
static __device__ const double BesselFunctions_NEAR_UNDER[] = {
  1.0, 0.5954849253299228, 0.3330543100592152, 0.09025271801487997, 0.022112177357907832,
  0.003658344432125959, 0.000516601652687014, 5.525885265016734e-05, 4.780911655816482e-06,
  3.123766161631099e-07, 1.4621396700467261e-08, 3.97852734404946e-10};
// A'(x) by x^2, up to there.
static __device__ const double BesselFunctions_SLOPE_OVER[] = {
  0.5, 0.044976077459675315, 0.003327068551469515, 0.00012374081230411208, 2.785095458310831e-06,
  3.8224066841233054e-08, 3.2459878779744316e-10, 1.6408441989282378e-12, 4.436966480036279e-15,
  4.588010719473041e-18, -5.225301393016504e-24};
static __device__ const double BesselFunctions_SLOPE_UNDER[] = {
  1.0, 0.4649521549193507, 0.07684452853102872, 0.005696767852978479, 0.00022488769270426028,
  5.169612604759036e-06, 7.23640324762539e-08, 6.224226895709328e-10, 3.184331188577005e-12,
  8.699136932077263e-15, 9.109432838763007e-18};
// From here on, series in 1/x serve.
static constexpr double BesselFunctions_LARGE = 8;
// Newton's steps from 4 % to full precision.
static constexpr double BesselFunctions_STEPS = 5;

struct BesselFunctions {
  static __device__ __noinline__ double i0(double x) {
    double size = fabs(x);
    if (size < BesselFunctions_LARGE) {
      return 1 + i0Minus1(x);
    }
    double half = exp(size / 2);
    return half * (half * i0e(x));
  }

  static __device__ __noinline__ double i0e(double x) {
    double size = fabs(x);
    return size < BesselFunctions_LARGE
        ? exp(-size) * (1 + i0Minus1(x))
        : large(BesselFunctions_I0_LARGE, size) / sqrt(size);
  }

  static __device__ __noinline__ double i1(double x) {
    double size = fabs(x);
    if (size < BesselFunctions_LARGE) {
      return i1Small(x);
    }
    double half = exp(size / 2);
    return half * (half * i1e(x));
  }

  static __device__ __noinline__ double i1e(double x) {
    double size = fabs(x);
    return size < BesselFunctions_LARGE
        ? exp(-size) * i1Small(x)
        : copysign(large(BesselFunctions_I1_LARGE, size) / sqrt(size), x);
  }

  static __device__ __noinline__ double logI0(double x) {
    double size = fabs(x);
    return size < BesselFunctions_LARGE ? log1p(i0Minus1(x)) : size + log(i0e(x));
  }

  static __device__ __noinline__ double i0Minus1(double x) {
    double y = x * x / 4;
    return y * polynomial(BesselFunctions_I0, y);
  }

  static __device__ __noinline__ double i1Small(double x) {
    double y = x * x / 4;
    return 0.5 * x * (1 + y * polynomial(BesselFunctions_I1, y));
  }

  template <int N>
  static __device__ double large(const double (&series)[N], double x) {
    return chebyshev(series, 2 * BesselFunctions_LARGE / x - 1);
  }

  static __device__ __noinline__ double ratio(double x) {
    double size = fabs(x);
    return size < 1 ? ratioSmall(x) : copysign(1 - complementLarge(size), x);
  }

  static __device__ __noinline__ double ratioSmall(double x) {
    return i1Small(x) / (1 + i0Minus1(x));
  }

  // 1 - A(x) for x from 0 on.
  static __device__ __noinline__ double complement(double x) {
    return x < 1 ? 1 - ratioSmall(x) : complementLarge(x);
  }

  static __device__ __noinline__ double complementLarge(double x) {
    return x < BesselFunctions_LARGE
        ? quotient(BesselFunctions_NEAR_OVER, BesselFunctions_NEAR_UNDER, x - 1)
        : large(BesselFunctions_COMPLEMENT, x) / x;
  }

  // A'(x) = 1 - A(x)^2 - A(x) / x.
  static __device__ __noinline__ double ratioSlope(double x) {
    double size = fabs(x);
    return size < BesselFunctions_LARGE
        ? quotient(BesselFunctions_SLOPE_OVER, BesselFunctions_SLOPE_UNDER, x * x)
        : large(BesselFunctions_SLOPE, size) / size / size;
  }

  // Newton's method; A is concave, so that it converges from the left of the root.
  static __device__ __noinline__ double ratioInverse(double wanted) {
    double size = fabs(wanted);
    double rest = 1 - size;
    if (!(rest > 0)) {
      return rest == 0 ? copysign(INFINITE, wanted) : NOT_A_NUMBER;
    }
    double x = size * (2 - size * size) / (rest * (1 + size));
    for (int step = 0; step < BesselFunctions_STEPS; step++) {
      double excess = x < 1 ? ratio(x) - size : rest - complement(x);
      x -= excess / ratioSlope(x);
    }
    return copysign(x, wanted);
  }
};

//// IncompleteGamma GammaFunctions ErrorFunctions
static constexpr double IncompleteGamma_TEMME_FROM = 60;
static constexpr double IncompleteGamma_TEMME_WIDTH = 0.3;
static constexpr double IncompleteGamma_TINY = 1e-300;
static constexpr double IncompleteGamma_PRECISION = 1e-17;
static constexpr double IncompleteGamma_MOST_TERMS = 10000;
static constexpr double IncompleteGamma_MOST_STEPS = 100;
// c_k(eta) in Temme's expansion (NIST's Digital Library of Mathematical Functions, 8.12).
static __device__ const double IncompleteGamma_TEMME[8][15] = {
  {-0.3333333333333333, 0.08333333333333333, -0.014814814814814815, 0.0011574074074074073,
   0.0003527336860670194, -0.0001787551440329218, 3.919263178522438e-05, -2.185448510679992e-06,
   -1.85406221071516e-06, 8.296711340953087e-07, -1.7665952736826078e-07, 6.707853543401498e-09,
   1.0261809784240309e-08, -4.382036018453353e-09, 9.14769958223679e-10},
  {-0.001851851851851852, -0.003472222222222222, 0.0026455026455026454, -0.0009902263374485596,
   0.00020576131687242798, -4.018775720164609e-07, -1.8098550334489977e-05, 7.64916091608111e-06,
   -1.6120900894563446e-06, 4.647127802807434e-09, 1.378633446915721e-07, -5.752545603517705e-08,
   1.1951628599778148e-08},
  {0.004133597883597883, -0.0026813271604938273, 0.0007716049382716049, 2.0093878600823047e-06,
   -0.0001073665322636516, 5.2923448829120125e-05, -1.2760635188618728e-05, 3.423578734096138e-08,
   1.3721957309062934e-06, -6.298992138380055e-07, 1.4280614206064242e-07},
  {0.0006494341563786008, 0.00022947209362139917, -0.0004691894943952557, 0.00026772063206283885,
   -7.561801671883977e-05, -2.396505113867297e-07, 1.1082654115347302e-05, -5.6749528269915965e-06,
   1.4230900732435883e-06, -2.7861080291528143e-11, -1.6958404091930278e-07},
  {-0.0008618882909167117, 0.0007840392217200666, -0.0002990724803031902, -1.4638452578843418e-06,
   6.641498215465122e-05, -3.968365047179435e-05, 1.1375726970678419e-05, 2.507497226237533e-10,
   -1.6954149536558305e-06},
  {-0.00033679855336635813, -6.972813758365857e-05, 0.0002772753244959392, -0.00019932570516188847,
   6.797780477937208e-05, 1.419062920643967e-07, -1.3594048189768693e-05},
  {0.0005313079364639922, -0.0005921664373536939, 0.0002708782096718045, 7.902353232660328e-07,
   -8.153969367561969e-05},
  {0.00034436760689237765, 5.171790908260592e-05, -0.00033493161081142234}};
static __device__ const int IncompleteGamma_LENGTHS[8] = {15, 13, 11, 11, 9, 7, 5, 3};

struct IncompleteGamma {
  struct Several {
    double of[3];
  };

  static __device__ __noinline__ double lower(double a, double x) {
    if (!(a >= 0) || !(x >= 0) || (a == 0 && x == 0)) {
      return NOT_A_NUMBER;
    }
    if (x == 0 || a == 0 || (fabs(x) == INFINITE) || (fabs(a) == INFINITE)) {
      return extreme(a, x);
    }
    if (isNear(a, x)) {
      return uniform(a, x, -1);
    }
    return x < fmax(a, 1.0) ? power(a, x) * series(a, x) : 1 - upperFraction(a, x);
  }

  static __device__ __noinline__ double upper(double a, double x) {
    if (!(a >= 0) || !(x >= 0) || (a == 0 && x == 0)) {
      return NOT_A_NUMBER;
    }
    if (x == 0 || a == 0 || (fabs(x) == INFINITE) || (fabs(a) == INFINITE)) {
      return 1 - extreme(a, x);
    }
    if (isNear(a, x)) {
      return uniform(a, x, 1);
    }
    if (x >= fmax(a, 1.0)) {
      return upperFraction(a, x);
    }
    return a < 1 ? upperSmall(a, x) : 1 - power(a, x) * series(a, x);
  }

  // P where one of the two is 0 or infinite.
  static __device__ __noinline__ double extreme(double a, double x) {
    if ((fabs(a) == INFINITE)) {
      return (fabs(x) == INFINITE) ? NOT_A_NUMBER : 0;
    }
    return x == 0 ? 0 : 1;
  }

  // The derivative of P by a.
  static __device__ __noinline__ double lowerByShape(double a, double x) {
    if (!(a > 0) || !(x >= 0) || (fabs(a) == INFINITE)) {
      return NOT_A_NUMBER;
    }
    if (x == 0 || (fabs(x) == INFINITE)) {
      return 0;
    }
    if (isNear(a, x)) {
      return uniformByShape(a, x);
    }
    return x < fmax(a, 1.0) ? seriesByShape(a, x) : fractionByShape(a, x);
  }

  // The derivative of P by x.
  static __device__ __noinline__ double density(double a, double x) {
    return a > 0 && x > 0 ? power(a, x) * (a / x) : NOT_A_NUMBER;
  }

  static __device__ __noinline__ bool isNear(double a, double x) {
    return a >= IncompleteGamma_TEMME_FROM && fabs(x - a) < IncompleteGamma_TEMME_WIDTH * a;
  }

  // x^a exp(-x) / Gamma(a + 1).
  static __device__ __noinline__ double power(double a, double x) {
    return power(a, x, x - a);
  }

  // The same, where x - a is known better than from x.
  static __device__ __noinline__ double power(double a, double x, double excess) {
    if (a < 10) {
      double half = exp(-x / 2);
      return half == 0 ? 0 : pow(x, a) * half * half / GammaFunctions::gammaOnePlus(a);
    }
    double exponent = -GammaFunctions::stirlingError(a) - a * lag(excess / a, x / a);
    return exp(exponent) / sqrt(2 * 3.141592653589793 * a);
  }

  // m - log(1 + m), where 1 + m is also known as a ratio.
  static __device__ __noinline__ double lag(double m, double ratio) {
    if (!(fabs(m) < 0.5)) {
      return m - log(ratio);
    }
    double r = m / (2 + m);
    double square = r * r;
    double sum = 0;
    for (int k = 31; k >= 3; k -= 2) {
      sum = sum * square + 1.0 / k;
    }
    return r * (m - 2 * square * sum);
  }

  // 1 + x / (a + 1) + x^2 / ((a + 1) (a + 2)) + ...
  static __device__ __noinline__ double series(double a, double x) {
    double term = 1;
    double sum = 1;
    for (int n = 1; n < IncompleteGamma_MOST_TERMS && term > IncompleteGamma_PRECISION * sum; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return sum;
  }

  static __device__ __noinline__ double seriesByShape(double a, double x) {
    double term = 1;
    double sum = 1;
    double harmonic = 0;
    double slope = 0;
    for (int n = 1; n < IncompleteGamma_MOST_TERMS && term > IncompleteGamma_PRECISION * sum; n++) {
      term *= x / (a + n);
      harmonic += 1 / (a + n);
      sum += term;
      slope += term * harmonic;
    }
    return power(a, x) * (sum * (log(x) - GammaFunctions::digamma(a + 1)) - slope);
  }

  // Q for a and x below 1, as the difference of P from 1 term by term.
  static __device__ __noinline__ double upperSmall(double a, double x) {
    double exponent = a * log(x) - GammaFunctions::lgammaOnePlus(a);
    double term = 1;
    double sum = 0;
    for (int n = 1; n < IncompleteGamma_MOST_TERMS && fabs(term) > IncompleteGamma_PRECISION * fabs(sum); n++) {
      term *= -x / n;
      sum += term / (a + n);
    }
    return -expm1(exponent) - exp(exponent) * a * sum;
  }

  static __device__ __noinline__ double upperFraction(double a, double x) {
    return power(a, x) * a * fraction(a, x).of[0];
  }

  static __device__ __noinline__ double fractionByShape(double a, double x) {
    const Several found = fraction(a, x);
    const double change = log(x) - GammaFunctions::digamma(a);
    return -power(a, x) * a * (found.of[0] * change + found.of[1]);
  }

  // 1/(x + 1 - a - (1 - a)/(x + 3 - a - 2 (2 - a)/...)) and its derivative by a (Lentz's method).
  static __device__ __noinline__ Several fraction(double a, double x) {
    double b = x + 1 - a;
    double c = 1 / IncompleteGamma_TINY;
    double d = 1 / b;
    double value = d;
    double cSlope = 0;
    double dSlope = d * d;
    double slope = dSlope;
    for (int n = 1; n < IncompleteGamma_MOST_TERMS; n++) {
      double top = n * (a - n);
      b += 2;
      double inverse = 1 / (top * d + b);
      dSlope = -inverse * inverse * (n * d + top * dSlope - 1);
      d = inverse;
      double before = c;
      c = b + top / before;
      cSlope = -1 + n / before - top * cSlope / before / before;
      double factor = c * d;
      double factorSlope = cSlope * d + c * dSlope;
      slope = slope * factor + value * factorSlope;
      value *= factor;
      if (fabs(factor - 1) < 1e-16
          && fabs(value * factorSlope) <= 1e-16 * fabs(slope)) {
        break;
      }
    }
    return Several{{value, slope, 0}};
  }

  // P with the sign -1, Q with 1.
  static __device__ __noinline__ double uniform(double a, double x, double sign) {
    double m = (x - a) / a;
    double half = lag(m, x / a);
    double eta = copysign(sqrt(2 * half), m);
    const Several sums = temme(a, eta);
    double root = sqrt(a / 2) * eta;
    return 0.5 * ErrorFunctions::erfc(sign * root)
        + sign * exp(-a * half) / sqrt(2 * 3.141592653589793 * a) * sums.of[0];
  }

  static __device__ __noinline__ double uniformByShape(double a, double x) {
    double m = (x - a) / a;
    double half = lag(m, x / a);
    double eta = copysign(sqrt(2 * half), m);
    double ratio = eta == 0 ? 1 : m / eta;
    const Several sums = temme(a, eta);
    double sum =
        ratio - eta / 2 + sums.of[0] * (log1p(m) - 0.5 / a) - sums.of[1] * ratio / a + sums.of[2];
    return -exp(-a * half) / sqrt(2 * 3.141592653589793 * a) * sum;
  }

  // The sum of c_k(eta) a^-k, and its derivatives by eta and a.
  static __device__ __noinline__ Several temme(double a, double eta) {
    double value = 0;
    double byEta = 0;
    double byShape = 0;
    for (int k = 7; k >= 0; k--) {
      double c = 0;
      double slope = 0;
      for (int n = IncompleteGamma_LENGTHS[k] - 1; n >= 0; n--) {
        slope = slope * eta + c;
        c = c * eta + IncompleteGamma_TEMME[k][n];
      }
      byShape = (byShape - value / a) / a;
      value = value / a + c;
      byEta = byEta / a + slope;
    }
    return Several{{value, byEta, byShape}};
  }

  // The x with P(a, x) = p.
  static __device__ __noinline__ double lowerInverse(double a, double p) {
    if (!(a > 0) || !(p >= 0 && p <= 1)) {
      return NOT_A_NUMBER;
    }
    if (p == 0 || p == 1) {
      return p == 0 ? 0 : INFINITE;
    }
    // P <= x^a / Gamma(a + 1), nearly with equality where x is small.
    double least = (log(p) + GammaFunctions::lgamma(a + 1)) / a;
    if (least < -40) {
      return exp(least);
    }
    double cube = 1 - 1 / (9 * a) + ErrorFunctions::ndtri(p) / (3 * sqrt(a));
    double start = a * cube * cube * cube;
    bool isLower = p <= 0.5;
    double target = log(isLower ? p : 1 - p);
    double x = fmax(exp(least), cube > 0 ? start : 0);
    // In log(x), log P and log Q are concave: Newton's method converges from everywhere.
    for (int step = 0; step < IncompleteGamma_MOST_STEPS; step++) {
      double tail = isLower ? lower(a, x) : upper(a, x);
      double slope = power(a, x) * a / tail;
      double move = (target - log(tail)) / slope;
      double next = x * exp(isLower ? move : -move);
      if (!(fabs(next - x) > 1e-15 * x)) {
        return next;
      }
      x = next;
    }
    return x;
  }
};

//// IncompleteBessel BesselFunctions ErrorFunctions
// The positive nodes of the rule with 48, on (-1, 1).
static __device__ const double IncompleteBessel_NODES[] = {
  0.9987710072524261, 0.9935301722663508, 0.9841245837228269, 0.9705915925462473, 0.9529877031604309,
  0.9313866907065543, 0.9058791367155696, 0.8765720202742479, 0.8435882616243935, 0.8070662040294426,
  0.7671590325157404, 0.7240341309238146, 0.6778723796326639, 0.6288673967765136, 0.5772247260839727,
  0.523160974722233, 0.4669029047509584, 0.4086864819907167, 0.34875588629216075, 0.28736248735545555,
  0.22476379039468905, 0.1612223560688917, 0.0970046992094627, 0.03238017096286936};
static __device__ const double IncompleteBessel_WEIGHTS[] = {
  0.0031533460523058385, 0.0073275539012762625, 0.01147723457923454, 0.015579315722943849,
  0.01961616045735553, 0.02357076083932438, 0.027426509708356948, 0.03116722783279809, 0.03477722256477044,
  0.03824135106583071, 0.04154508294346475, 0.04467456085669428, 0.04761665849249048, 0.05035903555385447,
  0.05289018948519367, 0.055199503699984165, 0.057277292100403214, 0.059114839698395635, 0.06070443916589388,
  0.062039423159892665, 0.06311419228625402, 0.06392423858464819, 0.06446616443595009, 0.06473769681268392};
// What lies so far below, in its logarithm, is passed over.
static constexpr double IncompleteBessel_NEGLIGIBLE = 42;
// What is missing from Math.PI to pi.
static constexpr double IncompleteBessel_REST_OF_PI = 1.2246467991473532e-16;
static constexpr double IncompleteBessel_MOST_STEPS = 100;
// A step so short, beside what it is a step of, leaves an error beyond the last digit.
static constexpr double IncompleteBessel_CUBED = 3e-6;

struct IncompleteBessel {
  static __device__ __noinline__ double lower(double k, double x) {
    if (!(k >= 0) || (fabs(k) == INFINITE) || (fabs(x) == INFINITE)) {
      return NOT_A_NUMBER;
    }
    const double whole = turns(x);
    double angle = x - 2 * 3.141592653589793 * whole;
    return whole + (angle < 0 ? upper(k, -angle) : 1 - upper(k, angle));
  }

  // How many turns an angle is from (-pi, pi).
  static __device__ __noinline__ double turns(double x) {
    return fabs(x) <= 3.141592653589793 ? 0 : rint(x / (2 * 3.141592653589793));
  }

  // The derivative by x, which is a density.
  static __device__ __noinline__ double density(double k, double x) {
    if (!(k >= 0)) {
      return NOT_A_NUMBER;
    }
    double sine = sin(x / 2);
    return exp(-2 * k * sine * sine) / total(k);
  }

  // 2 pi exp(-k) I0(k).
  static __device__ __noinline__ double total(double k) {
    return 2 * 3.141592653589793 * BesselFunctions::i0e(k);
  }

  // The integral from x to pi, for x from 0 to pi.
  static __device__ __noinline__ double upper(double k, double x) {
    double half = sin(x / 2);
    double end = fmin(beyond(x), reach(k, half) - x);
    const double tail = integral(end, [=](double t) { return exp(-fall(k, x, t)); });
    return tail * exp(-2 * k * half * half) / total(k);
  }

  // The integral from 0 to x, for x from 0 to pi.
  static __device__ __noinline__ double middle(double k, double x) {
    double end = fmin(x, reach(k, 0));
    return integral(end, [=](double t) { return exp(-fall(k, 0, t)); }) / total(k);
  }

  // pi - x.
  static __device__ __noinline__ double beyond(double x) {
    return 3.141592653589793 - x + IncompleteBessel_REST_OF_PI;
  }

  // Where the integrand is negligible beside its value at the angle whose half has this sine.
  static __device__ __noinline__ double reach(double k, double half) {
    double sine = sqrt(half * half + IncompleteBessel_NEGLIGIBLE / 2 / k);
    return sine < 1 ? 2 * asin(sine) : INFINITE;
  }

  // k (cos(x) - cos(x + t)).
  static __device__ __noinline__ double fall(double k, double x, double t) {
    return 2 * k * sin(t / 2) * sin(x + t / 2);
  }

  // The derivative by k. The integrand, cos(t) less its mean times the density, changes its sign once on each side,
  // and its integral over a side is 0.
  static __device__ __noinline__ double lowerByConcentration(double k, double x) {
    if (!(k >= 0) || (fabs(k) == INFINITE) || (fabs(x) == INFINITE)) {
      return NOT_A_NUMBER;
    }
    double angle = x - 2 * 3.141592653589793 * turns(x);
    double size = fabs(angle);
    double half = sin(size / 2);
    // 1 - A(k), beside which 1 - cos(t) stands without cancelling.
    double mean = BesselFunctions::complement(k);
    double value =
        2 * half * half < mean
            ? integral(size, [=](double t) { return excess(mean, t) * exp(-fall(k, 0, t)); }) / total(k)
            : -integral(
                    fmin(beyond(size), reach(k, half) - size),
                    [=](double t) { return excess(mean, size + t) * exp(-fall(k, size, t)); })
                * (exp(-2 * k * half * half) / total(k));
    return copysign(value, angle);
  }

  // cos(t) - A(k).
  static __device__ __noinline__ double excess(double mean, double t) {
    double half = sin(t / 2);
    return mean - 2 * half * half;
  }

  template <typename Integrand>
  static __device__ double integral(double end, const Integrand &integrand) {
    double center = end / 2;
    double sum = 0;
    for (int i = 0; i < 24; i++) {
      double offset = center * IncompleteBessel_NODES[i];
      sum += IncompleteBessel_WEIGHTS[i] * (integrand(center - offset) + integrand(center + offset));
    }
    return sum * center;
  }

  // The x in [-pi, pi] up to which the integral is p.
  static __device__ __noinline__ double lowerInverse(double k, double p) {
    if (!(k >= 0) || (fabs(k) == INFINITE) || !(p >= 0 && p <= 1)) {
      return NOT_A_NUMBER;
    }
    double tail = fmin(p, 1 - p);
    double size = tail < 0.25 ? upperInverse(k, tail) : middleInverse(k, 0.5 - tail);
    return p < 0.5 ? -size : size;
  }

  // The angle beyond which so much lies, as of a normal or of a uniform distribution.
  static __device__ __noinline__ double start(double k, double tail) {
    double sine = -ErrorFunctions::ndtri(tail) / (2 * sqrt(k));
    double uniform = 3.141592653589793 * (1 - 2 * tail);
    return sine < 1 ? fmin(uniform, 2 * asin(sine)) : uniform;
  }

  // Halley's method.
  static __device__ __noinline__ double middleInverse(double k, double p) {
    double x = start(k, 0.5 - p);
    for (int step = 0; step < IncompleteBessel_MOST_STEPS && x > 0; step++) {
      double newton = (p - middle(k, x)) / density(k, x);
      x += newton / (1 - newton * k * sin(x) / 2);
      if (!(fabs(newton) > IncompleteBessel_CUBED * x)) {
        break;
      }
    }
    return x;
  }

  // Halley's method for the logarithm, within what certainly holds the root.
  static __device__ __noinline__ double upperInverse(double k, double p) {
    if (p == 0) {
      return 3.141592653589793;
    }
    double low = 0;
    double high = 3.141592653589793;
    double target = log(p);
    double x = start(k, p);
    for (int step = 0; step < IncompleteBessel_MOST_STEPS && low < high; step++) {
      double tail = upper(k, x);
      double excess = log(tail) - target;
      if (excess > 0) {
        low = x;
      } else {
        high = x;
      }
      double hazard = density(k, x) / tail;
      double newton = excess / hazard;
      double next = x + newton / (1 + newton * (hazard - k * sin(x)) / 2);
      if (fabs(newton) <= IncompleteBessel_CUBED * x && fabs(excess) <= IncompleteBessel_CUBED) {
        return fmin(next, 3.141592653589793);
      }
      x = next > low && next < high ? next : low + (high - low) / 2;
    }
    return x;
  }
};

//// IncompleteBeta IncompleteGamma
static constexpr double IncompleteBeta_TINY = 1e-300;
static constexpr double IncompleteBeta_MOST_TERMS = 100000;

struct IncompleteBeta {
  static __device__ __noinline__ double regularized(double a, double b, double x) {
    if (!(a > 0) || !(b > 0) || !(x >= 0 && x <= 1)) {
      return NOT_A_NUMBER;
    }
    if (x == 0 || x == 1) {
      return x;
    }
    // The fraction converges fast below the mean; above it, the other tail is below its mean.
    return x * (a + b + 2) < a + 1 ? lowerTail(a, b, x, 1 - x) : 1 - lowerTail(b, a, 1 - x, x);
  }

  // x^(a - 1) (1 - x)^(b - 1) / B(a, b).
  static __device__ __noinline__ double density(double a, double b, double x) {
    double y = 1 - x;
    return a > 0 && b > 0 && x > 0 && y > 0
        ? binomial(a, b, x, y) / x / y * a * (b / (a + b))
        : NOT_A_NUMBER;
  }

  // I(a, b, x), where y = 1 - x.
  static __device__ __noinline__ double lowerTail(double a, double b, double x, double y) {
    return binomial(a, b, x, y) * (b / (a + b)) * fraction(a, b, x);
  }

  // x^a y^b Gamma(a + b + 1) / (Gamma(a + 1) Gamma(b + 1)), from three such of the gamma function.
  static __device__ __noinline__ double binomial(double a, double b, double x, double y) {
    double n = a + b;
    double excess = fma(b, x, -a * y);
    return IncompleteGamma::power(a, n * x, excess)
        * IncompleteGamma::power(b, n * y, -excess)
        / IncompleteGamma::power(n, n, 0);
  }

  // 1/(1 + d1/(1 + d2/...)) of DLMF 8.17.22 (Lentz's method).
  static __device__ __noinline__ double fraction(double a, double b, double x) {
    double c = 1;
    double d = 1 / notZero(1 - (a + b) * x / (a + 1));
    double value = d;
    for (int m = 1; m < IncompleteBeta_MOST_TERMS; m++) {
      double even = m * (b - m) * x / ((a + 2.0 * m - 1) * (a + 2.0 * m));
      d = 1 / notZero(1 + even * d);
      c = notZero(1 + even / c);
      value *= c * d;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1));
      d = 1 / notZero(1 + odd * d);
      c = notZero(1 + odd / c);
      double factor = c * d;
      value *= factor;
      if (fabs(factor - 1) < 1e-16) {
        break;
      }
    }
    return value;
  }

  static __device__ __noinline__ double notZero(double value) {
    return value == 0 ? IncompleteBeta_TINY : value;
  }
};

//// Counts IncompleteGamma ErrorFunctions

struct Counts {
  // The least n with Q(n + 1, mean) >= p, where Q is the regularised upper incomplete gamma.
  static __device__ __noinline__ double quantile(double p, double mean) {
    if (!(mean > 0) || (fabs(mean) == INFINITE) || !(p >= 0 && p <= 1)) {
      return NOT_A_NUMBER;
    }
    if (p == 1) {
      return INFINITE;
    }
    const double from = start(p, mean);
    return reaches(from, p, mean) ? lastBefore(from, p, mean) : firstAfter(from, p, mean);
  }

  // By the expansion of Cornish and Fisher, whose error is small beside the deviation.
  static __device__ __noinline__ double start(double p, double mean) {
    double z = ErrorFunctions::ndtri(p);
    double value = mean + sqrt(mean) * z + (z * z - 1) / 6;
    return value > 0 ? rint(value) : 0;
  }

  // Whether Q(n + 1, mean) >= p, by the smaller of both tails.
  static __device__ __noinline__ bool reaches(double n, double p, double mean) {
    return p < 0.5
        ? IncompleteGamma::upper(n + 1, mean) >= p
        : IncompleteGamma::lower(n + 1, mean) <= 1 - p;
  }

  static __device__ __noinline__ double lastBefore(double start, double p, double mean) {
    double above = start;
    double width = step(start);
    while (above > 0) {
      double below = fmax(0.0, above - width);
      if (!reaches(below, p, mean)) {
        return between(below, above, p, mean);
      }
      above = below;
      width *= 2;
    }
    return 0;
  }

  static __device__ __noinline__ double firstAfter(double start, double p, double mean) {
    double below = start;
    double width = step(start);
    while (!reaches(below + width, p, mean)) {
      below += width;
      width *= 2;
    }
    return between(below, below + width, p, mean);
  }

  // Whole numbers are further apart than 1 where they are huge.
  static __device__ __noinline__ double step(double n) {
    return fmax(1.0, nextafter(n, INFINITE) - n);
  }

  // By halving, where the first does not reach p and the second does.
  static __device__ __noinline__ double between(double from, double to, double p, double mean) {
    double below = from;
    double above = to;
    while (true) {
      double middle = floor(below + (above - below) / 2);
      if (!(middle > below && middle < above)) {
        return above;
      }
      if (reaches(middle, p, mean)) {
        above = middle;
      } else {
        below = middle;
      }
    }
  }
};

//// logGamma GammaFunctions
[[maybe_unused]] static __device__ double logGamma(double x) {
  return GammaFunctions::lgamma(x);
}

//// digamma GammaFunctions
[[maybe_unused]] static __device__ double digamma(double x) {
  return GammaFunctions::digamma(x);
}

//// trigamma GammaFunctions
[[maybe_unused]] static __device__ double trigamma(double x) {
  return GammaFunctions::trigamma(x);
}

//// polygamma GammaFunctions
[[maybe_unused]] static __device__ double polygamma(double order, double x) {
  return GammaFunctions::polygamma(order, x);
}

//// scaledErfc ErrorFunctions
[[maybe_unused]] static __device__ double scaledErfc(double x) {
  return ErrorFunctions::erfcx(x);
}

//// ndtr ErrorFunctions
[[maybe_unused]] static __device__ double ndtr(double x) {
  return ErrorFunctions::ndtr(x);
}

//// log_ndtr ErrorFunctions
[[maybe_unused]] static __device__ double log_ndtr(double x) {
  return ErrorFunctions::logNdtr(x);
}

//// ndtri ErrorFunctions
[[maybe_unused]] static __device__ double ndtri(double p) {
  return ErrorFunctions::ndtri(p);
}

//// bessel_i0 BesselFunctions
[[maybe_unused]] static __device__ double bessel_i0(double x) {
  return BesselFunctions::i0(x);
}

//// bessel_i1 BesselFunctions
[[maybe_unused]] static __device__ double bessel_i1(double x) {
  return BesselFunctions::i1(x);
}

//// bessel_i0e BesselFunctions
[[maybe_unused]] static __device__ double bessel_i0e(double x) {
  return BesselFunctions::i0e(x);
}

//// bessel_i1e BesselFunctions
[[maybe_unused]] static __device__ double bessel_i1e(double x) {
  return BesselFunctions::i1e(x);
}

//// log_bessel_i0 BesselFunctions
[[maybe_unused]] static __device__ double log_bessel_i0(double x) {
  return BesselFunctions::logI0(x);
}

//// bessel_ratio BesselFunctions
[[maybe_unused]] static __device__ double bessel_ratio(double x) {
  return BesselFunctions::ratio(x);
}

//// bessel_ratio_slope BesselFunctions
[[maybe_unused]] static __device__ double bessel_ratio_slope(double x) {
  return BesselFunctions::ratioSlope(x);
}

//// bessel_ratio_inverse BesselFunctions
[[maybe_unused]] static __device__ double bessel_ratio_inverse(double ratio) {
  return BesselFunctions::ratioInverse(ratio);
}

//// gammainc IncompleteGamma
[[maybe_unused]] static __device__ double gammainc(double a, double x) {
  return IncompleteGamma::lower(a, x);
}

//// gammaincc IncompleteGamma
[[maybe_unused]] static __device__ double gammaincc(double a, double x) {
  return IncompleteGamma::upper(a, x);
}

//// gammainc_da IncompleteGamma
[[maybe_unused]] static __device__ double gammainc_da(double a, double x) {
  return IncompleteGamma::lowerByShape(a, x);
}

//// gammainc_dx IncompleteGamma
[[maybe_unused]] static __device__ double gammainc_dx(double a, double x) {
  return IncompleteGamma::density(a, x);
}

//// gammaincinv IncompleteGamma
[[maybe_unused]] static __device__ double gammaincinv(double a, double p) {
  return IncompleteGamma::lowerInverse(a, p);
}

//// pdtrik Counts
[[maybe_unused]] static __device__ double pdtrik(double p, double mean) {
  return Counts::quantile(p, mean);
}

//// bessel_i0inc IncompleteBessel
[[maybe_unused]] static __device__ double bessel_i0inc(double k, double x) {
  return IncompleteBessel::lower(k, x);
}

//// bessel_i0inc_dk IncompleteBessel
[[maybe_unused]] static __device__ double bessel_i0inc_dk(double k, double x) {
  return IncompleteBessel::lowerByConcentration(k, x);
}

//// bessel_i0inc_dx IncompleteBessel
[[maybe_unused]] static __device__ double bessel_i0inc_dx(double k, double x) {
  return IncompleteBessel::density(k, x);
}

//// bessel_i0incinv IncompleteBessel
[[maybe_unused]] static __device__ double bessel_i0incinv(double k, double p) {
  return IncompleteBessel::lowerInverse(k, p);
}

//// betainc IncompleteBeta
[[maybe_unused]] static __device__ double betainc(double a, double b, double x) {
  return IncompleteBeta::regularized(a, b, x);
}

//// betainc_dx IncompleteBeta
[[maybe_unused]] static __device__ double betainc_dx(double a, double b, double x) {
  return IncompleteBeta::density(a, b, x);
}
