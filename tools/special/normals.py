"""Prints the coefficients of the logarithm in org.blrc.runtime.SingleNormals.

Run with python3 and mpmath (1.3 or later). With P of degree 7, d (-2 + d P(d)) is closest to -2 log(1 + d) for
-1/2 <= d <= 0 in relative error, by Remez's exchange. A coefficient is rounded to single precision, the lowest first,
before the others are fitted again.
"""

from mpmath import *

mp.dps = 40
DEGREE = 7
POINTS = [(cos(pi * (i + mpf(1) / 2) / 3000) - 1) / 4 for i in range(3000)]
EXACT = [-2 * log1p(x) for x in POINTS]
WEIGHTS = [x * x / y for x, y in zip(POINTS, EXACT)]


def single(x):
    """The nearest number of 24 bits."""
    scale = mpf(2) ** (24 - frexp(x)[1])
    return nint(x * scale) / scale


def errors(coefficients):
    return [
        (x * (-2 + x * polyval(coefficients[::-1], x))) / y - 1 for x, y in zip(POINTS, EXACT)
    ]


def fit(fixed):
    """The coefficients beyond those that are fixed."""
    count = DEGREE + 1 - len(fixed)
    rest = errors(fixed or [mpf(0)])
    at = [(2 * i + 1) * len(POINTS) // (2 * (count + 1)) for i in range(count + 1)]
    for _ in range(40):
        system = matrix(count + 1, count + 1)
        right = matrix(count + 1, 1)
        for i, j in enumerate(at):
            for k in range(count):
                system[i, k] = WEIGHTS[j] * POINTS[j] ** (len(fixed) + k)
            system[i, count] = (-1) ** i
            right[i] = -rest[j]
        found = list(lu_solve(system, right))[:count]
        left = errors(fixed + found)
        # The largest error of each run of one sign.
        runs, start = [], 0
        for j in range(1, len(left) + 1):
            if j == len(left) or (left[j] > 0) != (left[start] > 0):
                runs.append(max(range(start, j), key=lambda each: abs(left[each])))
                start = j
        while len(runs) > count + 1:
            runs.pop(0 if abs(left[runs[0]]) < abs(left[runs[-1]]) else -1)
        if runs == at or len(runs) < count + 1:
            break
        at = runs
    return found


coefficients = []
while len(coefficients) <= DEGREE:
    coefficients.append(single(fit(coefficients)[0]))
print("LOG_0 ..", ", ".join(nstr(each, 9) for each in coefficients))
print("relative error", nstr(max(map(abs, errors(coefficients))), 3))
