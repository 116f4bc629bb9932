package org.blrc.derive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.blrc.derive.Step.Line;
import org.blrc.family.Support;
import org.blrc.program.Program;
import org.blrc.symbolic.CoordinateSums;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Rational;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Code;

/**
 * Turns update equations into an update program: what is left of the loss becomes oracles, asked in
 * phases.
 */
final class ProgramBuilder {

  private static final String ASKED = "what is left of the loss is asked of the caller";

  private final Mixture mixture;
  private final List<Model> components;
  private final Model model;
  private final Equations equations;
  private final List<Model.State> states;
  private final SumTable sums = new SumTable();
  private final OracleTable oracles;
  private final List<Program.Accumulator> accumulators = new ArrayList<>();
  private final Map<Expr, Sym> accumulated = new LinkedHashMap<>();
  private Program program;
  private Optional<Expr> samples = Optional.empty();

  /**
   * @param components those of the posterior that draws are made from
   */
  ProgramBuilder(
      Mixture mixture, List<Model> components, Equations equations, List<Model.State> states) {
    this.mixture = mixture;
    this.components = components;
    this.model = components.getFirst();
    this.equations = equations;
    this.states = states;
    this.oracles =
        new OracleTable(
            model,
            draw -> EquationForm.drawn(draw, components),
            sums,
            equations.updates().stream().map(each -> drawsOutside(each.value())).toList());
  }

  Program build() {
    program = make();
    return program;
  }

  private Program make() {
    List<Update> ordered = UpdateOrder.of(model, equations);
    ordered.forEach(update -> LeftOver.check(components, update));
    ordered.forEach(update -> Shapes.check(model, update));
    ordered.forEach(update -> SharedStates.check(model, update));
    for (Update update : ordered) {
      Walk.visit(update.value(), this::noteSamples);
    }
    for (Update update : ordered) {
      Walk.visit(update.value(), this::noteSingleDraw);
    }
    List<Program.Assign> assignments = new ArrayList<>();
    for (Update update : ordered) {
      assignments.add(
          new Program.Assign(
              Symbols.newValue(update.state()),
              concrete(Averages.merged(drawsOutside(update.value())))));
    }
    return new Program(
        model.spec().name().text(),
        model.hypers().stream()
            .map(hyper -> new Program.Hyper(hyper.symbol(), hyper.byDefault()))
            .toList(),
        states.stream().map(state -> new Program.State(state.symbol(), state.initial())).toList(),
        noises(),
        samples,
        List.of(),
        oracles.phases(),
        sums.all(oracles.phases().size()),
        List.copyOf(accumulators),
        assignments,
        rest());
  }

  /** Those of a draw from the posterior, if it is drawn from, and then those of rules. */
  private List<Program.NoiseInput> noises() {
    Set<Expr.Noise> noises = new LinkedHashSet<>();
    if (oracles.noises().stream().anyMatch(model.posterior().noises()::contains)) {
      noises.addAll(model.posterior().noises());
    }
    noises.addAll(oracles.noises());
    return noises.stream()
        .map(noise -> new Program.NoiseInput(noise.name(), noise.distribution()))
        .toList();
  }

  private void noteSamples(Expr part) {
    if (part instanceof Expr.Reduce(boolean _, Sym _, Axis.Draws(Expr count), Expr _)) {
      if (samples.isPresent() && !samples.get().equals(count)) {
        throw Failure.at(
                model.spec().name().span(),
                Code.CONTENTION,
                "expectations are estimated with different numbers of draws")
            .note(
                "both "
                    + ExprPrinter.TEXT.print(samples.get())
                    + " and "
                    + ExprPrinter.TEXT.print(count));
      }
      if (!isCount(count)) {
        throw Failure.at(
                model.spec().name().span(),
                Code.DOMAIN,
                "`" + ExprPrinter.TEXT.print(count) + "` is not a number of draws")
            .hint(
                "a whole number from 1, or a hyper-parameter in a domain such as `[1, infinity)`");
      }
      samples = Optional.of(count);
    }
  }

