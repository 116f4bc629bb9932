package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.derive.Step.Line;
import org.blrc.family.FamilyFacts;
import org.blrc.family.Support;
import org.blrc.symbolic.Bounds;
import org.blrc.symbolic.Calculus;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Distribution;
import org.blrc.symbolic.Expr.Noise;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Periods;
import org.blrc.symbolic.Solver;
import org.blrc.symbolic.Walk;

/**
 * Gradients of expectations through the sampler: d/dw E[f(x)] = E[f'(x) dx/dw], with x = g(noise,
 * w).
 *
 * <p>Where dx/dw is linear in a standard normal noise, Stein's lemma E[eps G(eps)] = E[G'(eps)]
 * removes the noise. For the Gaussian this gives Bonnet's and Price's theorems; nothing about a
 * family is built in.
 */
final class PathwiseGradient implements ExpectationGradient {

  private final Model model;
  private final FamilyFacts posterior;
  private final Expr sampler;
  private final EquationForm form;
  private final Jumps jumps;
  private final Map<Sym, Expr> moves;
  private boolean steinUsed;

  PathwiseGradient(Model model, FamilyFacts posterior, Expr sampler) {
    this(model, posterior, sampler, Map.of());
  }

  /**
   * Gradients along directions that are no parameters of the posterior.
   *
   * @param moves the derivative of a draw along each of them, at fixed noise
   */
  static PathwiseGradient along(Map<Sym, Expr> moves, Model model, FamilyFacts posterior) {
    return new PathwiseGradient(model, posterior, posterior.sampler().orElseThrow(), moves);
  }

  private PathwiseGradient(Model model, FamilyFacts posterior, Expr sampler, Map<Sym, Expr> moves) {
    this.moves = moves;
    this.model = model;
    this.posterior = posterior;
    this.sampler = sampler;
    this.form = new EquationForm(posterior);
    this.jumps = new Jumps(model, posterior.variable());
  }

  @Override
  public List<Line> lines(List<Sym> coordinates) {
    List<Line> lines = new ArrayList<>();
    List<Expr> drawn = Exprs.components(sampler);
    if (drawn.size() == 1) {
      lines.add(new Line.Equation(new Quantity.Value(model.variable()), sampler));
    } else {
      for (int k = 0; k < drawn.size(); k++) {
        Sym component = Exprs.componentSymbol(model.variable(), k + 1);
        lines.add(new Line.Equation(new Quantity.Value(component), drawn.get(k)));
      }
    }
    for (Sym coordinate : coordinates) {
      List<Expr> weights = weights(coordinate);
      for (int k = 0; k < weights.size(); k++) {
        Sym of =
            weights.size() == 1 ? model.variable() : Exprs.componentSymbol(model.variable(), k + 1);
        lines.add(new Line.Equation(new Quantity.SampleDerivative(of, coordinate), weights.get(k)));
      }
    }
    return lines;
  }

  @Override
  public Prose justification() {
    Prose prose =
        Prose.of("pathwise derivative ")
            .then(Formulas.pathwise(model.variable()))
            .then(
                model.relaxed()
                    ? " through the function that stands for the variable"
                    : " through the sampler");
    return steinUsed
        ? prose
            .then("; Stein's lemma ")
            .then(Formulas.stein(posterior.noises().getFirst().name()))
            .then(
                " removes the standard normal noise (for the Gaussian these are Bonnet's and"
                    + " Price's theorems)")
        : prose;
  }

  @Override
  public String source() {
    return NaturalStep.PAPER + ", appendix A; Stein 1981";
  }

  /** dx/dw at fixed noise, of each component, as a function of the noise. */
  private List<Expr> weights(Sym coordinate) {
    Expr move = moves.get(coordinate);
    return move != null
        ? List.of(Normal.tidy(move))
        : Exprs.components(sampler).stream()
            .map(component -> Normal.tidy(Calculus.derivative(component, coordinate)))
            .toList();
  }

  /** The mean of a function of the noise. */
  Expr mean(Expr ofNoise) {
    return form.of(expectation(body(Exprs.ONE, ofNoise)));
  }

  @Override
  public Expr gradient(Expr function, Sym coordinate) {
    jumps.forbid(function);
    List<Expr> weights = weights(coordinate);
    List<Expr> expectations = new ArrayList<>();
    for (int k = 0; k < weights.size(); k++) {
      Expr weight = weights.get(k);
      Expr by =
          weights.size() == 1 ? posterior.variable() : Exprs.component(posterior.variable(), k + 1);
      // Term by term: over a common denominator, what one term overflows would spoil the others.
      Exprs.terms(Calculus.derivative(function, by)).stream()
          .flatMap(term -> Exprs.terms(body(term, weight)).stream())
          .map(this::expectation)
          .forEach(expectations::add);
    }
    return form.of(Exprs.add(expectations));
  }

