package org.blrc.trial;

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
 * @param density of the posterior
 * @param probabilities of the values of a finite support, in their order; else none
 * @param prior over the same variable
 * @param loss as a function of the random variable and of {@link #ELL}
 * @param enumerated whether expectations are sums over the values of the support, so that the loss
 *     is asked with one coordinate at each of them
 */
public record Posterior(
    Support support,
    List<Sym> states,
    LogDensity density,
    List<Expr> probabilities,
    Optional<LogDensity> prior,
    Expr loss,
    boolean enumerated) {

  /** The value of the function that the loss is made of. */
  private static final Sym ELL = new Sym(Sym.Kind.LOCAL, "ell", 0, Domain.REAL);

  public Posterior {
    states = List.copyOf(states);
    probabilities = List.copyOf(probabilities);
  }

  public static Posterior of(Derivation derivation) {
    Setting setting = derivation.setting();
    FamilyFacts family = setting.posterior();
    return new Posterior(
        family.support(),
        setting.states(),
        LogDensity.of(family),
        family.support() instanceof Support.Finite finite
            ? family.probabilities(finite)
            : List.of(),
        setting.prior().map(prior -> LogDensity.of(prior.over(setting.variable()))),
        withValues(setting.loss()),
        enumerates(derivation.program()));
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
    return density.at(values);
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
          if (symbol.equals(density.variable())) {
            return x;
          }
          return symbol.equals(ELL) ? ell : values.applyAsDouble(symbol);
        });
  }
}