  /** One draw by its number is the draw of each step, and no draw of many. */
  private void noteSingleDraw(Expr part) {
    if (!(part instanceof Expr.Draw(Sym _, Expr.Num(var number)))) {
      return;
    }
    if (samples.isEmpty() && number.equals(Rational.ONE)) {
      samples = Optional.of(Exprs.ONE);
    } else if (!samples.equals(Optional.of(Exprs.ONE)) || !number.equals(Rational.ONE)) {
      throw Failure.at(
              model.spec().name().span(),
              Code.SHAPE,
              "`" + ExprPrinter.TEXT.print(part) + "` stands outside a mean over draws")
          .note(
              samples
                  .map(count -> "a step makes " + ExprPrinter.TEXT.print(count) + " draws")
                  .orElse("a single draw has the number 1"))
          .hint("average over the draws, as in `mean(k in 1..n) f(sample(k))`");
    }
  }

  private static boolean isCount(Expr count) {
    return switch (count) {
      case Expr.Num(var value) -> value.isInteger() && value.signum() > 0;
      case Sym symbol -> symbol.kind() == Sym.Kind.HYPER && symbol.domain().lower() >= 1;
      default -> false;
    };
  }

  /** What the weights are between steps: the posterior mean, or the point at the noise's median. */
  private Expr rest() {
    return mixture.mean(ProgramBuilder::rest);
  }

  private static Expr rest(Model model) {
    return new EquationForm(model.posterior())
        .mean()
        .or(() -> model.posterior().sampler().map(ProgramBuilder::atMedian))
        .or(() -> meanOverSupport(model))
        .orElseThrow(
            () ->
                Failure.at(
                        model.spec().posterior().family().span(),
                        Code.NO_MEAN,
                        "the mean of `"
                            + model.variable().name()
                            + "` is not known, so that there are no weights between steps")
                    .hint("add a `sample` clause to the family"));
  }

  private static Optional<Expr> meanOverSupport(Model model) {
    if (!(model.posterior().support() instanceof Support.Finite support)) {
      return Optional.empty();
    }
    List<Expr> probabilities = model.posterior().probabilities(support);
    List<Expr> terms = new ArrayList<>();
    for (int i = 0; i < probabilities.size(); i++) {
      terms.add(Exprs.mul(Exprs.num(support.values().get(i)), probabilities.get(i)));
    }
    return Optional.of(Normal.shorter(Exprs.add(terms)));
  }

  private static Expr atMedian(Expr expr) {
    return expr instanceof Expr.Noise noise
        ? switch (noise.distribution()) {
          case STANDARD_NORMAL -> Exprs.ZERO;
          case UNIFORM -> Exprs.HALF;
        }
        : Walk.mapChildren(expr, ProgramBuilder::atMedian);
  }

  /**
   * The loss is evaluated draw by draw, so means over draws go outside means over the minibatch.
   */
  private static Expr drawsOutside(Expr expr) {
    Expr inner = Walk.mapChildren(expr, ProgramBuilder::drawsOutside);
    return inner instanceof Expr.Reduce(boolean mean, Sym index, Axis.Batch batch, Expr body)
            && body instanceof Expr.Reduce(boolean drawMean, Sym draw, Axis.Draws draws, Expr drawn)
        ? new Expr.Reduce(
            drawMean, draw, draws, Normal.simplify(new Expr.Reduce(mean, index, batch, drawn)))
        : inner;
  }

  /** Replaces oracles by answers and means over draws by accumulators. */
  private Expr concrete(Expr expr) {
    return switch (expr) {
      case Expr.Reduce(boolean mean, Sym _, Axis.Draws(Expr count), Expr body) -> {
        Expr average = accumulator(oracles.answered(body));
        yield mean ? average : Exprs.mul(count, average);
      }
      case Expr.Reduce sum when CoordinateSums.isSum(sum) -> {
        Expr body = drawsOutside(withoutNewValues(sum.body()));
        yield samples.isPresent()
            ? sums.ofMeans(sum.mean(), concrete(body))
            : oracles.answered(new Expr.Reduce(sum.mean(), sum.index(), sum.axis(), body));
      }
      case Expr.Oracle _, Expr.Draw _ -> outsideDraws(expr);
      case Expr.Reduce(boolean _, Sym _, Axis.Batch _, Expr body) -> {
        if (Walk.contains(
            body,
            part -> part instanceof Expr.Reduce inner && inner.axis() instanceof Axis.Draws)) {
          requireNoProducts(body);
          throw Failure.at(
                  model.spec().name().span(),
                  Code.SHAPE,
                  "a mean over draws stands inside a function of single examples")
              .note("in: " + ExprPrinter.TEXT.print(expr))
              .hint("apply the rule that makes this function before the draws are taken");
        }
        yield outsideDraws(expr);
      }
      default -> Walk.mapChildren(expr, this::concrete);
    };
  }