  /** Without noise the variable is its one value. */
  private Expr expectation(Expr body) {
    return Normal.simplify(
        posterior.noises().isEmpty()
            ? Walk.substitute(body, posterior.variable(), sampler)
            : new Expr.Expect(posterior.variable(), body));
  }

  private Expr body(Expr slope, Expr weight) {
    List<Noise> noises = posterior.noises();
    if (noises.size() != 1 || sampler instanceof Expr.Vector) {
      return Exprs.mul(slope, weight);
    }
    Noise noise = noises.getFirst();
    Expr mixed = eliminateHidden(weight, noise);
    Optional<List<Expr>> linear =
        // A group moves draws along with their first derivatives.
        moves.isEmpty() && noise.distribution() == Distribution.STANDARD_NORMAL && !jumps(slope)
            ? Normal.coefficients(mixed, noise, 1)
            : Optional.empty();
    if (linear.isPresent() && !linear.get().get(1).equals(Exprs.ZERO)) {
      Expr spread = inVariable(Calculus.derivative(sampler, noise), noise);
      if (!Walk.contains(spread, noise)) {
        steinUsed = true;
        Expr constant = Exprs.mul(slope, linear.get().get(0));
        Expr factor = Exprs.mul(slope, linear.get().get(1));
        return Exprs.add(
            constant, Exprs.mul(Calculus.derivative(factor, posterior.variable()), spread));
      }
    }
    return Exprs.mul(slope, inVariable(mixed, noise));
  }

  /** Stein's lemma needs a slope without jumps. */
  private boolean jumps(Expr slope) {
    return Walk.contains(Normal.simplify(slope), part -> jumps.isSign(part) || jumps.isSize(part));
  }

  /** Replaces what holds the noise other than the noise itself by the random variable. */
  private Expr eliminateHidden(Expr expr, Noise noise) {
    Expr result = Normal.simplify(expr);
    List<Expr> hidden =
        Walk.find(
            result,
            part ->
                (part instanceof Expr.Call && Walk.contains(part, noise)) || isRootOf(part, noise));
    for (Expr atom : hidden) {
      Optional<Expr> solved =
          Solver.solveLinear(Exprs.subtract(sampler, posterior.variable()), atom)
              .filter(value -> !Walk.contains(value, noise) && !mayDivideByZero(value));
      if (solved.isPresent()) {
        result = Normal.simplify(Walk.substitute(result, atom, solved.get()));
      }
    }
    return result;
  }

  /** What is put in for the noise has a value wherever the sampler has one. */
  private static boolean mayDivideByZero(Expr value) {
    return Walk.contains(
        value,
        part ->
            part instanceof Expr.Pow(Expr base, Expr exponent)
                && Exprs.coefficient(exponent).signum() < 0
                && Bounds.of(base).contains(0));
  }

  private static boolean isRootOf(Expr part, Noise noise) {
    return part instanceof Expr.Pow(Expr base, Expr exponent)
        && !exponent.equals(Exprs.MINUS_ONE)
        && Walk.contains(base, noise);
  }

  /**
   * Replaces the noise by the value that it must have had, where the sampler can be inverted: on a
   * circle only up to whole turns, so that nothing may depend on these.
   */
  private Expr inVariable(Expr expr, Noise noise) {
    Expr replaced = replaced(expr, noise);
    boolean known =
        !(posterior.support() instanceof Support.Circle)
            || Periods.isPeriodic(replaced, posterior.variable());
    return known ? replaced : Normal.simplify(expr);
  }

  private Expr replaced(Expr expr, Noise noise) {
    Expr plain = eliminateHidden(expr, noise);
    if (!Walk.contains(plain, noise) || jumpsIn(noise)) {
      return plain;
    }
    // An affine function of the variable, as in families of location and scale.
    Expr slope =
        Normal.simplify(
            Exprs.divide(Calculus.derivative(expr, noise), Calculus.derivative(sampler, noise)));
    Expr offset = Normal.simplify(Exprs.subtract(expr, Exprs.mul(slope, sampler)));
    if (!Walk.contains(slope, noise) && !Walk.contains(offset, noise)) {
      return Exprs.add(offset, Exprs.mul(slope, posterior.variable()));
    }
    Sym unknown = new Sym(Sym.Kind.META, noise.name(), Integer.MAX_VALUE, noiseDomain(noise));
    return Solver.solve(Walk.substitute(sampler, noise, unknown), posterior.variable(), unknown)
        .map(value -> Normal.simplify(Walk.substitute(plain, noise, value)))
        .orElse(plain);
  }

  /** Whether the sampler jumps where a noise moves, and so cannot be inverted. */
  private boolean jumpsIn(Noise noise) {
    try {
      Calculus.derivative(sampler, noise);
      return false;
    } catch (Calculus.NotDifferentiable _) {
      return true;
    }
  }

  private static Domain noiseDomain(Noise noise) {
    return noise.distribution().domain();
  }
}
