"""Prints the coefficients of the approximations in org.blrc.runtime's special functions.

Run with python3 and mpmath (1.3 or later). Rational functions interpolate at Chebyshev nodes, in a variable that is
not negative, so that almost all coefficients are positive and Horner's scheme does not cancel; Chebyshev series serve
where an asymptotic expansion makes rational coefficients alternate. Each line before an array names the function, the
degrees and the largest relative error of the rounded coefficients.
"""

from fractions import Fraction

from mpmath import *

mp.dps = 60
GOAL = mpf("1.5e-17")


def horner(coefficients, x):
    value = mpf(0)
    for each in reversed(coefficients):
        value = value * x + each
    return value


def rounded(coefficients):
    return [mpf(float(each)) for each in coefficients]


def show(name, coefficients):
    print(name + " {" + ", ".join(repr(float(each)) for each in coefficients) + "}", flush=True)


def interpolate(f, a, b, m, n):
    k = m + n + 1
    nodes = [(a + b) / 2 + (b - a) / 2 * cos(pi * (2 * i + 1) / (2 * k)) for i in range(k)]
    matrix_, right = matrix(k, k), matrix(k, 1)
    for i, x in enumerate(nodes):
        right[i] = f(x)
        for j in range(m + 1):
            matrix_[i, j] = x**j
        for j in range(1, n + 1):
            matrix_[i, m + j] = -right[i] * x**j
    c = lu_solve(matrix_, right)
    return [c[j] for j in range(m + 1)], [mpf(1)] + [c[m + j] for j in range(1, n + 1)]


