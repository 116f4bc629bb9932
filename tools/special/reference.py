"""Writes the values that the tests of the special functions compare with.

Run as `python3 tools/special/reference.py FOLDER [FUNCTION...]`, with mpmath 1.3 and scipy (and gmpy2, for speed); the
folder is runtime/src/test/resources/org/blrc/runtime/special. All functions take some ten minutes. A file holds
big-endian doubles: the arguments and the value of one point after the other. The value is computed with some 60 digits
and rounded once. Arguments are drawn with a fixed seed: uniformly where the function varies, log-uniformly over all
doubles, and close to roots.
"""

import random
import struct
import sys

from mpmath import *
from scipy import special, stats

mp.dps = 60


def tight(x, radius):
    """A double near x, by a random relative distance on a logarithmic scale."""
    return x * (1 + random.choice([-1, 1]) * radius * 10 ** random.uniform(-15, 0))


def anywhere():
    """A positive double of any size."""
    return 10 ** random.uniform(-307.5, 308)


def signed(x):
    return random.choice([-1, 1]) * x


def uniform(a, b, n):
    return [random.uniform(a, b) for _ in range(n)]


def logarithmic(a, b, n):
    return [10 ** random.uniform(a, b) for _ in range(n)]


def every(n, draw):
    return [draw() for _ in range(n)]


def write(name, points, f):
    if sys.argv[2:] and name not in sys.argv[2:]:
        return
    with open(sys.argv[1] + "/" + name + ".f64", "wb") as out:
        for point in points:
            arguments = point if isinstance(point, tuple) else (point,)
            value = f(*(mpf(each) for each in arguments))
            if value is not None and (value == 0 or mpf(2) ** -1022 < abs(value) < mpf(2) ** 1024):
                row = [float(each) for each in (*arguments, value)]
                out.write(struct.pack(">%dd" % len(row), *row))


def log_gamma(x):
    if x == floor(x) and x <= 0:
        return None
    if x > 1e30:  # Stirling's series, of which nothing is left
        return (x - 0.5) * log(x) - x + log(2 * pi) / 2
    return re(loggamma(x)) if x > 0 else log(pi / abs(x * sinpi(x))) - loggamma(-x)


def psi_(n, x):
    if x == floor(x) and x <= 0:
        return None
    with extradps(40):
        if x > 1e20:
            return log(x) - 1 / (2 * x) if n == 0 else (-1) ** (n + 1) * factorial(n - 1) / x**n
        if n == 0 and x < 0:
            return digamma(1 - x) - pi * cospi(x) / sinpi(x)
        if n == 1 and x < 0:
            return (pi / sinpi(x)) ** 2 - psi(1, 1 - x)
        if n == 0:
            return digamma(x)
        # The zeta function has digits after the point, not after the first one of its value.
        with extradps(int((n + 1) * log10(x + 1))):
            return (-1) ** (n + 1) * factorial(n) * zeta(n + 1, x)


def erfcx(x):
    if x > 1e8:
        return 1 / (x * sqrt(pi)) * (1 - 1 / (2 * x * x))
    with extradps(60):
        return None if x < -30 else exp(x * x) * erfc(x)


def ndtr(x):
    return None if x < -40 else erfc(-x / sqrt(2)) / 2


def log_ndtr(x):
    with extradps(60):
        if x < -1e8:
            return -x * x / 2 - log(-x * sqrt(2 * pi))
        if x < -20:
            return log(erfcx(-x / sqrt(2)) / 2) - x * x / 2
        return log1p(-erfc(x / sqrt(2)) / 2)


def ndtri(p):
    if p == 0.5:
        return mpf(0)
    tail = min(p, 1 - p)
    r = sqrt(-2 * log(tail))
    x = (log(2 * pi) + 2 * log(r)) / (2 * r) - r if r > 1.6 else 2.5 * (tail - mpf("0.5"))
    for _ in range(60):
        cdf = erfc(-x / sqrt(2)) / 2
        step = cdf * log(cdf / tail) / (exp(-x * x / 2) / sqrt(2 * pi))
        x -= step
        if abs(step) < mpf(10) ** -45 * abs(x):
            break
    return x if p < 0.5 else -x


