package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.blrc.derive.Step.Line;
import org.blrc.symbolic.Bounds;
import org.blrc.symbolic.CoordinateSums;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Function;
import org.blrc.symbolic.Normal;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration;

/**
 * A posterior that is a finite mixture q(x) = sum of w_k q_k(x), or, with one component, a plain
 * one.
 *
 * <p>In the joint distribution of x and the component, which is an exponential family where q is
 * none, the Fisher information of component k is w_k times its own, and the gradient of the
 * objective E_q[loss + log q] is w_k times that of E_k[loss + log q] at fixed log q. So the weight
 * cancels, and each component takes the step that it would take alone, with the loss
 *
 * <pre>loss + log q - log(w_k q_k) = loss - log r_k</pre>
 *
 * where r_k(x) = w_k q_k(x) / q(x) is its responsibility at the old parameters (Lin, Khan and
 * Schmidt, Fast and Simple Natural-Gradient Variational Inference with Mixture of
 * Exponential-family Approximations, ICML 2019).
 *
 * @param components those that some state moves, each with its loss
 * @param all the components, each with its loss
 * @param weights of all components, up to a common factor
 * @param together whether all coordinates are in one component
 * @param choice the distribution of the component, where some state moves it, with its loss
 */
record Mixture(
    List<Model> components,
    List<Model> all,
    List<Expr> weights,
    boolean together,
    Optional<Model> choice) {

  static final String PAPER =
      "Lin, Khan & Schmidt, Fast and Simple Natural-Gradient Variational Inference with Mixture of"
          + " Exponential-family Approximations, ICML 2019";

  /**
   * @param choice the distribution of the component, still without a loss
   */
  static Mixture of(List<Model> models, Optional<Model> choice, Declaration.Optimizer spec) {
    if (models.size() == 1) {
      return new Mixture(models, models, List.of(Exprs.ONE), false, Optional.empty());
    }
    if (models.getFirst().family().group().isPresent()) {
      throw Failure.at(
              spec.posterior().span(),
              Code.STATES,
              "a mixture is made of exponential families, and `%s` is moved by a group"
                  .formatted(models.getFirst().family().name()))
          .hint("use an exponential family, or one component");
    }
    Optional<Choice> chosen = choice.map(each -> Choice.of(each, spec));
    List<Expr> logWeights =
        chosen.map(Choice::logWeights).orElseGet(() -> logWeights(models.getFirst(), spec));
    requireOwnStates(models, choice);
    boolean together = spec.mixture().getFirst().together();
    List<Model> all =
        IntStream.range(0, models.size())
            .mapToObj(k -> models.get(k).with(responsibility(k, models, logWeights, together)))
            .toList();
    List<Model> moved = all.stream().filter(each -> !each.coordinates().isEmpty()).toList();
    Optional<Model> learned = chosen.filter(Choice::isLearned).map(each -> each.model(all));
    // Where nothing moves, the first one says so.
    return new Mixture(
        moved.isEmpty() && learned.isEmpty() ? models.subList(0, 1) : moved,
        all,
        chosen.map(Choice::probabilities).orElseGet(() -> weights(models.getFirst(), spec)),
        together,
        learned);
  }

  private static List<Expr> weights(Model model, Declaration.Optimizer spec) {
    List<Expr> weights = new ArrayList<>();
    for (Declaration.Component component : spec.mixture()) {
      Expr weight = Lowering.plain(model.scope()).expr(component.weight());
      requirePositive(weight, component);
      weights.add(weight);
    }
    return List.copyOf(weights);
  }

  private static List<Expr> logWeights(Model model, Declaration.Optimizer spec) {
    return weights(model, spec).stream().map(each -> Exprs.call(Function.LOG, each)).toList();
  }

  private static void requirePositive(Expr weight, Declaration.Component component) {
    if (!Bounds.isNonnegative(weight)) {
      throw Failure.at(
              component.weight().span(),
              Code.DOMAIN,
              "`%s` may be negative, and a weight is positive"
                  .formatted(component.weight().span().text()))
          .hint("make it of hyper-parameters with the domain `positive` or `unit`");
    }
  }

  /** A state that two components share would have to take two steps. */
  private static void requireOwnStates(List<Model> models, Optional<Model> choice) {
    for (Model model : models) {
      for (Sym state : model.coordinates()) {
        if (choice.filter(each -> each.coordinates().contains(state)).isPresent()) {
          throw Failure.at(
                  choice.get().spec().posterior().span(),
                  Code.STATES,
                  "the state `%s` belongs to a component and to the weights"
                      .formatted(state.name()))
              .hint("give the weights states of their own");
        }
        long owners = models.stream().filter(each -> each.coordinates().contains(state)).count();
        if (owners > 1) {
          throw Failure.at(
                  model.spec().posterior().span(),
                  Code.STATES,
                  "the state `%s` belongs to %d components".formatted(state.name(), owners))
              .hint(
                  "give each component its own, as in `state %s[%d]: ...`"
                      .formatted(state.name(), models.size()));
        }
      }
    }
  }

  /**
   * log r_k = -log(1 + sum of w_j q_j / (w_k q_k)) over the other components, in functions that
   * neither overflow nor cancel.
   *
   * @param together whether all coordinates are in one component, so that their log densities add
   *     up
   */
  private static Responsibility responsibility(
      int k, List<Model> models, List<Expr> logWeights, boolean together) {
    Sym variable = models.get(k).variable();
    List<Expr> others = new ArrayList<>();
    for (int j = 0; j < models.size(); j++) {
      if (j != k) {
        Expr weight = Exprs.subtract(logWeights.get(j), logWeights.get(k));
        Expr density =
            Exprs.subtract(
                models.get(j).posterior().over(variable).logDensity(),
                models.get(k).posterior().over(variable).logDensity());
        // Sums have one form, so that what is said of them in several places is one sum.
        others.add(
            together
                ? Normal.simplify(Exprs.add(weight, CoordinateSums.sum(density)))
                : Normal.tidy(Exprs.add(weight, density)));
      }
    }
    return new Responsibility(
        variable, Exprs.negate(Exprs.call(Function.SOFTPLUS, logOfSum(others))));
  }

  /**
   * The logarithm of the sum of exponentials: log(exp(a) + exp(b)) = a + softplus(b - a), by
   * halves, since a stands there twice.
   */
  static Expr logOfSum(List<Expr> terms) {
    if (terms.size() == 1) {
      return terms.getFirst();
    }
    Expr a = logOfSum(terms.subList(0, terms.size() / 2));
    Expr b = logOfSum(terms.subList(terms.size() / 2, terms.size()));
    return Exprs.add(a, Exprs.call(Function.SOFTPLUS, Exprs.subtract(b, a)));
  }

  boolean isPlain() {
    return all.size() == 1;
  }

  List<Model.State> states() {
    return all.getFirst().states();
  }

  /** The mean over the components of something that each of them has. */
  Expr mean(java.util.function.Function<Model, Expr> each) {
    if (isPlain()) {
      return each.apply(all.getFirst());
    }
    if (choice.isPresent()) {
      return Choice.mean(choice.get(), all.stream().map(each).toList());
    }
    List<Expr> terms = new ArrayList<>();
    for (int k = 0; k < all.size(); k++) {
      terms.add(Exprs.mul(weights.get(k), each.apply(all.get(k))));
    }
    return Normal.shorter(Exprs.divide(Exprs.add(terms), Exprs.add(weights)));
  }

  /** What is said before the derivation for a component begins. */
  List<Step> steps(Model component) {
    if (isPlain()) {
      return List.of();
    }
    int k = number(component);
    return List.of(
        new Step(
            "Mixture",
            List.of(
                new Line.Equation(new Quantity.Weight(k), weights.get(k - 1)),
                new Line.Equation(
                    new Quantity.LogResponsibility(k),
                    component.responsibilities().getFirst().logarithm())),
            Prose.of("each component takes the step that it would take alone, with the loss ")
                .then(Formulas.componentLoss())
                .then(" at the old responsibility ")
                .then(Formulas.responsibility())
                .then(
                    together
                        ? "; all coordinates are in one component, in which the loss is asked"
                        : "; the loss is asked with all coordinates in one component, which is"
                            + " exact where it is a sum over coordinates"),
            Optional.of(PAPER),
            Grade.EXACT));
  }

  /** What is said before the derivation for the weights begins. */
  List<Step> choiceSteps() {
    return List.of(
        new Step(
            "Weights",
            IntStream.range(0, all.size())
                .<Line>mapToObj(k -> new Line.Equation(new Quantity.Weight(k + 1), weights.get(k)))
                .toList(),
            Prose.of("which component a value is from is a random variable, too, whose loss is ")
                .then(Formulas.choiceLoss())
                .then(
                    ", what each component adds to the objective, at the old responsibilities and"
                        + " densities"),
            Optional.of(PAPER),
            Grade.EXACT));
  }

  /** The number of a component, from 1. */
  int number(Model component) {
    return component.variable().rank() + 1;
  }
}
