package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.blrc.family.FamilyFacts;
import org.blrc.family.Support;
import org.blrc.symbolic.CoordinateSums;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Function;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Rational;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration;

/**
 * Which component of a mixture a value is from, as a random variable z with a distribution pi of
 * its own.
 *
 * <p>Where all coordinates are in one component, there is one such choice, and what the components
 * add to the objective are sums over all coordinates; else each coordinate has a choice of its own.
 *
 * <p>The joint distribution of z and x has a block of its own for pi in its Fisher information,
 * that of pi alone. With log q = log pi_k + log q_k - log r_k, the derivative of the mixture's
 * objective by a parameter of pi is
 *
 * <pre>sum of dpi_k (V_k + log pi_k),  V_k = E_k[loss - log prior - log r_k + log q_k]</pre>
 *
 * since the mean of the derivative of log q vanishes. That is the gradient of E_pi[V_z] - H(pi) at
 * fixed V: pi takes the step that it would take alone, with the loss V (Lin, Khan and Schmidt 2019,
 * section 4).
 *
 * @param alone its distribution as the posterior of a model
 * @param numbers the values that it has in the components
 * @param together whether all coordinates are in one component
 */
record Choice(Model alone, List<Rational> numbers, boolean together) {

  static Choice of(Model alone, Declaration.Optimizer spec) {
    boolean together = spec.mixture().getFirst().together();
    List<Rational> numbers =
        spec.mixture().stream().map(each -> Rational.of(each.number())).toList();
    Support support = alone.posterior().support();
    if (!(support instanceof Support.Finite(List<Rational> values)) || !values.equals(numbers)) {
      throw Failure.at(
              spec.choice().orElseThrow().span(),
              Code.SHAPE,
              "`%s` runs from %s to %s, and `%s` is a distribution over other values"
                  .formatted(
                      alone.variable().name(),
                      numbers.getFirst(),
                      numbers.getLast(),
                      alone.family().name()))
          .hint("use a family whose support is just these whole numbers");
    }
    if (together) {
      requireShared(alone, spec);
    }
    return new Choice(alone, numbers, together);
  }

  /** There is one choice, and so one of each of its states. */
  private static void requireShared(Model alone, Declaration.Optimizer spec) {
    for (Sym state : alone.coordinates()) {
      if (!state.shared()) {
        throw Failure.at(
                spec.choice().orElseThrow().span(),
                Code.STATES,
                "all coordinates are in one component, and each coordinate has a `%s` of its own"
                    .formatted(state.name()))
            .hint("put `shared` before its name where it is declared");
      }
    }
  }

  boolean isLearned() {
    return !alone.coordinates().isEmpty();
  }

  List<Expr> probabilities() {
    return alone.posterior().probabilities((Support.Finite) alone.posterior().support());
  }

  /** The logarithms of the weights, up to a common summand. */
  List<Expr> logWeights() {
    return numbers.stream().map(number -> logWeight(alone, number)).toList();
  }

  private static Expr logWeight(Model alone, Rational number) {
    FamilyFacts facts = alone.posterior();
    List<Expr> terms = new ArrayList<>(List.of(facts.logBaseMeasure()));
    for (int j = 0; j < facts.statistics().size(); j++) {
      terms.add(Exprs.mul(facts.natural().get(j), facts.statistics().get(j)));
    }
    return Normal.simplify(
        Walk.substitute(Exprs.add(terms), alone.variable(), new Expr.Num(number)));
  }

  /** The model with its loss. */
  Model model(List<Model> components) {
    List<Expr> terms = new ArrayList<>();
    for (int k = 0; k < numbers.size(); k++) {
      Expr here = Exprs.call(Function.EQUAL, alone.variable(), new Expr.Num(numbers.get(k)));
      terms.add(Exprs.mul(here, contribution(components.get(k))));
    }
    return alone.withLoss(
        Exprs.add(terms),
        components.stream().flatMap(each -> each.responsibilities().stream()).toList());
  }

