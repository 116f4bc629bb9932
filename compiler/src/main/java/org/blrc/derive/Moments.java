package org.blrc.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.family.FamilyFacts;
import org.blrc.symbolic.Bounds;
import org.blrc.symbolic.Calculus;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Function;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Rational;
import org.blrc.symbolic.Walk;

/**
 * Expectations in closed form. In an exponential family E[exp(s . T)] = exp(A(lambda + s) -
 * A(lambda)) wherever lambda + s is a natural parameter, and derivatives by s bring down powers of
 * the statistics. Powers and exponentials of the variable and of its logarithm are of this form
 * where the family has statistics to match.
 */
final class Moments {

  private final FamilyFacts own;
  private final FamilyFacts posterior;

  /** What the powers and exponents in an expectation add up to. */
  private record Monomial(Expr coefficient, List<Integer> powers, List<Expr> exponents) {}

  /**
   * @param own the family in its own parameters
   * @param posterior the same in the coordinates of the step
   */
  Moments(FamilyFacts own, FamilyFacts posterior) {
    this.own = own;
    this.posterior = posterior;
  }

  /** E[body], where it is known. */
  Optional<Expr> of(Expr body) {
    return monomial(body).flatMap(each -> statistic(each).or(() -> of(each)));
  }

  /** The mean of a multiple of a statistic, which is a fact of the family. */
  private Optional<Expr> statistic(Monomial monomial) {
    boolean plain = monomial.exponents.stream().allMatch(Exprs.ZERO::equals);
    int at = monomial.powers.indexOf(1);
    boolean single = monomial.powers.stream().mapToInt(Integer::intValue).sum() == 1;
    return plain && single
        ? posterior
            .expectation()
            .get(at)
            .map(mean -> Normal.simplify(Exprs.mul(monomial.coefficient, mean)))
        : Optional.empty();
  }

  private Optional<Expr> of(Monomial monomial) {
    List<Sym> shifts = new ArrayList<>();
    List<Expr> natural = new ArrayList<>();
    List<Expr> without = new ArrayList<>();
    for (int j = 0; j < posterior.natural().size(); j++) {
      Sym shift = new Sym(Sym.Kind.META, "shift", j, Domain.REAL);
      shifts.add(shift);
      Expr moved = Exprs.add(posterior.natural().get(j), monomial.exponents.get(j));
      without.add(moved);
      natural.add(monomial.powers.get(j) > 0 ? Exprs.add(moved, shift) : moved);
    }
    if (!inDomain(without)) {
      return Optional.empty();
    }
    return logPartition(natural)
        .map(
            moved -> {
              Expr mean = Exprs.call(Function.EXP, Exprs.subtract(moved, posterior.logPartition()));
              for (int j = 0; j < shifts.size(); j++) {
                for (int power = 0; power < monomial.powers.get(j); power++) {
                  mean = Calculus.derivative(mean, shifts.get(j));
                }
                mean = Walk.substitute(mean, shifts.get(j), Exprs.ZERO);
              }
              return Normal.simplify(Exprs.mul(monomial.coefficient, mean));
            });
  }

  /** Whether natural parameters certainly belong to a distribution of the family. */
  private boolean inDomain(List<Expr> natural) {
    return natural.equals(posterior.natural())
        || parameters(natural)
            .filter(
                values ->
                    values.entrySet().stream()
                        .allMatch(each -> contains(each.getKey().domain(), each.getValue())))
            .isPresent();
  }

  private static boolean contains(Domain domain, Expr value) {
    Domain bounds = Bounds.of(value);
    boolean above =
        bounds.lower() > domain.lower()
            || (bounds.lower() == domain.lower()
                && (domain.lowerClosed() || !bounds.lowerClosed()));
    boolean below =
        bounds.upper() < domain.upper()
            || (bounds.upper() == domain.upper()
                && (domain.upperClosed() || !bounds.upperClosed()));
    return above && below;
  }

  private Optional<Expr> logPartition(List<Expr> natural) {
    return parameters(natural)
        .map(values -> Normal.simplify(Walk.substitute(own.logPartition(), values)));
  }

  private Optional<Map<Sym, Expr>> parameters(List<Expr> natural) {
    return ParameterSolver.solve(own.natural(), natural, own.parameters());
  }

  private Optional<Monomial> monomial(Expr body) {
    Expr coefficient = Exprs.ONE;
    int count = posterior.statistics().size();
    int[] powers = new int[count];
    Expr[] exponents = new Expr[count];
    Arrays.fill(exponents, Exprs.ZERO);
    for (Expr factor : Exprs.factors(Normal.simplify(body))) {
      if (!Walk.contains(factor, posterior.variable())) {
        coefficient = Exprs.mul(coefficient, factor);
      } else if (!power(factor, powers, exponents)) {
        Optional<Expr> constant = exponential(factor, exponents);
        if (constant.isEmpty()) {
          return Optional.empty();
        }
        coefficient = Exprs.mul(coefficient, constant.get());
      }
    }
    return Optional.of(
        new Monomial(coefficient, Arrays.stream(powers).boxed().toList(), List.of(exponents)));
  }

  /** A power of a statistic, or of a variable whose logarithm is one. */
  private boolean power(Expr factor, int[] powers, Expr[] exponents) {
    Expr base = factor instanceof Expr.Pow(Expr inner, Expr _) ? inner : factor;
    Expr exponent = factor instanceof Expr.Pow(Expr _, Expr given) ? given : Exprs.ONE;
    if (Walk.contains(exponent, posterior.variable())) {
      return false;
    }
    for (int j = 0; j < powers.length; j++) {
      Expr statistic = posterior.statistics().get(j);
      Expr inner = statistic instanceof Expr.Pow(Expr of, Expr _) ? of : statistic;
      Expr each = statistic instanceof Expr.Pow(Expr _, Expr by) ? by : Exprs.ONE;
      Expr times = Normal.simplify(Exprs.divide(exponent, each));
      if (Normal.equal(base, inner)
          && times instanceof Expr.Num(Rational value)
          && value.isInteger()
          && value.signum() > 0) {
        powers[j] += value.numerator().intValueExact();
        return true;
      }
    }
    Expr logarithm = Exprs.call(Function.LOG, base);
    for (int j = 0; j < powers.length; j++) {
      if (Normal.equal(logarithm, posterior.statistics().get(j))) {
        exponents[j] = Exprs.add(exponents[j], exponent);
        return true;
      }
    }
    return false;
  }

  /** An exponential of a linear function of the statistics; returns its constant factor. */
  private Optional<Expr> exponential(Expr factor, Expr[] exponents) {
    if (!(factor instanceof Expr.Call(Function function, List<Expr> arguments))
        || function != Function.EXP) {
      return Optional.empty();
    }
    Expr constant = Exprs.ZERO;
    for (Expr term : Exprs.terms(Normal.simplify(arguments.getFirst()))) {
      if (!Walk.contains(term, posterior.variable())) {
        constant = Exprs.add(constant, term);
        continue;
      }
      boolean found = false;
      for (int j = 0; j < exponents.length && !found; j++) {
        Expr ratio = Normal.simplify(Exprs.divide(term, posterior.statistics().get(j)));
        if (!Walk.contains(ratio, posterior.variable())) {
          exponents[j] = Exprs.add(exponents[j], ratio);
          found = true;
        }
      }
      if (!found) {
        return Optional.empty();
      }
    }
    return Optional.of(Exprs.call(Function.EXP, constant));
  }
}
