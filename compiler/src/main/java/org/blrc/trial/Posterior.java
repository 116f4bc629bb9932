package org.blrc.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.blrc.derive.Derivation;
import org.blrc.derive.Setting;
import org.blrc.family.FamilyFacts;
import org.blrc.family.Support;
import org.blrc.program.ExprEvaluator;
import org.blrc.program.Program;
import org.blrc.program.Program.Phase;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Walk;

/**
 * What a spec declares of one coordinate, as functions of states and hyper-parameters, ready to be
 * evaluated: the posterior, and the exact one that it stands for.
 *
 * @param states those that the posterior depends on
 * @param probabilities of the values of a finite support, in their order; else none
 * @param prior over the same variable
 * @param loss as a function of the random variable and of {@link #ELL}
 * @param components those of the density: one, or several where it is a mixture
 * @param enumerated whether expectations are sums over the values of the support, so that the loss
 *     is asked with one coordinate at each of them
 */
public record Posterior(
    Support support,
    List<Sym> states,
    List<Component> components,
    List<Expr> probabilities,
    Optional<LogDensity> prior,
    Expr loss,
    boolean enumerated) {

  /** The value of the function that the loss is made of. */
  private static final Sym ELL = new Sym(Sym.Kind.LOCAL, "ell", 0, Domain.REAL);

  /** A component of the density, with its weight up to a factor that all have. */
  record Component(Expr weight, LogDensity density) {}

  public Posterior {
    states = List.copyOf(states);
    components = List.copyOf(components);
    probabilities = List.copyOf(probabilities);
  }

  public static Posterior of(Derivation derivation) {
    Setting setting = derivation.setting();
    FamilyFacts family = setting.posterior();
    List<Derivation.Component> mixture = derivation.components();
    return new Posterior(
        family.support(),
        mixture.isEmpty() ? setting.states() : states(derivation),
        mixture.isEmpty()
            ? List.of(new Component(Exprs.ONE, LogDensity.of(family)))
            : mixture.stream()
                .map(each -> new Component(each.weight(), LogDensity.of(each.posterior())))
                .toList(),
        family.support() instanceof Support.Finite finite
            ? family.probabilities(finite)
            : List.of(),
        setting.prior().map(prior -> LogDensity.of(prior.over(setting.variable()))),
        withValues(mixture.isEmpty() ? setting.loss() : mixture.getFirst().loss()),
        enumerates(derivation.program()));
  }

  /** The states of all components and of the weights. */
  private static List<Sym> states(Derivation mixture) {
    return mixture.parts().stream().flatMap(each -> each.setting().states().stream()).toList();
  }

  private static boolean enumerates(Program program) {
    return program.phases().stream().map(Phase::point).anyMatch(Expr.Num.class::isInstance);
  }

  /** All examples are alike. */
  private static Expr withValues(Expr loss) {
    return switch (loss) {
      case Expr.Oracle _ -> ELL;
      case Expr.Reduce(boolean mean, Sym _, Axis.Data(_, _, Expr size), Expr body) ->
          mean ? withValues(body) : Exprs.mul(size, withValues(body));
      default -> Walk.mapChildren(loss, Posterior::withValues);
    };
  }

  /** The probabilities of the values of a finite support. */
  double[] probabilities(ToDoubleFunction<Sym> values) {
    return probabilities.stream()
        .mapToDouble(each -> ExprEvaluator.evaluate(each, values::applyAsDouble))
        .toArray();
  }

  /** The log density of the posterior. */
  DoubleUnaryOperator logDensity(ToDoubleFunction<Sym> values) {
    double[] weights =
        components.stream()
            .mapToDouble(each -> ExprEvaluator.evaluate(each.weight(), values::applyAsDouble))
            .toArray();
    double sum = Arrays.stream(weights).sum();
    List<DoubleUnaryOperator> densities =
        components.stream().map(each -> each.density().at(values)).toList();
    return x -> {
      double[] logs = new double[weights.length];
      for (int k = 0; k < logs.length; k++) {
        logs[k] = Math.log(weights[k] / sum) + densities.get(k).applyAsDouble(x);
      }
      double largest = Arrays.stream(logs).max().orElseThrow();
      return largest + Math.log(Arrays.stream(logs).map(each -> Math.exp(each - largest)).sum());
    };
  }

  /**
   * The logarithm of prior times likelihood.
   *
   * @param ell the function that the loss is made of
   */
  DoubleUnaryOperator logExact(ToDoubleFunction<Sym> values, DoubleUnaryOperator ell) {
    DoubleUnaryOperator logPrior = prior.map(each -> each.kernel(values)).orElse(_ -> 0);
    return x -> logPrior.applyAsDouble(x) - loss(values, x, ell.applyAsDouble(x));
  }

  private double loss(ToDoubleFunction<Sym> values, double x, double ell) {
    return ExprEvaluator.evaluate(
        loss,
        symbol -> {
          if (symbol.equals(components.getFirst().density().variable())) {
            return x;
          }
          return symbol.equals(ELL) ? ell : values.applyAsDouble(symbol);
        });
  }
}