def scaled_bessel(n, x):
    """exp(-|x|) In(x)."""
    if abs(x) < 1000:
        return exp(-abs(x)) * besseli(n, x)
    total = term = mpf(1)
    for k in range(1, 60):
        term *= -(4 * n * n - (2 * k - 1) ** 2) / (8 * k * abs(x))
        total += term
    return total / sqrt(2 * pi * abs(x)) * sign(x) ** n


def ratio(x):
    with extradps(40):
        return scaled_bessel(1, x) / scaled_bessel(0, x)


def slope(x):
    with workdps(700 if x > 1e20 or x < 1e-20 else 120):
        if x > 1e20:
            return 1 / (2 * x * x)
        return mpf("0.5") if x < 1e-20 else 1 - ratio(x) ** 2 - ratio(x) / x


def ratio_inverse(r):
    with workdps(120):
        x = r * (2 - r * r) / (1 - r * r)
        for _ in range(100):
            step = (ratio(x) - r) / slope(x)
            x -= step
            if abs(step) < mpf(10) ** -40 * x:
                return x


def power(a, x):
    return exp(a * log(x) - x - loggamma(a + 1))


def series(a, x):
    """sum x^n / ((a + 1) ... (a + n)) and its derivative by a."""
    total = term = mpf(1)
    harmonic = by_shape = mpf(0)
    n = 0
    while term > total * mpf(10) ** -mp.dps:
        n += 1
        term *= x / (a + n)
        harmonic += 1 / (a + n)
        total += term
        by_shape -= term * harmonic
    return total, by_shape


def digits(a, x):
    return 70 + int(max(0, -log(power(a, x) + mpf(10) ** -5000) / 2.3)) + int(max(0, x - a) / 2.3)


def gammainc_(a, x):
    with workdps(80):
        return power(a, x) * series(a, x)[0]


def gammaincc_(a, x):
    with workdps(digits(a, x) + int(max(0, -log(a))) + int(max(0, -log(x)))):
        return 1 - power(a, x) * series(a, x)[0]


def gammainc_da(a, x):
    with workdps(digits(a, x) + int(max(0, -log(a))) + int(max(0, -log(x)))):
        total, by_shape = series(a, x)
        return power(a, x) * (total * (log(x) - digamma(a + 1)) + by_shape)


def gammaincinv_(a, p):
    """Newton's method for log P or log Q in log x, from an approximate root."""
    with workdps(50):
        lower = p <= 0.5
        x = mpf(float(special.gammaincinv(float(a), float(p))))
        if x < 1e-290:
            return None
        target = log(p if lower else 1 - p)
        for _ in range(20):
            tail = gammainc_(a, x) if lower else gammaincc_(a, x)
            step = (target - log(tail)) / (power(a, x) * a / tail) * (1 if lower else -1)
            x *= exp(step)
            if abs(step) < mpf(10) ** -18:
                return x


def betainc_(a, b, x):
    with workdps(80):
        y = 1 - x
        if x > a / (a + b):
            with workdps(100):
                return 1 - beta_series(b, a, 1 - x)
        return beta_series(a, b, x)


def beta_series(a, b, x):
    """x^a (1 - x)^b / (a B(a, b)) sum (a + b)_n x^n / (a + 1)_n, all of whose terms are positive."""
    total = term = mpf(1)
    n = 0
    while term > total * mpf(10) ** -mp.dps:
        term *= (a + b + n) * x / (a + 1 + n)
        total += term
        n += 1
    return exp(a * log(x) + b * log(1 - x) + loggamma(a + b) - loggamma(a + 1) - loggamma(b)) * total


def count_quantile(p, m):
    """The least n with Q(n + 1, m) >= p, unless p is so close to a step that it may be one off."""
    n = mpf(float(stats.poisson.ppf(float(p), float(m))))
    with workdps(60):
        # Of the tail that is not above 1/2, as far as doubles tell.
        lower = p <= 0.5
        target = p if lower else 1 - p
        for _ in range(5):
            steps = [count_tail(n - 1, m, lower), count_tail(n, m, lower)]
            reached = [step >= target if lower else step <= target for step in steps]
            if not reached[1]:
                n += 1
            elif reached[0] and n > 0:
                n -= 1
            else:
                noise = mpf("1e-14") * (1 - log(target))
                return None if any(abs(step / target - 1) < noise for step in steps if step) else n


