package org.blrc.symbolic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.blrc.symbolic.Expr.Add;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Call;
import org.blrc.symbolic.Expr.Component;
import org.blrc.symbolic.Expr.Draw;
import org.blrc.symbolic.Expr.Expect;
import org.blrc.symbolic.Expr.Mul;
import org.blrc.symbolic.Expr.Noise;
import org.blrc.symbolic.Expr.Num;
import org.blrc.symbolic.Expr.Oracle;
import org.blrc.symbolic.Expr.Pow;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Expr.Vector;

/** Going through expressions. */
public final class Walk {

  private Walk() {}

  /** Rebuilds an expression with every direct child replaced. */
  public static Expr mapChildren(Expr expr, UnaryOperator<Expr> change) {
    return switch (expr) {
      case Num _, Sym _ -> expr;
      case Add(List<Expr> terms) -> Exprs.add(mapList(terms, change));
      case Mul(List<Expr> factors) -> Exprs.mul(mapList(factors, change));
      case Pow(Expr base, Expr exponent) -> Exprs.pow(change.apply(base), change.apply(exponent));
      case Call(Function function, List<Expr> arguments) ->
          Exprs.call(function, mapList(arguments, change));
      case Vector(List<Expr> components) -> new Vector(mapList(components, change));
      case Component(Expr of, int number) -> Exprs.component(change.apply(of), number);
      case Oracle(
              String function,
              int rank,
              int order,
              Optional<Expr> example,
              Expr point,
              Optional<Expr> direction) ->
          new Oracle(
              function,
              rank,
              order,
              example.map(change),
              change.apply(point),
              direction.map(change));
      case Expect(Sym variable, Expr body) -> new Expect(variable, change.apply(body));
      case Reduce(boolean mean, Sym index, Axis axis, Expr body) ->
          new Reduce(mean, index, axis, change.apply(body));
      case Draw(Sym variable, Expr index) -> new Draw(variable, change.apply(index));
      case Noise(String name, int rank, Expr.Distribution distribution, Optional<Expr> index) ->
          new Noise(name, rank, distribution, index.map(change));
    };
  }

  private static List<Expr> mapList(List<Expr> list, UnaryOperator<Expr> change) {
    return list.stream().map(change).toList();
  }

  public static List<Expr> children(Expr expr) {
    return switch (expr) {
      case Num _, Sym _ -> List.of();
      case Add(List<Expr> terms) -> terms;
      case Mul(List<Expr> factors) -> factors;
      case Pow(Expr base, Expr exponent) -> List.of(base, exponent);
      case Call(_, List<Expr> arguments) -> arguments;
      case Vector(List<Expr> components) -> components;
      case Component(Expr of, _) -> List.of(of);
      case Oracle(_, _, _, Optional<Expr> example, Expr point, Optional<Expr> direction) ->
          Stream.of(example, Optional.of(point), direction).flatMap(Optional::stream).toList();
      case Expect(_, Expr body) -> List.of(body);
      case Reduce(_, _, _, Expr body) -> List.of(body);
      case Draw(_, Expr index) -> List.of(index);
      case Noise(_, _, _, Optional<Expr> index) -> index.map(List::of).orElse(List.of());
    };
  }

  public static boolean contains(Expr expr, Predicate<Expr> what) {
    return what.test(expr) || children(expr).stream().anyMatch(child -> contains(child, what));
  }

  public static boolean contains(Expr expr, Expr part) {
    return contains(expr, part::equals);
  }

  public static void visit(Expr expr, Consumer<Expr> visitor) {
    visitor.accept(expr);
    children(expr).forEach(child -> visit(child, visitor));
  }

  /** The distinct parts that satisfy a condition, outermost and leftmost first. */
  public static List<Expr> find(Expr expr, Predicate<Expr> what) {
    List<Expr> found = new ArrayList<>();
    visit(
        expr,
        part -> {
          if (what.test(part) && !found.contains(part)) {
            found.add(part);
          }
        });
    return found;
  }

  public static Expr substitute(Expr expr, Expr from, Expr to) {
    return substitute(expr, Map.of(from, to));
  }

  /** Replaces all parts at once; what was put in is not searched again. */
  public static Expr substitute(Expr expr, Map<? extends Expr, ? extends Expr> replacements) {
    Expr replacement = replacements.get(expr);
    return replacement != null
        ? replacement
        : mapChildren(expr, child -> substitute(child, replacements));
  }

  /** The number of nodes. */
  public static int size(Expr expr) {
    return 1 + children(expr).stream().mapToInt(Walk::size).sum();
  }
}
