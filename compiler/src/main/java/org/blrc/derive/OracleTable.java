package org.blrc.derive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.blrc.program.Program;
import org.blrc.program.Program.AnswerKind;
import org.blrc.symbolic.CoordinateSums;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Code;

/**
 * The questions to the loss, by the point at which they are asked. A point that needs an answer
 * comes after it.
 */
final class OracleTable {

  private record Question(String function, int order, Expr point, Optional<Expr> direction) {}

  /** What is asked at a point, and along which direction. */
  private static final class Asked {
    private final Expr point;
    private Optional<Expr> direction = Optional.empty();
    private final List<Program.Answer> answers = new ArrayList<>();

    Asked(Expr point) {
      this.point = point;
    }
  }

  private final Model model;
  private final UnaryOperator<Expr> drawn;

  /** Questions whose answers are needed for single examples. */
  private final Set<Question> perExample = new HashSet<>();

  private final List<Asked> phases = new ArrayList<>();
  private final Map<Question, Sym> symbols = new LinkedHashMap<>();

  /** For each function, the index of the axis on which it is asked. */
  private final Map<String, Expr> axes = new HashMap<>();

  private final SumTable sums;
  private final Set<Expr.Noise> noises = new LinkedHashSet<>();

  /**
   * @param drawn the value of a draw
   */
  OracleTable(Model model, UnaryOperator<Expr> drawn, SumTable sums, List<Expr> values) {
    this.model = model;
    this.drawn = drawn;
    this.sums = sums;
    values.forEach(value -> Walk.visit(value, this::requireNoNormOfExamples));
    values.forEach(this::findPerExample);
  }

  /**
   * A mean over the minibatch of plain derivatives is the derivative of the mean; anything else
   * needs single ones.
   */
  private void findPerExample(Expr expr) {
    switch (expr) {
      case Expr.Reduce(boolean mean, Sym _, Axis.Batch _, Expr.Oracle inner) when mean ->
          Walk.children(inner).forEach(this::findPerExample);
      case Expr.Reduce(boolean mean, Sym _, Axis.Batch _, Expr.Component(Expr.Oracle inner, int _))
          when mean ->
          findPerExample(inner.point());
      case Expr.Oracle oracle when oracle.example().isPresent() -> {
        perExample.add(question(oracle));
        Walk.children(oracle).forEach(this::findPerExample);
      }
      default -> Walk.children(expr).forEach(this::findPerExample);
    }
  }

  private static Question question(Expr.Oracle oracle) {
    return new Question(oracle.function(), oracle.order(), oracle.point(), oracle.direction());
  }

  /** The noises that are drawn, in the order of their declaration. */
  List<Expr.Noise> noises() {
    return noises.stream().sorted(Comparator.comparingInt(Expr.Noise::rank)).toList();
  }

  List<Program.Phase> phases() {
    return phases.stream()
        .map(
            asked ->
                new Program.Phase(
                    List.of(), asked.point, asked.direction, List.copyOf(asked.answers)))
        .toList();
  }

  /** The expression with answers in place of oracles and the noise of the current draw. */
  Expr answered(Expr expr) {
    return switch (expr) {
      case Expr.Reduce(boolean mean, Sym _, Axis.Batch _, Expr.Oracle oracle)
          when mean && !perExample.contains(question(oracle)) ->
          answer(oracle);
      case Expr.Reduce(
              boolean mean,
              Sym _,
              Axis.Batch _,
              Expr.Component(Expr.Oracle oracle, int number))
          when mean && !perExample.contains(question(oracle)) ->
          Exprs.component(answer(oracle), number);
      case Expr.Reduce(boolean mean, Sym _, Axis.Batch _, Expr _) when !mean ->
          throw Failure.at(
                  model.spec().name().span(),
                  Code.SHAPE,
                  "a sum over a minibatch depends on its size")
              .note("in: " + ExprPrinter.TEXT.print(expr))
              .hint("use `mean(i in batch(...))` and scale it");
      case Expr.Reduce sum when CoordinateSums.isSum(sum) ->
          sums.ofDraw(sum.mean(), answered(sum.body()), this::answeredPhases);
      case Expr.Oracle oracle -> answer(oracle);
      case Expr.Draw _ -> answered(drawn.apply(expr));
      case Expr.Noise(String name, int rank, Expr.Distribution distribution, Optional<Expr> _) -> {
        Expr.Noise own = new Expr.Noise(name, rank, distribution, Optional.empty());
        noises.add(own);
        yield own;
      }
      default -> Walk.mapChildren(expr, this::answered);
    };
  }