def count_tail(n, m, lower):
    """The probability of at most n events, or of more."""
    if n < 0:
        return mpf(0 if lower else 1)
    term = exp(n * log(m) - m - loggamma(n + 1))
    total = mpf(0)
    if lower:
        while term > total * mpf(10) ** -45:
            total += term
            term *= n / m
            n -= 1
            if n < 0:
                break
    else:
        term *= m / (n + 1)
        n += 1
        while term > total * mpf(10) ** -45:
            total += term
            n += 1
            term *= m / n
    return total


def angle_pieces(k, x):
    """Where to cut an integral of exp(k cos(t)) from -pi to x: at distances in which it falls off."""
    width = 1 / (1 + sqrt(k) + k * abs(sin(x)))
    cuts = [x] + [x - j * width for j in (4, 16, 60, 150)]
    return sorted(each for each in cuts if each > -pi) if k > 100 else [-pi] + sorted(c for c in cuts if c > -pi)


def angle_integral(k, x, f):
    # In units in which the integral is not small: quad knows absolute errors only.
    width = 1 / (1 + sqrt(k) + k * abs(sin(x)))
    scaled = quad(lambda t: f(t) * exp(k * (cos(t) - cos(x))) / width, angle_pieces(k, x))
    return scaled * width * exp(k * (cos(x) - 1)) / (2 * pi * scaled_bessel(0, k))


def bessel_i0inc(k, x):
    with workdps(40):
        return angle_integral(k, x, lambda t: 1) if x < 0 else 1 - angle_integral(k, -x, lambda t: 1)


def bessel_i0inc_dk(k, x):
    with workdps(40 + int(max(0, log10(k)))):
        mean = ratio(k)
        value = angle_integral(k, -abs(x), lambda t: cos(t) - mean)
        return value if x < 0 else -value


def write_angle_quantiles(angles):
    """Quantiles from angles near them: Newton's method goes the rest of the way to a rounded probability."""
    exact = {}
    for k, near in angles:
        with workdps(40):
            x = mpf(near)
            value = bessel_i0inc(mpf(k), x)
            p = float(value)
            while 0 < p < 1:
                step = (p - value) * 2 * pi * scaled_bessel(0, mpf(k)) / exp(k * (cos(x) - 1))
                x += step
                # It doubles the number of right digits.
                if abs(step) < mpf(10) ** -11 * abs(x):
                    exact[k, p] = x
                    break
                value = bessel_i0inc(mpf(k), x)
    write("bessel_i0incinv", list(exact), lambda k, p: exact[float(k), float(p)])


def shapes(n, least=-3, most=4):
    """Shapes with arguments a few standard deviations from them, and anywhere."""
    points = []
    for a in logarithmic(least, most, n):
        points.append((a, abs(random.gauss(a, 3 * a**0.5)) + 1e-6))
        points.append((a, a * 10 ** random.uniform(-2, 0.7)))
    return points


