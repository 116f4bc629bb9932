package org.blrc.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.blrc.program.Program.Answer;
import org.blrc.program.Program.Assign;
import org.blrc.program.Program.CoordinateSum;
import org.blrc.program.Program.Phase;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Walk;

/** What the names of a program stand for: locals, accumulators and new states by their values. */
final class Definitions {

  /** What a value varies with; each level includes those before it. */
  enum Level {
    STEP,
    COORDINATE,
    EXAMPLE
  }

  private record Name(Sym.Kind kind, String name) {}

  private final Map<Name, Expr> values = new HashMap<>();
  private final Set<String> rows = new LinkedHashSet<>();
  private final Set<String> sums = new LinkedHashSet<>();

  /** An accumulator stands for its body, which is its value where one draw is made. */
  Definitions(Program program) {
    program.scalars().forEach(this::define);
    for (Phase phase : program.phases()) {
      phase.locals().forEach(this::define);
      phase.answers().stream()
          .filter(answer -> answer.kind().perExample())
          .map(Answer::symbol)
          .forEach(symbol -> rows.add(symbol.name()));
    }
    for (CoordinateSum sum : program.sums()) {
      sums.add(sum.name());
      define(sum.symbol(), sum.body());
    }
    program.accumulators().forEach(each -> define(each.symbol(), each.body()));
    program.update().forEach(this::define);
  }

  private void define(Assign assign) {
    define(assign.target(), assign.value());
  }

  private void define(Sym symbol, Expr value) {
    values.put(new Name(symbol.kind(), symbol.name()), value);
  }

  /** The value of a local or of a new state. */
  Expr value(Sym symbol) {
    return values.get(new Name(symbol.kind(), symbol.name()));
  }

  private boolean isSum(Sym symbol) {
    return symbol.kind() == Sym.Kind.LOCAL && sums.contains(symbol.name());
  }

  /** The hyper-parameters that values are computed from, by way of sums, too. */
  Set<String> hypers(List<Expr> expressions) {
    Set<String> found = new LinkedHashSet<>();
    Set<Expr> seen = new LinkedHashSet<>();
    expressions.forEach(expr -> collectHypers(expr, found, seen));
    return found;
  }

  private void collectHypers(Expr expr, Set<String> found, Set<Expr> seen) {
    if (!seen.add(expr)) {
      return;
    }
    if (expr instanceof Sym symbol) {
      switch (symbol.kind()) {
        case HYPER -> found.add(symbol.name());
        case LOCAL, NEW -> collectHypers(value(symbol), found, seen);
        default -> {}
      }
    }
    Walk.children(expr).forEach(child -> collectHypers(child, found, seen));
  }

  Level level(Expr expr) {
    return switch (expr) {
      case Sym symbol ->
          switch (symbol.kind()) {
            case CONSTANT, HYPER, STEP_NUMBER -> Level.STEP;
            case STATE -> symbol.shared() ? Level.STEP : Level.COORDINATE;
            case ANSWER -> rows.contains(symbol.name()) ? Level.EXAMPLE : Level.COORDINATE;
            case LOCAL, NEW -> isSum(symbol) ? Level.STEP : level(value(symbol));
            case RATE, PARAMETER, VARIABLE, INDEX, META -> throw unexpected(expr);
          };
      case Expr.Noise _, Expr.Reduce _ -> Level.COORDINATE;
      case Expr.Num _ -> Level.STEP;
      case Expr.Add _, Expr.Mul _, Expr.Pow _, Expr.Call _ ->
          Walk.children(expr).stream()
              .map(this::level)
              .reduce(Level.STEP, (left, right) -> left.compareTo(right) > 0 ? left : right);
      case Expr.Vector _ -> Level.COORDINATE;
      case Expr.Component(Expr of, int _) -> level(of);
      case Expr.Oracle _, Expr.Expect _, Expr.Draw _ -> throw unexpected(expr);
    };
  }

  /** The states, answers and noises that values are computed from, each once. */
  List<Expr> inputs(List<Expr> expressions) {
    Set<Expr> found = new LinkedHashSet<>();
    Set<Expr> seen = new LinkedHashSet<>();
    expressions.forEach(expr -> collect(expr, found, seen));
    return new ArrayList<>(found);
  }

  private void collect(Expr expr, Set<Expr> found, Set<Expr> seen) {
    if (!seen.add(expr)) {
      return;
    }
    switch (expr) {
      case Sym symbol -> {
        switch (symbol.kind()) {
          case STATE -> {
            if (!symbol.shared()) {
              found.add(symbol);
            }
          }
          case ANSWER -> found.add(symbol);
          case LOCAL, NEW -> {
            if (!isSum(symbol)) {
              collect(value(symbol), found, seen);
            }
          }
          case CONSTANT, HYPER, STEP_NUMBER, RATE, PARAMETER, VARIABLE, INDEX, META -> {}
        }
      }
      case Expr.Noise _, Expr.Component _ -> found.add(expr);
      default -> Walk.children(expr).forEach(child -> collect(child, found, seen));
    }
  }

  private static IllegalArgumentException unexpected(Expr expr) {
    return new IllegalArgumentException("not part of an update program: " + expr);
  }
}
