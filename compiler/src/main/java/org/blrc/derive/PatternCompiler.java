package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Function;
import org.blrc.syntax.Code;
import org.blrc.syntax.Span;
import org.blrc.syntax.Term;

/** Reads the left side of a rewrite: names that nothing declares are bound by the match. */
final class PatternCompiler {

  private final Lowering lowering;

  /** The names that the binders around the current place bind, innermost last. */
  private final List<String> binders = new ArrayList<>();

  private PatternCompiler(Lowering lowering) {
    this.lowering = lowering;
  }

  static Pattern compile(Term term, Lowering lowering) {
    return new PatternCompiler(lowering).pattern(term);
  }

  private Pattern pattern(Term term) {
    if (isClosed(term) && !isUnappliedDerivative(term)) {
      return new Pattern.Exactly(lowering.expr(term));
    }
    return switch (term) {
      case Term.Literal _ -> new Pattern.Exactly(lowering.expr(term));
      case Term.Compact compact -> throw Lowering.single(compact);
      case Term.Reference(Span _, String name) ->
          lowering.scope().find(name).isPresent() || binders.contains(name)
              ? bound(term, name)
              : new Pattern.Any(name);
      case Term.Negate(Span _, Term operand) ->
          new Pattern.Product(List.of(new Pattern.Exactly(Exprs.MINUS_ONE), pattern(operand)));
      case Term.Binary(Span _, Term.Operator operator, Term left, Term right) ->
          binary(operator, left, right);
      case Term.Expectation(Span _, Term body) -> {
        String variable = lowering.variable().map(symbol -> nameOf(symbol)).orElse("");
        yield new Pattern.Expectation(lowering.variable(), under(variable, body));
      }
      case Term.Reduction(Span _, var kind, Term.Name index, Term.Axis axis, Term body) ->
          new Pattern.Reduction(
              kind == Term.Reduction.Kind.MEAN, axis(axis), under(index.text(), body));
      case Term.Apply(Span span, Term head, List<Term.Argument> arguments) ->
          application(span, head, arguments.stream().map(Term.Argument::value).toList());
    };
  }

  /** The name that the scope gives to the random variable. */
  private String nameOf(Expr.Sym symbol) {
    return lowering.scope().names().entrySet().stream()
        .filter(entry -> entry.getValue().equals(new Value.Scalar(symbol)))
        .map(java.util.Map.Entry::getKey)
        .sorted()
        .findFirst()
        .orElse(symbol.name());
  }

  private Pattern under(String binder, Term body) {
    binders.add(binder);
    Pattern pattern = pattern(body);
    binders.removeLast();
    return pattern;
  }

  private Pattern bound(Term term, String name) {
    return lowering.scope().find(name).isPresent()
        ? new Pattern.Exactly(lowering.expr(term))
        : new Pattern.Index();
  }

  private Pattern binary(Term.Operator operator, Term left, Term right) {
    return switch (operator) {
      case ADD -> new Pattern.Sum(List.of(pattern(left), pattern(right)));
      case SUBTRACT ->
          new Pattern.Sum(
              List.of(
                  pattern(left),
                  new Pattern.Product(
                      List.of(new Pattern.Exactly(Exprs.MINUS_ONE), pattern(right)))));
      case MULTIPLY -> new Pattern.Product(List.of(pattern(left), pattern(right)));
      case DIVIDE ->
          new Pattern.Product(
              List.of(
                  pattern(left),
                  isClosed(right)
                      ? new Pattern.Exactly(Exprs.reciprocal(lowering.expr(right)))
                      : new Pattern.Power(pattern(right), new Pattern.Exactly(Exprs.MINUS_ONE))));
      case POWER -> new Pattern.Power(pattern(left), pattern(right));
    };
  }

  private Pattern application(Span span, Term head, List<Term> arguments) {
    Optional<Term> differentiated = differentiated(head);
    if (differentiated.isPresent()) {
      return derivative(order(head), direction(head), differentiated.get(), arguments);
    }
    if (head instanceof Term.Reference(Span _, String name)) {
      Optional<Value> known = lowering.scope().find(name);
      if (known.isPresent()) {
        if (known.get() instanceof Value.OracleFunction) {
          return derivative(0, Optional.empty(), head, arguments);
        }
      } else if (isDerivative(name, arguments.size())) {
        // grad(f), hess(f) or hess(f, v), not applied to a point.
        return new Pattern.Derivative(
            order(name),
            arguments.size() == 2 ? Optional.of(pattern(arguments.getLast())) : Optional.empty(),
            functionName(arguments.getFirst()),
            Optional.empty(),
            Optional.empty());
      } else if (name.equals("sample") && arguments.size() == 1) {
        return new Pattern.Draw(lowering.variable(), pattern(arguments.getFirst()));
      } else if (name.equals("sqrt") && arguments.size() == 1) {
        return new Pattern.Power(pattern(arguments.getFirst()), new Pattern.Exactly(Exprs.HALF));
      } else {
        Optional<Function> function = Function.named(name);
        if (function.isPresent()) {
          return new Pattern.Call(function.get(), arguments.stream().map(this::pattern).toList());
        }
        if (arguments.size() == 1
            && arguments.getFirst() instanceof Term.Reference(Span _, String argument)
            && !binders.isEmpty()
            && binders.getLast().equals(argument)) {
          return new Pattern.Abstraction(name);
        }
      }
    }
    if (head instanceof Term.Reference(Span _, String name)
        && List.of("norm", "average", "total").contains(name)) {
      throw Failure.at(span, Code.PATTERN, "`" + span.text() + "` cannot be matched")
          .hint(
              "what runs over all coordinates is found only as it stands, with declared names"
                  + " alone, as in `%s(m)`".formatted(name));
    }
    throw Failure.at(span, Code.PATTERN, "`" + span.text() + "` cannot be matched")
        .hint(
            "an unknown function may only be applied to what the pattern around it binds, as in"
                + " `E[f(theta)]`");
  }

