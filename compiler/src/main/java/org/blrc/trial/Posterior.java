package org.blrc.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
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
import org.blrc.syntax.Declaration;

/**
 * What a spec declares of one coordinate, as functions of states and hyper-parameters, ready to be
 * evaluated: the posterior, and the exact one that it stands for.
 *
 * @param states those that the posterior depends on
 * @param prior over the same variable
 * @param loss as a function of the random variable and of {@link #ELL}
 * @param components those of the density: one, or several where it is a mixture
 * @param together whether all coordinates are in one component of a mixture
 * @param enumerated whether expectations are sums over the values of the support, so that the loss
 *     is asked with one coordinate at each of them
 */
public record Posterior(
    Support support,
    List<Sym> states,
    List<Component> components,
    boolean together,
    Optional<LogDensity> prior,
    Expr loss,
    boolean enumerated) {

  /** The value of the function that the loss is made of. */
  private static final Sym ELL = new Sym(Sym.Kind.LOCAL, "ell", 0, Domain.REAL);

  /**
   * A component of the density.
   *
   * @param weight up to a factor that all components have
   * @param chances the probabilities of the values of a finite support, in their order; else none
   * @param source of draws from it alone, where there are several components
   */
  record Component(Expr weight, LogDensity density, List<Expr> chances, Optional<Source> source) {

    private static Component of(Expr weight, FamilyFacts family, Optional<Source> source) {
      return new Component(
          weight,
          LogDensity.of(family),
          family.support() instanceof Support.Finite finite
              ? family.probabilities(finite)
              : List.of(),
          source);
    }

    /** The probabilities of the values of a finite support. */
    double[] probabilities(ToDoubleFunction<Sym> values) {
      return chances.stream()
          .mapToDouble(each -> ExprEvaluator.evaluate(each, values::applyAsDouble))
          .toArray();
    }
  }

  public Posterior {
    states = List.copyOf(states);
    components = List.copyOf(components);
  }

  public static Posterior of(Declaration.Optimizer spec, Derivation derivation) {
    Setting setting = derivation.setting();
    FamilyFacts family = setting.posterior();
    List<Derivation.Component> mixture = derivation.components();
    return new Posterior(
        family.support(),
        mixture.isEmpty() ? setting.states() : states(derivation),
        mixture.isEmpty()
            ? List.of(Component.of(Exprs.ONE, family, Optional.empty()))
            : components(derivation),
        spec.mixture().stream().anyMatch(Declaration.Component::together),
        setting.prior().map(prior -> LogDensity.of(prior.over(setting.variable()))),
        withValues(mixture.isEmpty() ? setting.loss() : mixture.getFirst().loss()),
        enumerates(derivation.program()));
  }

  /**
   * Draws stand for the whole mixture where there are some of each component, or of relaxed ones.
   */
  private static List<Component> components(Derivation mixture) {
    boolean relaxed = mixture.parts().stream().anyMatch(each -> each.setting().relaxed());
    List<Optional<Source>> sources =
        mixture.components().stream().map(each -> Source.of(each, relaxed)).toList();
    boolean known = relaxed || sources.stream().allMatch(Optional::isPresent);
    return IntStream.range(0, sources.size())
        .mapToObj(
            k ->
                Component.of(
                    mixture.components().get(k).weight(),
                    mixture.components().get(k).posterior(),
                    sources.get(k).filter(_ -> known)))
        .toList();
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

  /** The components that draws from a mixture come from; none where draws are not known. */
  List<Component> drawn() {
    return components.stream().filter(each -> each.source().isPresent()).toList();
  }

  /** The probabilities of the values of a finite support. */
  double[] probabilities(ToDoubleFunction<Sym> values) {
    double[] weights = weights(components, values);
    double[] sum = new double[components.getFirst().chances().size()];
    for (int k = 0; k < weights.length; k++) {
      double[] chances = components.get(k).probabilities(values);
      for (int j = 0; j < sum.length; j++) {
        sum[j] += weights[k] * chances[j];
      }
    }
    return sum;
  }

  /** The weights of components, which add up to 1. */
  static double[] weights(List<Component> components, ToDoubleFunction<Sym> values) {
    double[] weights =
        components.stream()
            .mapToDouble(each -> ExprEvaluator.evaluate(each.weight(), values::applyAsDouble))
            .toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(each -> each / sum).toArray();
  }

  /** The log density of the posterior. */
  DoubleUnaryOperator logDensity(ToDoubleFunction<Sym> values) {
    double[] weights = weights(components, values);
    List<DoubleUnaryOperator> densities =
        components.stream().map(each -> each.density().at(values)).toList();
    return x -> {
      double[] logs = new double[weights.length];
      for (int k = 0; k < logs.length; k++) {
        logs[k] = Math.log(weights[k]) + densities.get(k).applyAsDouble(x);
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