  /** What a component adds to the objective, but for its weight's logarithm. */
  private Expr contribution(Model component) {
    FamilyFacts posterior = component.posterior();
    Moments moments = new Moments(component.family(), posterior);
    Expr prior = component.prior().map(FamilyFacts::logDensity).orElse(Exprs.ZERO);
    Expr body = Exprs.add(component.loss(), Exprs.subtract(posterior.logDensity(), prior));
    EquationForm form = new EquationForm(posterior);
    List<Expr> ofCoordinates = new ArrayList<>();
    List<Expr> ofAll = new ArrayList<>();
    for (Expr term : terms(Normal.simplify(body))) {
      Expr open = form.of(new Expr.Expect(component.variable(), term));
      if (isExplicit(term)) {
        ofCoordinates.add(moments.of(term).orElse(open));
      } else if (together) {
        requireSame(term, component);
        ofAll.add(SharedStep.average(open));
      } else {
        requireKnown(term, component);
        ofCoordinates.add(open);
      }
    }
    Expr sum = Normal.shorter(Exprs.add(ofCoordinates));
    return Exprs.add(Exprs.add(ofAll), together ? CoordinateSums.sum(sum) : sum);
  }

  /** The terms of an expression, with products of sums that hold oracles multiplied out. */
  private static List<Expr> terms(Expr expr) {
    if (isExplicit(expr)) {
      return List.of(expr);
    }
    if (expr instanceof Expr.Add(List<Expr> summands)) {
      return summands.stream().flatMap(each -> terms(each).stream()).toList();
    }
    List<Expr> factors = new ArrayList<>(Exprs.factors(expr));
    Optional<Expr> sum =
        factors.stream()
            .filter(Expr.Add.class::isInstance)
            .filter(each -> !isExplicit(each))
            .findFirst();
    if (sum.isEmpty()) {
      return List.of(expr);
    }
    factors.remove(sum.get());
    return terms(sum.get()).stream()
        .flatMap(each -> terms(Exprs.mul(Exprs.mul(factors), each)).stream())
        .toList();
  }

  private static boolean isExplicit(Expr expr) {
    return !Walk.contains(expr, Expr.Oracle.class::isInstance);
  }

  /** The value of a loss is one number for all coordinates, and so has to be what is made of it. */
  private static void requireSame(Expr term, Model component) {
    boolean varies =
        Exprs.factors(term).stream().filter(Choice::isExplicit).anyMatch(CoordinateSums::varies);
    if (varies) {
      throw Failure.at(
              component.spec().loss().span(),
              Code.LOSS,
              "the weights are learned from values of the whole loss, and here a value has a factor"
                  + " that differs between coordinates")
          .note("in: " + ExprPrinter.TEXT.print(term))
          .hint("take the factor into the function, or make the weights of hyper-parameters");
    }
  }

  /** What one coordinate adds to a loss is known where the loss is written out. */
  private static void requireKnown(Expr term, Model component) {
    if (Walk.contains(
        term, part -> part instanceof Expr.Oracle oracle && !Responsibility.is(oracle))) {
      throw Failure.at(
              component.spec().loss().span(),
              Code.LOSS,
              "each coordinate is in a component of its own, and what it adds to the loss there"
                  + " cannot be told from values of the whole loss")
          .hint(
              "let all coordinates be in one component, as in `%s ~ mixture(...) of each %s(...)`,"
                      .formatted(
                          component.spec().posterior().variable().text(), component.family().name())
                  + " or make the weights of hyper-parameters");
    }
  }

  /**
   * The mean of values in the components, with probabilities that do not overflow.
   *
   * @param choice its model
   */
  static Expr mean(Model choice, List<Expr> values) {
    Support.Finite support = (Support.Finite) choice.posterior().support();
    List<Expr> logs = support.values().stream().map(number -> logWeight(choice, number)).toList();
    List<Expr> terms = new ArrayList<>();
    for (int k = 0; k < values.size(); k++) {
      int at = k;
      List<Expr> odds =
          IntStream.range(0, logs.size())
              .filter(j -> j != at)
              .mapToObj(j -> Normal.tidy(Exprs.subtract(logs.get(j), logs.get(at))))
              .toList();
      Expr share = Exprs.call(Function.SIGMOID, Exprs.negate(Mixture.logOfSum(odds)));
      terms.add(Exprs.mul(share, values.get(k)));
    }
    return Exprs.add(terms);
  }
}