  /** How many phases have to be answered before an answer is known. */
  private int answeredPhases(Sym answer) {
    for (int phase = 0; phase < phases.size(); phase++) {
      if (phases.get(phase).answers.stream().anyMatch(each -> each.symbol().equals(answer))) {
        return phase + 1;
      }
    }
    throw new IllegalArgumentException("not asked: " + answer);
  }

  private void requireNoNormOfExamples(Expr expr) {
    if (!(expr instanceof Expr.Reduce reduce) || !(reduce.axis() instanceof Axis.Batch)) {
      return;
    }
    for (Expr sum : Walk.find(reduce.body(), CoordinateSums::isSum)) {
      if (Walk.contains(sum, reduce.index())) {
        throw Failure.at(
                model.spec().name().span(),
                Code.SHAPE,
                "all coordinates are taken together for each single example of a minibatch")
            .note("in: " + ExprPrinter.TEXT.print(reduce))
            .hint("take the norm or average of their mean, or of a loss that is no sum over data");
      }
    }
  }

  /** Answers do not say to which data axis they belong. */
  private void requireOneAxis(Expr.Oracle oracle) {
    Expr index = oracle.example().orElse(Exprs.ONE);
    Expr before = axes.putIfAbsent(oracle.function(), index);
    if (before != null && !before.equals(index)) {
      throw Failure.at(
              model.spec().loss().span(),
              Code.SHAPE,
              "`" + oracle.function() + "` is asked for examples of more than one data axis")
          .hint("give the losses on different axes different names");
    }
  }

  private Sym answer(Expr.Oracle oracle) {
    requireOneAxis(oracle);
    Question question = question(oracle);
    Sym known = symbols.get(question);
    if (known != null) {
      return known;
    }
    AnswerKind kind = kind(oracle, perExample.contains(question));
    // First the point, so that what it depends on is asked before.
    Expr point = answered(oracle.point());
    Optional<Expr> direction = oracle.direction().map(this::answered);
    int rank = symbols.size();
    Sym symbol = new Sym(Sym.Kind.ANSWER, name(kind), rank, Domain.REAL);
    symbols.put(question, symbol);
    asked(point, direction).answers.add(new Program.Answer(symbol, oracle.function(), kind));
    return symbol;
  }

  /** The phase in which a question is asked: as early as its point and its direction are known. */
  private Asked asked(Expr point, Optional<Expr> direction) {
    int first = direction.map(along -> sums.answered(along, this::answeredPhases)).orElse(0);
    for (Asked phase : phases.subList(first, phases.size())) {
      boolean free = direction.isEmpty() || phase.direction.isEmpty();
      if (phase.point.equals(point) && (free || phase.direction.equals(direction))) {
        phase.direction = phase.direction.or(() -> direction);
        return phase;
      }
    }
    Asked another = new Asked(point);
    another.direction = direction;
    phases.add(another);
    return another;
  }

  private String name(AnswerKind kind) {
    String stem = kind.isDirected() ? "Hv" : List.of("f", "g", "H").get(kind.order());
    long before =
        symbols.values().stream().filter(symbol -> symbol.name().matches(stem + "\\d*")).count();
    return before == 0 ? stem : stem + (before + 1);
  }

  private void requireOneDirection(Expr.Oracle oracle, boolean single) {
    Expr direction = oracle.direction().orElseThrow();
    boolean perExample =
        oracle.example().filter(index -> Walk.contains(direction, index)).isPresent();
    if (single || perExample) {
      throw productsOfExamples(model, oracle);
    }
  }

  /** Why a product with the Hessian of single examples' losses cannot be asked for. */
  static Failure productsOfExamples(Model model, Expr.Oracle oracle) {
    return Failure.at(
            model.spec().loss().span(),
            Code.SHAPE,
            "the Hessian of each example's loss would be multiplied with a vector")
        .note("as: " + ExprPrinter.TEXT.print(oracle))
        .hint("multiply the Hessian of their mean, which takes one pass more for all of them");
  }

  private AnswerKind kind(Expr.Oracle oracle, boolean single) {
    if (oracle.direction().isPresent()) {
      requireOneDirection(oracle, single);
      return AnswerKind.HESSIAN_VECTOR_PRODUCT;
    }
    if (oracle.order() <= AnswerKind.MAX_ORDER) {
      return AnswerKind.of(oracle.order(), single);
    }
    throw Failure.at(
            model.spec().loss().span(),
            Code.LOSS,
            "the update asks for derivatives of `"
                + oracle.function()
                + "` of order "
                + oracle.order())
        .note("as: " + ExprPrinter.TEXT.print(oracle))
        .hint("values, gradients and Hessian diagonals can be asked for");
  }
}