def main():
    random.seed(1)
    positive = (
        uniform(0, 20, 1500)
        + every(800, anywhere)
        + logarithmic(-3, 4, 500)
        + every(300, lambda: tight(1, 0.3))
        + every(300, lambda: tight(2, 0.3))
        + every(300, lambda: tight(1.4616321449683622, 0.3))
    )
    negative = uniform(-20, 0, 1500) + [-x for x in logarithmic(-300, 0, 200)]
    write("lgamma", positive + negative, log_gamma)
    write("digamma", positive + negative, lambda x: psi_(0, x))
    write("trigamma", positive + negative, lambda x: psi_(1, x))
    orders = [(float(random.choice([2, 3, 4, 5, 8, 13, 30, 80])), x) for x in logarithmic(-3, 5, 1500) + uniform(0, 30, 1500)]
    write("polygamma", orders, lambda n, x: psi_(int(n), x))
    normal = uniform(-8, 8, 1500) + uniform(-40, 40, 800) + every(800, lambda: signed(anywhere()))
    write("erf", normal, lambda x: erf(x) if abs(x) < 100 else sign(x))
    write("erfc", normal, lambda x: erfc(x) if abs(x) < 100 else 1 - sign(x))
    write("erfcx", normal, erfcx)
    write("ndtr", normal, lambda x: ndtr(x) if x < 100 else mpf(1))
    write("log_ndtr", normal, log_ndtr)
    probabilities = uniform(0, 1, 1500) + logarithmic(-307, 0, 800) + [1 - x for x in logarithmic(-15, 0, 500)]
    probabilities += every(500, lambda: tight(0.5, 0.1))
    write("ndtri", probabilities, ndtri)
    write("logaddexp", [(random.gauss(0, 20), random.gauss(0, 20)) for _ in range(1500)], lambda x, y: log(exp(x) + exp(y)))
    bessel = uniform(-20, 20, 1500) + uniform(-700, 700, 500) + every(800, lambda: signed(anywhere()))
    write("bessel_i0", bessel, lambda x: besseli(0, x) if abs(x) < 720 else None)
    write("bessel_i1", bessel, lambda x: besseli(1, x) if abs(x) < 720 else None)
    write("bessel_i0e", bessel, lambda x: scaled_bessel(0, x))
    write("bessel_i1e", bessel, lambda x: scaled_bessel(1, x))
    write("log_bessel_i0", bessel, lambda x: abs(x) + log(scaled_bessel(0, x)) if abs(x) > 1e-20 else x * x / 4)
    write("bessel_ratio", bessel, ratio)
    write("bessel_ratio_slope", bessel, lambda x: slope(abs(x)))
    ratios = uniform(0, 1, 1200) + logarithmic(-300, 0, 400) + [1 - x for x in logarithmic(-15, 0, 800)]
    write("bessel_ratio_inverse", ratios, ratio_inverse)
    small = [(10 ** random.uniform(-300, -3), x) for x in logarithmic(-300, 1, 300)]
    pairs = shapes(900)
    write("gammainc", pairs + small, gammainc_)
    moderate = [(a, x) for a, x in pairs if x < a + 700] + [(10 ** random.uniform(-30, -3), x) for x in logarithmic(-30, 1, 300)]
    write("gammaincc", moderate, gammaincc_)
    write("gammainc_da", moderate, gammainc_da)
    quantiles = [(a, random.random()) for a in logarithmic(-2, 3, 500)]
    quantiles += [(a, 10 ** random.uniform(-30, 0)) for a in logarithmic(-1, 3, 250)]
    quantiles += [(a, 1 - 10 ** random.uniform(-15, 0)) for a in logarithmic(-1, 3, 250)]
    write("gammaincinv", quantiles, gammaincinv_)
    rates = logarithmic(-8, 5, 960) + logarithmic(5, 8, 40)
    random.shuffle(rates)
    counts = [(random.random(), m) for m in rates[:400]] + [(10 ** random.uniform(-30, 0), m) for m in rates[400:700]]
    counts += [(1 - 10 ** random.uniform(-15, 0), m) for m in rates[700:]]
    counts += [(random.random(), m) for m in logarithmic(-8, 3, 100)]
    write("pdtrik", counts, count_quantile)
    angles = []
    for k in logarithmic(-8, 8, 400):
        angles.append((k, max(-3.14, min(3.14, random.gauss(0, 3 / (1 + k) ** 0.5)))))
        angles.append((k, signed(min(3.14, 30 * random.random() / (1 + k) ** 0.5))))
        angles.append((k, signed(min(3.1415926, 10 ** random.uniform(-6, 0.7) / (1 + k) ** 0.5))))
    write("bessel_i0inc", angles, bessel_i0inc)
    write("bessel_i0inc_dk", angles, bessel_i0inc_dk)
    write_angle_quantiles(angles)
    betas = []
    for _ in range(900):
        a, b = 10 ** random.uniform(-2, 3), 10 ** random.uniform(-2, 3)
        betas.append((a, b, random.betavariate(a, b)))
        betas.append((a, b, random.random()))
    write("betainc", [each for each in betas if 0 < each[2] < 1], betainc_)


main()
