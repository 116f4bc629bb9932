package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;

/**
 * Matches patterns against expressions, sums and products modulo associativity and commutativity.
 */
final class Matcher {

  /** A match, and what of a sum or product it leaves over. */
  record Match(Bindings bindings, Rest rest) {}

  sealed interface Rest {
    record None() implements Rest {}

    record Terms(List<Expr> terms) implements Rest {}

    record Factors(List<Expr> factors) implements Rest {}

    default Expr join(Expr replacement) {
      return switch (this) {
        case None _ -> replacement;
        case Terms(List<Expr> terms) -> Exprs.add(replacement, Exprs.add(terms));
        case Factors(List<Expr> factors) -> Exprs.mul(replacement, Exprs.mul(factors));
      };
    }
  }

  private Matcher() {}

  /**
   * All ways in which the pattern matches the expression itself, with leftovers where it is a sum
   * or a product.
   */
  static List<Match> match(Pattern pattern, Expr expr) {
    return switch (pattern) {
      case Pattern.Sum(List<Pattern> terms) when expr instanceof Expr.Add(List<Expr> parts) ->
          partial(terms, parts, Bindings.NONE, Optional.empty()).stream()
              .map(found -> new Match(found.bindings(), new Rest.Terms(found.left())))
              .toList();
      case Pattern.Product(List<Pattern> factors) ->
          partial(factors, Exprs.factors(expr), Bindings.NONE, Optional.empty()).stream()
              .map(found -> new Match(found.bindings(), new Rest.Factors(found.left())))
              .toList();
      default ->
          whole(pattern, expr, Bindings.NONE, Optional.empty()).stream()
              .map(bindings -> new Match(bindings, new Rest.None()))
              .toList();
    };
  }

  private record Partial(Bindings bindings, List<Expr> left) {}