def rational(name, f, a, b, shapes=None):
    a, b = mpf(a), mpf(b)
    points = [(a + b) / 2 + (b - a) / 2 * cos(pi * i / 150) for i in range(151)]
    values = [f(x) for x in points]

    def error(p, q):
        return max(abs(horner(p, x) / horner(q, x) / y - 1) for x, y in zip(points, values))

    for m, n in shapes or [((j + 1) // 2, j // 2) for j in range(6, 28)]:
        p, q = interpolate(f, a, b, m, n)
        if error(p, q) < GOAL:
            break
    print("//", name, (m, n), nstr(error(rounded(p), rounded(q)), 3))
    show("over", p)
    if n:
        show("under", q)


def chebyshev(name, f, a, b):
    """The coefficients of T_k((2 x - a - b) / (b - a))."""
    a, b, size = mpf(a), mpf(b), 64
    nodes = [cos(pi * (2 * i + 1) / (2 * size)) for i in range(size)]
    values = [f((a + b) / 2 + (b - a) / 2 * x) for x in nodes]
    c = [
        2 * sum(values[i] * cos(pi * k * (2 * i + 1) / (2 * size)) for i in range(size)) / size
        for k in range(size)
    ]
    c[0] /= 2
    smallest = min(abs(y) for y in values)
    count = 1 + max(k for k in range(size) if abs(c[k]) > GOAL * smallest / 4)
    print("//", name, count, nstr(sum(abs(each) for each in c[count:]) / smallest, 3))
    show("series", c[:count])


def gamma_functions():
    def over_zeros(x):
        if x == 1:
            return +euler
        return 1 - euler if x == 2 else loggamma(x) / ((x - 1) * (x - 2))

    rational("lgamma(x) / ((x - 1) (x - 2)) by x - 1/2", lambda t: over_zeros(mpf("0.5") + t), 0, 1)
    rational("the same by x - 3/2", lambda t: over_zeros(mpf("1.5") + t), 0, mpf("1.5"))
    root = findroot(digamma, mpf("1.4616321449683623412626595423"))
    high = floor(root * 2**24) / 2**24
    low = mpf(float(root - high))
    print("// root of digamma", repr(float(high)), repr(float(low)), repr(float(root - high - low)))

    def over_root(x):
        near = abs(x - root) < mpf(10) ** -25
        return psi(1, root) if near else digamma(x) / (x - root)

    rational("digamma(x) / (x - root) by x - 1", lambda t: over_root(1 + t), 0, 1)
    show("Stirling", [bernoulli(2 * k) / (2 * k * (2 * k - 1)) for k in range(1, 9)])
    show("digamma", [bernoulli(2 * k) / (2 * k) for k in range(1, 9)])
    show("Bernoulli", [bernoulli(2 * k) for k in range(1, 11)])
    show("Bernoulli / (2k)!", [bernoulli(2 * k) / factorial(2 * k) for k in range(1, 12)])


def error_functions():
    rational("erf(x) / x by x^2", lambda z: erf(sqrt(z)) / sqrt(z) if z else 2 / sqrt(pi), 0, mpf("0.5625"))

    def scaled(x):
        return exp(x * x) * erfc(x)

    def far(z):
        if z > mpf("1e-6"):
            return scaled(1 / sqrt(z)) / sqrt(z)
        return sum(fac2(2 * k - 1) * (-z / 2) ** k for k in range(9)) / sqrt(pi)

    rational("erfcx(x) by x - 1/2", lambda t: scaled(mpf("0.5") + t), 0, mpf("1.5"))
    rational("x erfcx(x) by x - 2", lambda t: (2 + t) * scaled(2 + t), 0, 4)
    rational("x erfcx(x) by 1 / x^2", far, mpf("1e-30"), mpf("0.028"))

    def quantile(p):
        r = sqrt(-2 * log(p))
        x = (log(2 * pi) + 2 * log(r)) / (2 * r) - r if r > 1.6 else 2.5 * (p - mpf("0.5"))
        for _ in range(60):
            cdf = erfc(-x / sqrt(2)) / 2
            step = cdf * log(cdf / p) / (exp(-x * x / 2) / sqrt(2 * pi))
            x -= step
            if abs(step) < mpf(10) ** -45 * (1 + abs(x)):
                break
        return x

    def center(z):
        q = sqrt(abs(z))
        return sqrt(2 * pi) if q < mpf(10) ** -15 else -quantile(mpf("0.5") - q) / q

    def tail(r):
        return -quantile(exp(-r * r)) / r

    rational("ndtri(p) / q by 0.425^2 - q^2, q = p - 1/2", lambda w: center(mpf("0.180625") - w), 0, mpf("0.180625"))
    rational("-ndtri(exp(-r^2)) / r by r - 1.6", lambda t: tail(t + mpf("1.6")), 0, mpf("1.9"))
    rational("the same by r - 3.5", lambda t: tail(t + mpf("3.5")), 0, mpf("5.5"))
    rational("the same by 1 / r", lambda t: tail(1 / t), 1 / mpf(28), 1 / mpf(9))


def bessel_functions():
    for n in (0, 1):
        rational(
            "(In(x) / (x/2)^n - 1) / y by y = (x/2)^2, n = %d" % n,
            lambda y: (besseli(n, 2 * sqrt(y)) / sqrt(y) ** n - 1) / y if y > mpf(10) ** -20 else mpf(1) / (1 + n),
            0,
            16,
            [(k, 0) for k in range(12, 26)],
        )

    def scaled(n, z):
        """sqrt(x) exp(-x) In(x) at x = 1/z."""
        if z > mpf(1) / 300:
            return sqrt(1 / z) * exp(-1 / z) * besseli(n, 1 / z)
        total = term = mpf(1)
        for k in range(1, 400):
            term *= -(4 * n * n - (2 * k - 1) ** 2) * z / (8 * k)
            total += term
            if abs(term) < mpf(10) ** -58:
                break
        return total / sqrt(2 * pi)

    for n in (0, 1):
        chebyshev("sqrt(x) exp(-x) In(x) by 1/x, n = %d" % n, lambda z: scaled(n, z), 0, mpf("0.125"))

    def ratio(x):
        return scaled(1, 1 / x) / scaled(0, 1 / x)

    def slope(x):
        return 1 - ratio(x) ** 2 - ratio(x) / x

    chebyshev("x (1 - A(x)) by 1/x, A = I1 / I0", lambda z: (1 - ratio(1 / z)) / z, 0, mpf("0.125"))
    chebyshev("x^2 A'(x) by 1/x", lambda z: slope(1 / z) / z**2, 0, mpf("0.125"))
    rational("1 - A(x) by x - 1", lambda t: 1 - ratio(1 + t), 0, 7)
    rational("A'(x) by x^2", lambda y: slope(sqrt(y)) if y > mpf(10) ** -20 else mpf("0.5"), 0, 64)


def temme():
    """c_k(eta) in Temme's expansion of the incomplete gamma function (DLMF 8.12.9-11), for a >= 60."""
    size = 40
    m = [Fraction(0), Fraction(1)]  # mu by eta, where eta^2/2 = mu - log(1 + mu)
    for n in range(2, size + 1):
        m.append((m[n - 1] - sum(m[i] * (n + 1 - i) * m[n + 1 - i] for i in range(2, n))) / (n + 1))
    inverse = [Fraction(1)]  # eta / mu
    for n in range(1, size):
        inverse.append(-sum(m[k + 1] * inverse[n - k] for k in range(1, n + 1)))
    logs = [Fraction(0)] * 14  # of the scaled gamma function, by 1/a
    for k in range(1, 7):
        p, q = bernfrac(2 * k)
        logs[2 * k - 1] = Fraction(int(p), int(q)) / (2 * k * (2 * k - 1))
    g = [Fraction(1)]
    for n in range(1, 13):
        g.append(sum(k * logs[k] * g[n - k] for k in range(1, n + 1)) / n)
    c = {i - 1: v for i, v in enumerate(inverse)}
    c[-1] -= 1
    for k in range(12):
        if k:
            c = {p - 2: p * v for p, v in c.items()}
            for i, v in enumerate(inverse):
                c[i - 1] = c.get(i - 1, 0) + (-1) ** k * g[k] * v
        assert all(v == 0 for p, v in c.items() if p < 0)
        row = [float(c.get(p, 0)) for p in range(size - 3 - 2 * k)]
        while row and abs(row[-1]) * 0.34 ** (len(row) - 1) * 60.0**-k < 1e-17:
            row.pop()
        if not row:
            break
        show("Temme %d" % k, row)


def gauss_legendre(size):
    """The positive nodes of the Gauss-Legendre rule with so many nodes, and their weights."""

    def both(x):
        before, value = mpf(1), x
        for k in range(2, size + 1):
            before, value = value, ((2 * k - 1) * x * value - (k - 1) * before) / k
        return value, size * (x * value - before) / (x * x - 1)

    nodes, weights = [], []
    for i in range(size // 2):
        x = cos(pi * (i + mpf(3) / 4) / (size + mpf(1) / 2))
        for _ in range(8):
            value, slope = both(x)
            x -= value / slope
        nodes.append(x)
        weights.append(2 / ((1 - x * x) * both(x)[1] ** 2))
    show("Gauss-Legendre nodes", nodes)
    show("Gauss-Legendre weights", weights)


gamma_functions()
error_functions()
bessel_functions()
temme()
gauss_legendre(48)