  private Pattern derivative(
      int order, Optional<Pattern> direction, Term function, List<Term> arguments) {
    Optional<Pattern> example =
        arguments.size() == 2 ? Optional.of(pattern(arguments.getFirst())) : Optional.empty();
    return new Pattern.Derivative(
        order,
        direction,
        functionName(function),
        example,
        Optional.of(pattern(arguments.getLast())));
  }

  private Pattern.FunctionName functionName(Term term) {
    if (term instanceof Term.Reference(Span span, String name)) {
      Optional<Value> known = lowering.scope().find(name);
      if (known.isEmpty()) {
        return new Pattern.FunctionName.Bound(name);
      }
      if (known.get() instanceof Value.OracleFunction function) {
        return new Pattern.FunctionName.Fixed(name, function);
      }
      throw Failure.at(
          span, Code.NOT_A_FUNCTION, "`" + name + "` is not a function of the variable");
    }
    throw Failure.at(term.span(), Code.NOT_A_FUNCTION, "a function's name is expected here");
  }

  private Pattern.AxisName axis(Term.Axis axis) {
    return switch (axis) {
      case Term.Axis.Named(Span _, Term.Name name) ->
          lowering.scope().find(name.text()).isPresent()
              ? new Pattern.AxisName.Fixed(lowering.axis(axis))
              : new Pattern.AxisName.Bound(name.text(), false);
      case Term.Axis.Sub(Span _, Term.Name _, Term.Name name) ->
          lowering.scope().find(name.text()).isPresent()
              ? new Pattern.AxisName.Fixed(lowering.axis(axis))
              : new Pattern.AxisName.Bound(name.text(), true);
      case Term.Axis.Range(Span _, Term _, Term upper) ->
          isClosed(upper) && lowering.axis(axis) instanceof Axis.Draws(Expr count)
              ? new Pattern.AxisName.Draws(new Pattern.Exactly(count))
              : new Pattern.AxisName.Draws(pattern(upper));
    };
  }

  /** What {@code grad(f)}, {@code hess(f)} or {@code hess(f, v)} differentiates. */
  private Optional<Term> differentiated(Term head) {
    return head instanceof Term.Apply(Span _, Term inner, List<Term.Argument> arguments)
            && inner instanceof Term.Reference(Span _, String name)
            && isDerivative(name, arguments.size())
        ? Optional.of(arguments.getFirst().value())
        : Optional.empty();
  }

  private Optional<Pattern> direction(Term head) {
    return head instanceof Term.Apply(Span _, Term _, List<Term.Argument> arguments)
            && arguments.size() == 2
        ? Optional.of(pattern(arguments.getLast().value()))
        : Optional.empty();
  }

  private boolean isDerivative(String name, int arguments) {
    return order(name) > 0 && (arguments == 1 || (arguments == 2 && order(name) == 2));
  }

  private int order(Term term) {
    return term
            instanceof
            Term.Apply(Span _, Term.Reference(Span _, String name), List<Term.Argument> _)
        ? order(name)
        : 0;
  }

  private int order(String name) {
    if (lowering.scope().find(name).isPresent()) {
      return 0;
    }
    return name.equals("grad") ? 1 : name.equals("hess") ? 2 : 0;
  }

  private boolean isUnappliedDerivative(Term term) {
    return order(term) > 0;
  }

  /** Whether every name is declared, so that the term means one expression. */
  private boolean isClosed(Term term) {
    return switch (term) {
      case Term.Literal _ -> true;
      case Term.Reference(Span _, String name) ->
          lowering.scope().find(name).isPresent() && !binders.contains(name);
      case Term.Negate(Span _, Term operand) -> isClosed(operand);
      case Term.Binary(Span _, var _, Term left, Term right) -> isClosed(left) && isClosed(right);
      case Term.Apply(Span _, Term head, List<Term.Argument> arguments) ->
          (isBuiltIn(head) || isClosed(head))
              && arguments.stream().allMatch(argument -> isClosed(argument.value()))
              && !isUnappliedDerivative(term);
      case Term.Compact _, Term.Expectation _, Term.Reduction _ -> false;
    };
  }

  private boolean isBuiltIn(Term head) {
    return head instanceof Term.Reference(Span _, String name)
        && lowering.scope().find(name).isEmpty()
        && (Function.named(name).isPresent()
            || List.of("sqrt", "norm", "average", "total", "new", "size", "grad", "hess")
                .contains(name));
  }
}