  private static List<Partial> partial(
      List<Pattern> patterns, List<Expr> parts, Bindings bindings, Optional<Sym> binder) {
    if (patterns.isEmpty()) {
      return List.of(new Partial(bindings, parts));
    }
    Pattern first = patterns.getFirst();
    List<Pattern> others = patterns.subList(1, patterns.size());
    List<Partial> found = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      List<Expr> remaining = new ArrayList<>(parts);
      Expr part = remaining.remove(i);
      for (Bindings next : whole(first, part, bindings, binder)) {
        found.addAll(partial(others, remaining, next, binder));
      }
    }
    return found;
  }

  private static List<Bindings> whole(
      Pattern pattern, Expr expr, Bindings bindings, Optional<Sym> binder) {
    return switch (pattern) {
      case Pattern.Exactly(Expr expected) ->
          expected.equals(expr) || (sameKind(expected, expr) && Normal.equal(expected, expr))
              ? List.of(bindings)
              : List.of();
      case Pattern.Any(String name) -> bind(bindings, name, new Value.Scalar(expr));
      case Pattern.Abstraction(String function) ->
          binder
              .map(variable -> bind(bindings, function, new Value.Lambda(variable, expr)))
              .orElse(List.of());
      case Pattern.Index() -> binder.filter(expr::equals).map(_ -> bindings).stream().toList();
      case Pattern.Sum(List<Pattern> terms) ->
          all(terms, Exprs.terms(expr), Exprs::add, bindings, binder);
      case Pattern.Product(List<Pattern> factors) ->
          all(factors, Exprs.factors(expr), Exprs::mul, bindings, binder);
      case Pattern.Power(Pattern base, Pattern exponent) ->
          expr instanceof Expr.Pow(Expr b, Expr e)
              ? whole(base, b, bindings, binder).stream()
                  .flatMap(next -> whole(exponent, e, next, binder).stream())
                  .toList()
              : List.of();
      case Pattern.Call(var function, List<Pattern> arguments) ->
          expr instanceof Expr.Call(var called, List<Expr> values) && called == function
              ? inOrder(arguments, values, bindings, binder)
              : List.of();
      case Pattern.Derivative derivative ->
          expr instanceof Expr.Oracle oracle
                  && oracle.order() == derivative.order()
                  && oracle.direction().isPresent() == derivative.direction().isPresent()
              ? derivative(derivative, oracle, bindings, binder)
              : List.of();
      case Pattern.Expectation(var over, Pattern body) ->
          expr instanceof Expr.Expect(Sym variable, Expr inner) && isOver(over, variable)
              ? whole(body, inner, bindings, Optional.of(variable))
              : List.of();
      case Pattern.Reduction(boolean mean, Pattern.AxisName axis, Pattern body) ->
          expr instanceof Expr.Reduce reduce && reduce.mean() == mean
              ? axis(axis, reduce.axis(), bindings, binder).stream()
                  .flatMap(
                      next ->
                          whole(body, reduce.body(), next, Optional.of(reduce.index())).stream())
                  .toList()
              : List.of();
      case Pattern.Draw(var of, Pattern index) ->
          expr instanceof Expr.Draw(Sym variable, Expr which) && isOver(of, variable)
              ? whole(index, which, bindings, binder)
              : List.of();
    };
  }

  private static boolean isOver(Optional<Sym> wanted, Sym variable) {
    return wanted.map(variable::equals).orElse(true);
  }

  private static boolean sameKind(Expr expected, Expr expr) {
    return expected.getClass() == expr.getClass()
        && !(expected instanceof Sym)
        && !(expected instanceof Expr.Num);
  }

  /** All terms must be used; a name among the patterns takes what the others leave. */
  private static List<Bindings> all(
      List<Pattern> patterns,
      List<Expr> parts,
      java.util.function.Function<List<Expr>, Expr> join,
      Bindings bindings,
      Optional<Sym> binder) {
    Predicate<Pattern> takesRest =
        pattern -> pattern instanceof Pattern.Any || pattern instanceof Pattern.Abstraction;
    Optional<Pattern> rest = patterns.stream().filter(takesRest).findFirst();
    List<Pattern> others = new ArrayList<>(patterns);
    rest.ifPresent(others::remove);
    List<Bindings> found = new ArrayList<>();
    for (Partial partial : partial(others, parts, bindings, binder)) {
      if (rest.isPresent() && !partial.left().isEmpty()) {
        found.addAll(whole(rest.get(), join.apply(partial.left()), partial.bindings(), binder));
      } else if (rest.isEmpty() && partial.left().isEmpty()) {
        found.add(partial.bindings());
      }
    }
    return found;
  }

  private static List<Bindings> inOrder(
      List<Pattern> patterns, List<Expr> values, Bindings bindings, Optional<Sym> binder) {
    List<Bindings> states = List.of(bindings);
    for (int i = 0; i < patterns.size(); i++) {
      Pattern pattern = patterns.get(i);
      Expr value = values.get(i);
      states =
          states.stream().flatMap(state -> whole(pattern, value, state, binder).stream()).toList();
    }
    return states;
  }

  private static List<Bindings> derivative(
      Pattern.Derivative pattern, Expr.Oracle oracle, Bindings bindings, Optional<Sym> binder) {
    boolean split = pattern.example().isPresent();
    if (split && oracle.example().isEmpty()) {
      return List.of();
    }
    boolean unapplied = pattern.point().isEmpty();
    Value.OracleFunction function =
        new Value.OracleFunction(
            oracle.function(),
            oracle.rank(),
            0,
            split || unapplied ? Optional.empty() : oracle.example());
    List<Bindings> states =
        switch (pattern.function()) {
          case Pattern.FunctionName.Fixed(String name, Value.OracleFunction fixed) -> {
            if (fixed.rank() != oracle.rank() || !fixed.name().equals(oracle.function())) {
              yield List.<Bindings>of();
            }
            // Where it is that of an example, the name means that of this example.
            yield function.example().isPresent()
                ? bind(bindings, name, function)
                : List.of(bindings);
          }
          // What is known is never meant by a rule about some function.
          case Pattern.FunctionName.Bound(String _) when Responsibility.is(oracle) -> List.of();
          case Pattern.FunctionName.Bound(String name) -> bind(bindings, name, function);
        };
    if (pattern.direction().isPresent()) {
      states =
          states.stream()
              .flatMap(
                  state ->
                      whole(
                          pattern.direction().get(),
                          oracle.direction().orElseThrow(),
                          state,
                          binder)
                          .stream())
              .toList();
    }
    if (unapplied) {
      return states.stream()
          .map(state -> state.at(new Bindings.Place(oracle.example(), oracle.point())))
          .toList();
    }
    if (split) {
      Pattern example = pattern.example().get();
      states =
          states.stream()
              .flatMap(
                  state -> whole(example, oracle.example().orElseThrow(), state, binder).stream())
              .toList();
    }
    return states.stream()
        .flatMap(state -> whole(pattern.point().get(), oracle.point(), state, binder).stream())
        .toList();
  }

  private static List<Bindings> axis(
      Pattern.AxisName pattern, Axis axis, Bindings bindings, Optional<Sym> binder) {
    return switch (pattern) {
      case Pattern.AxisName.Fixed(Axis fixed) -> fixed.equals(axis) ? List.of(bindings) : List.of();
      case Pattern.AxisName.Bound(String name, boolean batch) ->
          switch (axis) {
            case Axis.Data data when !batch -> bind(bindings, name, new Value.AxisValue(data));
            case Axis.Batch(Axis.Data data) when batch ->
                bind(bindings, name, new Value.AxisValue(data));
            default -> List.of();
          };
      case Pattern.AxisName.Draws(Pattern count) ->
          axis instanceof Axis.Draws(Expr number)
              ? whole(count, number, bindings, binder)
              : List.of();
    };
  }

  private static List<Bindings> bind(Bindings bindings, String name, Value value) {
    Optional<Value> bound = bindings.find(name);
    if (bound.isEmpty()) {
      return List.of(bindings.with(name, value));
    }
    boolean same =
        (bound.get() instanceof Value.Scalar(Expr left)
                && value instanceof Value.Scalar(Expr right))
            ? Normal.equal(left, right)
            : bound.get().equals(value);
    return same ? List.of(bindings) : List.of();
  }
}
