package org.blrc.family;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.symbolic.Calculus;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Noise;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Function;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Polar;
import org.blrc.symbolic.Rational;
import org.blrc.symbolic.Walk;

/**
 * An exponential family and what follows from its declaration: q(x) = exp(logBaseMeasure(x) +
 * natural . statistics(x) - logPartition). Everything is a function of the declared parameters.
 *
 * @param parameters the declared parameters, fixed ones too: on these statistics and base measure
 *     may depend
 * @param expectation the expectation parameters, mean of each statistic; absent for a statistic
 *     whose natural parameter is constant and whose mean the log-partition therefore does not tell
 * @param sampler x as a function of parameters and base noise
 * @param cdf the cumulative distribution function, of x and the parameters
 * @param group what moves the distribution where no natural parameters do; there are no statistics
 *     then, and log h is the log density
 */
public record FamilyFacts(
    String name,
    List<Sym> parameters,
    Sym variable,
    Support support,
    List<Expr> statistics,
    List<Expr> natural,
    Expr logPartition,
    Expr logBaseMeasure,
    Optional<Expr> sampler,
    Optional<Expr> cdf,
    List<Optional<Expr>> expectation,
    Optional<Group> group) {

  /** Thrown where a declaration does not define a minimal exponential family. */
  public static final class NotMinimal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotMinimal(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Derives the expectation parameters from the log-partition: by the chain rule, dA/dp = (d
   * natural / dp)^T mu.
   *
   * @param fixed the parameters that tell one family from another
   * @throws NotMinimal if the parameters do not determine the natural parameters one to one
   */
  public static FamilyFacts derive(
      String name,
      List<Sym> parameters,
      List<Sym> fixed,
      Sym variable,
      Support support,
      List<Expr> statistics,
      List<Expr> natural,
      Expr logPartition,
      Expr logBaseMeasure,
      Optional<Expr> sampler,
      Optional<Expr> cdf) {
    List<Sym> free = parameters.stream().filter(each -> !fixed.contains(each)).toList();
    List<Integer> varying = varying(natural, free);
    if (varying.size() != free.size()) {
      throw new NotMinimal(
          "it has "
              + free.size()
              + (free.size() == 1 ? " parameter but " : " parameters but ")
              + varying.size()
              + " natural parameters that depend on "
              + (free.size() == 1 ? "it" : "them"));
    }
    List<Expr> coordinates = varying.stream().map(natural::get).toList();
    List<List<Expr>> jacobian = Matrix.jacobian(coordinates, free);
    List<Expr> gradient =
        free.stream().map(by -> Normal.simplify(Calculus.derivative(logPartition, by))).toList();
    List<Expr> means =
        free.isEmpty()
            ? List.of()
            : Matrix.solve(Matrix.transpose(jacobian), gradient)
                .orElseThrow(() -> new NotMinimal("its natural parameters depend on each other"));
    List<Optional<Expr>> expectation = new ArrayList<>();
    for (int j = 0; j < statistics.size(); j++) {
      int at = varying.indexOf(j);
      expectation.add(at < 0 ? Optional.empty() : Optional.of(means.get(at)));
    }
    return new FamilyFacts(
        name,
        parameters,
        variable,
        support,
        statistics,
        natural,
        logPartition,
        logBaseMeasure,
        sampler,
        cdf,
        List.copyOf(expectation),
        Optional.empty());
  }

  /** The distributions that a group makes of that at its identity. */
  public static FamilyFacts of(
      String name, List<Sym> parameters, Sym variable, Support support, Group group) {
    return new FamilyFacts(
        name,
        parameters,
        variable,
        support,
        List.of(),
        List.of(),
        Exprs.ZERO,
        group.logDensity(),
        Optional.of(group.sampler()),
        Optional.empty(),
        List.of(),
        Optional.of(group));
  }

  private static List<Integer> varying(List<Expr> natural, List<Sym> free) {
    List<Integer> result = new ArrayList<>();
    for (int j = 0; j < natural.size(); j++) {
      if (Walk.contains(natural.get(j), free::contains)) {
        result.add(j);
      }
    }
    return result;
  }

  /** The same facts with expressions in place of parameters. */
  public FamilyFacts with(Map<Sym, Expr> arguments) {
    return new FamilyFacts(
        name,
        parameters,
        variable,
        support.with(arguments),
        statistics.stream().map(expr -> Normal.simplify(Walk.substitute(expr, arguments))).toList(),
        natural.stream().map(expr -> put(expr, arguments)).toList(),
        put(logPartition, arguments),
        Walk.substitute(logBaseMeasure, arguments),
        sampler.map(expr -> Normal.shorter(Walk.substitute(expr, arguments))),
        cdf.map(expr -> Walk.substitute(expr, arguments)),
        expectation.stream().map(mean -> mean.map(expr -> put(expr, arguments))).toList(),
        group);
  }

  /** The same facts with another name for the random variable. */
  public FamilyFacts over(Sym other) {
    return new FamilyFacts(
        name,
        parameters,
        other,
        support,
        statistics.stream().map(expr -> Walk.substitute(expr, variable, other)).toList(),
        natural,
        logPartition,
        Walk.substitute(logBaseMeasure, variable, other),
        sampler,
        cdf.map(expr -> Walk.substitute(expr, variable, other)),
        expectation,
        group);
  }

  /** The same facts with another way to draw. */
  public FamilyFacts drawnAs(Expr other) {
    return new FamilyFacts(
        name,
        parameters,
        variable,
        support,
        statistics,
        natural,
        logPartition,
        logBaseMeasure,
        Optional.of(other),
        cdf,
        expectation,
        group);
  }

  /** Logarithms as they stand, the rest over a common denominator. */
  private static Expr logarithmsApart(List<Expr> terms) {
    Expr sum = Exprs.add(terms);
    List<Expr> rational = new ArrayList<>();
    List<Expr> others = new ArrayList<>();
    for (Expr term : Exprs.terms(sum)) {
      boolean plain = !Walk.contains(term, Expr.Call.class::isInstance);
      (plain ? rational : others).add(term);
    }
    return Exprs.add(Normal.shorter(Exprs.add(others)), Normal.shorter(Exprs.add(rational)));
  }

  private static Expr put(Expr expr, Map<Sym, Expr> arguments) {
    return Normal.tidy(Walk.substitute(expr, arguments));
  }

  /** The base noises of the sampler, in order of declaration. */
  public List<Noise> noises() {
    return sampler
        .map(
            expr ->
                Walk.find(expr, Noise.class::isInstance).stream()
                    .map(Noise.class::cast)
                    .sorted((left, right) -> Integer.compare(left.rank(), right.rank()))
                    .toList())
        .orElse(List.of());
  }

  /**
   * The probabilities of the values of a finite support, in their order. Where the statistics and
   * the constant 1 are as many as the values, they follow from the expectation parameters alone,
   * which they are affine in.
   */
  public List<Expr> probabilities(Support.Finite values) {
    int count = values.values().size();
    List<List<Expr>> rows = new ArrayList<>();
    List<Expr> means = new ArrayList<>(List.of(Exprs.ONE));
    rows.add(Collections.nCopies(count, Exprs.ONE));
    for (int j = 0; j < statistics.size(); j++) {
      if (expectation.get(j).isPresent()) {
        Expr statistic = statistics.get(j);
        rows.add(values.values().stream().map(value -> at(statistic, value)).toList());
        means.add(expectation.get(j).get());
      }
    }
    if (rows.size() == count) {
      Optional<List<Expr>> solved = Matrix.solve(rows, means);
      if (solved.isPresent()) {
        return solved.get();
      }
    }
    Expr density = Exprs.call(Function.EXP, logDensity());
    return values.values().stream().map(value -> at(density, value)).toList();
  }

  private Expr at(Expr expr, Rational value) {
    return Normal.simplify(Walk.substitute(expr, variable, new Expr.Num(value)));
  }

  /** The log density as a function of the random variable. */
  public Expr logDensity() {
    List<Expr> terms = new ArrayList<>();
    for (int j = 0; j < statistics.size(); j++) {
      terms.add(Exprs.mul(natural.get(j), statistics.get(j)));
    }
    terms.add(logBaseMeasure);
    terms.add(Exprs.negate(logPartition));
    return Exprs.add(terms);
  }

  /**
   * The Fisher information in the given coordinates: (d natural / dw)^T (d mu / dw), over known
   * expectations.
   */
  public List<List<Expr>> fisher(List<Sym> coordinates) {
    List<Expr> eta = new ArrayList<>();
    List<Expr> mu = new ArrayList<>();
    for (int j = 0; j < natural.size(); j++) {
      if (expectation.get(j).isPresent()) {
        eta.add(natural.get(j));
        mu.add(expectation.get(j).get());
      }
    }
    return Matrix.product(
        Matrix.transpose(Matrix.jacobian(eta, coordinates)), Matrix.jacobian(mu, coordinates));
  }

  /**
   * The entropy A - natural . mu - E[log h]. The mean of a base measure that no statistic tells
   * stays an expectation. Absent where the mean of a statistic is not known.
   */
  public Optional<Expr> entropy() {
    List<Expr> terms = new ArrayList<>(List.of(logPartition));
    for (int j = 0; j < natural.size(); j++) {
      if (expectation.get(j).isEmpty()) {
        return Optional.empty();
      }
      terms.add(Exprs.negate(Exprs.mul(natural.get(j), expectation.get(j).get())));
    }
    Expr entropy = logarithmsApart(terms);
    Expr base = Normal.simplify(new Expr.Expect(variable, logBaseMeasure));
    return Optional.of(
        base.equals(Exprs.ZERO) ? entropy : Exprs.subtract(entropy, withKnownMeans(base)));
  }

  /**
   * The derivative of x by a parameter at a fixed probability, as a function of x: -(dF/dw) / q
   * (Figurnov, Mohamed & Mnih, Implicit Reparameterization Gradients, 2018, eq. 5). Absent where
   * the distribution function is not declared.
   */
  public Optional<Expr> quantileDerivative(Sym parameter) {
    Expr inverseDensity = Exprs.call(Function.EXP, Exprs.negate(logDensity()));
    return cdf.map(
        f ->
            Normal.tidy(
                Exprs.negate(Exprs.mul(Calculus.derivative(f, parameter), inverseDensity))));
  }

  /** Replaces expectations of statistics by their means. */
  public Expr withKnownMeans(Expr expr) {
    if (expr instanceof Expr.Expect(Sym bound, Expr body)) {
      return over(bound).mean(body).orElse(expr);
    }
    return Walk.mapChildren(expr, this::withKnownMeans);
  }

  /**
   * The Levi-Civita connection of a coordinate's own one-dimensional block: F' / (2 F), with F the
   * Fisher information in it. Absent where the family does not depend on the coordinate.
   */
  public Optional<Expr> connection(Sym coordinate) {
    Expr fisher = fisher(List.of(coordinate)).getFirst().getFirst();
    return Normal.isZero(fisher)
        ? Optional.empty()
        : Optional.of(
            Normal.simplify(
                Exprs.divide(
                    Calculus.derivative(fisher, coordinate), Exprs.mul(Exprs.TWO, fisher))));
  }

  /**
   * The Levi-Civita connection of coordinates that move together, with the others held fixed,
   * applied to two tangents: a component for each. Absent where the Fisher information in them is
   * singular.
   */
  public Optional<List<Expr>> connection(List<Sym> coordinates, List<Sym> u, List<Sym> v) {
    return new Connection(coordinates, fisher(coordinates)).at(u, v);
  }

  /**
   * The Kullback-Leibler divergence KL(this || other) = A(other) - A + mu . (natural - other's
   * natural). Absent where a mean is not known or the families differ.
   */
  public Optional<Expr> divergenceFrom(FamilyFacts other) {
    if (!sameFamilyAs(other)) {
      return Optional.empty();
    }
    FamilyFacts renamed = other.over(variable);
    List<Expr> terms = new ArrayList<>(List.of(other.logPartition, Exprs.negate(logPartition)));
    for (int j = 0; j < statistics.size(); j++) {
      if (expectation.get(j).isEmpty()) {
        return Optional.empty();
      }
      for (int k = 0; k < statistics.size(); k++) {
        if (Normal.equal(statistics.get(j), renamed.statistics.get(k))) {
          Expr difference = Exprs.subtract(natural.get(j), other.natural.get(k));
          terms.add(Exprs.mul(expectation.get(j).get(), difference));
        }
      }
    }
    return Optional.of(logarithmsApart(terms));
  }

  /**
   * Whether both are the same set of densities up to parameters: equal statistics and base measure.
   */
  public boolean sameFamilyAs(FamilyFacts other) {
    FamilyFacts renamed = other.over(variable);
    return statistics.size() == other.statistics.size()
        && statistics.stream()
            .allMatch(
                mine -> renamed.statistics.stream().anyMatch(theirs -> Normal.equal(mine, theirs)))
        && Normal.equal(logBaseMeasure, renamed.logBaseMeasure);
  }

  /**
   * The mean of an expression in the random variable, where it is a statistic. That of an angle
   * itself is its mean direction, atan2(E[sin(x)], E[cos(x)]), known up to whole turns (Mardia &
   * Jupp, Directional Statistics, 2000, section 3.4).
   */
  public Optional<Expr> mean(Expr expr) {
    if (support instanceof Support.Circle && expr.equals(variable)) {
      return mean(Exprs.call(Function.COS, variable))
          .flatMap(x -> mean(Exprs.call(Function.SIN, variable)).map(y -> Polar.direction(x, y)));
    }
    for (int j = 0; j < statistics.size(); j++) {
      if (expectation.get(j).isPresent() && Normal.equal(expr, statistics.get(j))) {
        return expectation.get(j);
      }
    }
    return expr.equals(variable)
        ? group.flatMap(moved -> moved.mean(sampler.orElseThrow()))
        : Optional.empty();
  }
}
