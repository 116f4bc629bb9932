package org.blrc.derive;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.blrc.symbolic.CoordinateSums;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.syntax.Code;
import org.blrc.syntax.Span;
import org.blrc.syntax.Term;

/**
 * Gives expressions as written their meaning.
 *
 * @param variable the random variable of {@code E} and {@code sample}, where there is one
 * @param connection the Levi-Civita connection of what a term names: a state, or several
 * @param estimate the one estimate that an unapplied derivative such as {@code grad(ell)} stands
 *     for
 */
record Lowering(
    Scope scope,
    Optional<Sym> variable,
    Function<Term, Value.Bilinear> connection,
    Function<Value.OracleFunction, Expr> estimate) {

  /** For texts without an update around them: declarations of families and of optimizers. */
  static Lowering plain(Scope scope) {
    return new Lowering(
        scope,
        Optional.empty(),
        state -> {
          throw new IllegalStateException("no connection outside a rule: " + state);
        },
        function -> {
          throw new IllegalStateException("no estimate outside a rule: " + function);
        });
  }

  Lowering in(Scope inner) {
    return new Lowering(inner, variable, connection, estimate);
  }

  Lowering withConnection(Function<Term, Value.Bilinear> other) {
    return new Lowering(scope, variable, other, estimate);
  }

  Expr expr(Term term) {
    return switch (term) {
      case Term.Literal(Span _, var value) -> Exprs.num(value);
      case Term.Negate(Span _, Term operand) -> Exprs.negate(expr(operand));
      case Term.Binary(Span _, Term.Operator operator, Term left, Term right) ->
          binary(operator, expr(left), expr(right), term.span());
      case Term.Expectation(Span span, Term body) -> new Expr.Expect(variable(span), expr(body));
      case Term.Reduction reduction -> reduction(reduction);
      case Term.Compact compact -> throw single(compact);
      case Term.Reference _, Term.Apply _ ->
          switch (value(term)) {
            case Value.Scalar(Expr expr) -> expr;
            case Value.OracleFunction function when function.order() > 0 ->
                estimate.apply(function);
            case Value.Callable _, Value.AxisValue _, Value.Bilinear _ ->
                throw Failure.at(
                    term.span(), Code.SHAPE, "`" + term.span().text() + "` is not a number");
          };
    };
  }

  /** Specs come here in single components, and rules have none. */
  static IllegalStateException single(Term.Compact compact) {
    return new IllegalStateException("not checked: " + compact.span().text());
  }

  private Sym variable(Span span) {
    return variable.orElseThrow(
        () -> Failure.at(span, Code.SHAPE, "there is no random variable here"));
  }

  private static Expr binary(Term.Operator operator, Expr left, Expr right, Span span) {
    return switch (operator) {
      case ADD -> Exprs.add(left, right);
      case SUBTRACT -> Exprs.subtract(left, right);
      case MULTIPLY -> Exprs.mul(left, right);
      case DIVIDE -> {
        if (right.equals(Exprs.ZERO)) {
          throw Failure.at(span, Code.DOMAIN, "this divides by zero");
        }
        yield Exprs.divide(left, right);
      }
      case POWER -> {
        if (left.equals(Exprs.ZERO) && Exprs.coefficient(right).signum() < 0) {
          throw Failure.at(span, Code.DOMAIN, "this divides by zero");
        }
        yield Exprs.pow(left, right);
      }
    };
  }

  private Expr reduction(Term.Reduction reduction) {
    Axis axis = axis(reduction.axis());
    boolean mean = reduction.kind() == Term.Reduction.Kind.MEAN;
    Sym index = Symbols.index(axis);
    Expr body = in(scope.with(reduction.index().text(), index)).expr(reduction.body());
    return new Expr.Reduce(mean, index, axis, body);
  }

  Axis axis(Term.Axis axis) {
    return switch (axis) {
      case Term.Axis.Named(Span span, Term.Name name) -> named(name.text(), span);
      case Term.Axis.Sub(Span span, Term.Name _, Term.Name name) ->
          named(name.text(), span) instanceof Axis.Data data ? new Axis.Batch(data) : fail(span);
      case Term.Axis.Range(Span span, Term lower, Term upper) -> {
        if (!expr(lower).equals(Exprs.ONE)) {
          throw Failure.at(span, Code.SHAPE, "draws are counted from 1").hint("write `1..n`");
        }
        yield new Axis.Draws(expr(upper));
      }
    };
  }

  private Axis named(String name, Span span) {
    return scope.find(name).orElse(null) instanceof Value.AxisValue(Axis axis) ? axis : fail(span);
  }

  private static Axis fail(Span span) {
    throw Failure.at(span, Code.SHAPE, "`" + span.text() + "` is not a data axis");
  }

  /** The value of a reference or an application. */
  Value value(Term term) {
    return switch (term) {
      case Term.Reference(Span span, String name) ->
          scope
              .find(name)
              .orElseThrow(
                  () -> Failure.at(span, Code.UNKNOWN_NAME, "`" + name + "` is not declared"));
      case Term.Apply(Span span, Term head, List<Term.Argument> arguments) ->
          head instanceof Term.Reference(Span _, String name) && scope.find(name).isEmpty()
              ? builtIn(name, arguments.stream().map(Term.Argument::value).toList(), span)
              : apply(value(head), arguments.stream().map(Term.Argument::value).toList(), span);
      default -> new Value.Scalar(expr(term));
    };
  }

  private Value apply(Value head, List<Term> arguments, Span span) {
    return switch (head) {
      case Value.Callable callable when arguments.size() == 1 ->
          new Value.Scalar(callable.apply(Optional.empty(), expr(arguments.getFirst())));
      case Value.Callable callable when arguments.size() == 2 ->
          new Value.Scalar(
              callable.apply(Optional.of(expr(arguments.getFirst())), expr(arguments.getLast())));
      case Value.Bilinear form when arguments.size() == 2 ->
          new Value.Scalar(
              form.at(
                  scope,
                  place -> in(place).expr(arguments.getFirst()),
                  place -> in(place).expr(arguments.getLast())));
      default ->
          throw Failure.at(
              span, Code.NOT_A_FUNCTION, "`" + span.text() + "` cannot be applied like this");
    };
  }

  private Value builtIn(String name, List<Term> arguments, Span span) {
    Optional<org.blrc.symbolic.Function> known =
        org.blrc.symbolic.Function.named(name)
            .filter(function -> function.arity() == arguments.size());
    if (known.isPresent()) {
      return new Value.Scalar(Exprs.call(known.get(), arguments.stream().map(this::expr).toList()));
    }
    if (name.equals("hess") && arguments.size() == 2) {
      return hessianAlong(arguments.getFirst(), expr(arguments.getLast()));
    }
    if (arguments.size() == 1) {
      Term argument = arguments.getFirst();
      switch (name) {
        case "sqrt" -> {
          return new Value.Scalar(Exprs.sqrt(expr(argument)));
        }
        case "norm" -> {
          return new Value.Scalar(CoordinateSums.norm(expr(argument)));
        }
        case "average" -> {
          return new Value.Scalar(CoordinateSums.average(expr(argument)));
        }
        case "total" -> {
          return new Value.Scalar(CoordinateSums.sum(expr(argument)));
        }
        case "grad" -> {
          return function(argument).derivative(1);
        }
        case "hess" -> {
          return function(argument).derivative(2);
        }
        case "new" -> {
          return new Value.Scalar(Symbols.newValue(state(argument)));
        }
        case "sample" -> {
          return new Value.Scalar(new Expr.Draw(variable(span), expr(argument)));
        }
        case "connection" -> {
          return connection.apply(argument);
        }
        case "size" -> {
          if (value(argument) instanceof Value.AxisValue(Axis.Data data)) {
            return new Value.Scalar(data.size());
          }
        }
        default -> {}
      }
    }
    throw Failure.at(
        span, Code.UNKNOWN_FUNCTION, "there is no function `" + name + "` that fits here");
  }

  private Value.Callable function(Term term) {
    if (value(term) instanceof Value.Callable callable) {
      return callable;
    }
    throw Failure.at(
        term.span(),
        Code.NOT_A_FUNCTION,
        "`" + term.span().text() + "` is not a function of the variable");
  }

  private Value hessianAlong(Term function, Expr direction) {
    return function(function)
        .hessianAlong(direction)
        .orElseThrow(
            () ->
                Failure.at(
                        function.span(),
                        Code.LOSS,
                        "the Hessian of `"
                            + function.span().text()
                            + "` cannot be multiplied with a vector")
                    .note("it is an expression in a loss, or a derivative of one")
                    .hint("take the Hessian of the loss itself, as in `hess(ell, v)(m)`"));
  }

  Sym state(Term term) {
    if (expr(term) instanceof Sym symbol && symbol.kind() == Sym.Kind.STATE) {
      return symbol;
    }
    throw Failure.at(term.span(), Code.NOT_A_STATE, "`" + term.span().text() + "` is not a state");
  }
}
