package org.blrc.verify;

/** Families, and specs over them. */
final class Declarations {

  static final String GAUSSIAN =
      """
      family Bell(mean: real, precision: positive) {
        support        real
        statistics     x, x^2
        natural        precision * mean, -precision / 2
        log_partition  precision * mean^2 / 2 - log(precision) / 2 + log(2 * pi) / 2
        sample         mean + eps / sqrt(precision)   with eps ~ StandardNormal
      }
      """;

  static final String GUMBEL =
      """
      family Gumbel(location: real) {
        support        real
        statistics     exp(-x)
        natural        -exp(location)
        base_measure   -x
        log_partition  -location
        sample         location - log(-log(u))   with u ~ Uniform
      }
      """;

  static final String LAPLACE =
      """
      family Laplace(rate_: positive) {
        support        real
        statistics     abs(x)
        natural        -rate_
        log_partition  log(2 / rate_)
        sample         sign(u - 1/2) * -log(1 - 2 * abs(u - 1/2)) / rate_   with u ~ Uniform
      }
      """;

  static final String LOG_NORMAL =
      """
      family LogNormal(mu: real, tau: positive) {
        support        positive
        statistics     log(x), log(x)^2
        natural        mu * tau, -tau / 2
        base_measure   -log(x)
        log_partition  tau * mu^2 / 2 - log(tau) / 2 + log(2 * pi) / 2
        sample         exp(mu + eps / sqrt(tau))   with eps ~ StandardNormal
      }
      """;

  /** A sampler that chooses between two values, and the distribution function. */
  static final String WALD =
      """
      family Wald(mu: positive, k: positive) {
        support        positive
        statistics     x, 1 / x
        natural        -k / (2 * mu^2), -k / 2
        base_measure   -3 * log(x) / 2
        log_partition  log(2 * pi / k) / 2 - k / mu
        sample
          mu * (abs(n) * sqrt(mu / (4 * k)) + sqrt(1 + mu * n^2 / (4 * k)))
            ^(-2 * sign(1 + abs(n) * sqrt(mu / (4 * k)) / sqrt(1 + mu * n^2 / (4 * k)) - 2 * v))
          with n ~ StandardNormal, v ~ Uniform
        cdf
          ndtr(sqrt(k / x) * (x / mu - 1))
            + exp(-k * (x / mu - 1)^2 / (2 * x)) * erfcx(sqrt(k / (2 * x)) * (x / mu + 1)) / 2
      }
      """;

  /** (p - 1) / 2 (1 + |x|)^-p, whose moments of order p - 1 and above do not exist. */
  static final String TAILED =
      """
      family Tailed(p: (1, infinity)) {
        support        real
        statistics     log(1 + abs(x))
        natural        -p
        log_partition  log(2 / (p - 1))
        sample         sign(u - 1/2) * ((1 - 2 * abs(u - 1/2))^(-1 / (p - 1)) - 1)   with u ~ Uniform
      }
      """;

  static final String POWER =
      """
      family Power(p: positive) {
        support        [0, 1]
        statistics     log(x)
        natural        p - 1
        log_partition  -log(p)
        sample         u^(1 / p)   with u ~ Uniform
      }
      """;

  static final String ANGLES =
      """
      family Ring(mu: real, k: positive) {
        support        circle
        statistics     cos(x), sin(x)
        natural        k * cos(mu), k * sin(mu)
        log_partition  log(2 * pi) + log_bessel_i0(k)
        sample         mu + bessel_i0incinv(k, u)   with u ~ Uniform
      }
      """;

  private Declarations() {}

  /** A spec with states m and s, named Test. */
  static String spec(String declarations, String posterior, String clauses) {
    return declarations
        + """
        optimizer Test {
          hyper      rho: unit = 0.1
          state      m: real, s: positive = 1
          posterior  each theta ~ %s
          loss       ell(theta)
          rate       rho
          %s
        }
        """
            .formatted(posterior, clauses);
  }
}