  private void requireNoProducts(Expr ofOneExample) {
    for (Expr part : Walk.find(ofOneExample, Expr.Oracle.class::isInstance)) {
      Expr.Oracle oracle = (Expr.Oracle) part;
      if (oracle.direction().isPresent()) {
        throw OracleTable.productsOfExamples(model, oracle);
      }
    }
  }

  /** Sums are computed before the update, so that they are made of old values. */
  private Expr withoutNewValues(Expr expr) {
    if (expr instanceof Sym symbol && symbol.kind() == Sym.Kind.NEW) {
      return equations
          .of(Symbols.oldValue(symbol))
          .map(update -> withoutNewValues(update.value()))
          .orElse(symbol);
    }
    return Walk.mapChildren(expr, this::withoutNewValues);
  }

  private Expr outsideDraws(Expr expr) {
    Expr answered = oracles.answered(expr);
    return samples.isPresent() ? accumulator(answered) : answered;
  }

  private Sym accumulator(Expr body) {
    return accumulated.computeIfAbsent(
        body,
        _ -> {
          String name = "mean_" + describe(body).orElse(Integer.toString(accumulators.size() + 1));
          Sym symbol =
              new Sym(Sym.Kind.LOCAL, name, accumulators.size(), org.blrc.symbolic.Domain.REAL);
          accumulators.add(new Program.Accumulator(symbol, body));
          return symbol;
        });
  }

  /** The names of the factors, where a body is a product of few named things. */
  private static Optional<String> describe(Expr body) {
    List<String> names = new ArrayList<>();
    for (Expr factor : Exprs.factors(body)) {
      switch (factor) {
        case Sym symbol -> names.add(symbol.name());
        case Expr.Noise noise -> names.add(noise.name());
        case Expr.Pow(Sym symbol, Expr exponent) when exponent.equals(Exprs.TWO) ->
            names.add(symbol.name() + "_squared");
        default -> {
          return Optional.empty();
        }
      }
    }
    return names.size() <= 3 ? Optional.of(String.join("_", names)) : Optional.empty();
  }

  /**
   * What the program asks and in which order.
   *
   * @param shown the equations as they shall be read
   */
  Step step(Equations shown) {
    List<Line> lines = new ArrayList<>();
    int number = 1;
    for (Program.Phase phase : program.phases()) {
      Expr point = program.withSumsWritten(phase.point());
      lines.add(new Line.Equation(new Quantity.Point(number), point));
      int phaseNumber = number;
      phase
          .direction()
          .map(program::withSumsWritten)
          .ifPresent(
              along -> lines.add(new Line.Equation(new Quantity.Direction(phaseNumber), along)));
      for (Program.Answer answer : phase.answers()) {
        lines.add(
            new Line.Remark(
                answer.symbol().name()
                    + ": the "
                    + answer.kind().label().replace('_', ' ')
                    + " of "
                    + answer.function()
                    + " at point "
                    + number));
      }
      number++;
    }
    for (Update update : shown.updates()) {
      lines.add(new Line.Equation(new Quantity.NewValue(update.state()), update.value()));
    }
    return new Step(
        "Update and oracles",
        lines,
        samples
            .filter(count -> !count.equals(Exprs.ONE))
            .map(
                count ->
                    Prose.of(ASKED + ", once for each of ")
                        .then(Step.Label.of(count))
                        .then(" draws"))
            .orElse(Prose.of(ASKED + ", once in a step")),
        Optional.empty(),
        Grade.EXACT);
  }
}
