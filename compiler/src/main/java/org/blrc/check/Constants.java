package org.blrc.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.blrc.program.ExprEvaluator;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Function;
import org.blrc.symbolic.Rational;
import org.blrc.syntax.Term;

/** Evaluates expressions whose value is known before anything runs. */
final class Constants {

  private static final Expr MINUS_ONE = number(-1, 1);
  private static final Expr HALF = number(1, 2);

  private Constants() {}

  /** The value, where the expression holds nothing but constants and the names given. */
  static OptionalDouble value(Term term, Map<String, Double> names) {
    return lower(term, names)
        .map(expr -> ExprEvaluator.evaluate(expr, symbol -> names.get(symbol.name())))
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  private static Optional<Expr> lower(Term term, Map<String, Double> names) {
    return switch (term) {
      case Term.Literal literal -> Optional.of(new Expr.Num(literal.value()));
      case Term.Reference reference -> name(reference.name(), names);
      case Term.Negate negate ->
          lower(negate.operand(), names).map(x -> new Expr.Mul(List.of(MINUS_ONE, x)));
      case Term.Binary binary ->
          lower(binary.left(), names)
              .flatMap(x -> lower(binary.right(), names).map(y -> combine(binary, x, y)));
      case Term.Apply apply -> call(apply, names);
      case Term.Compact _, Term.Expectation _, Term.Reduction _ -> Optional.empty();
    };
  }

  private static Optional<Expr> name(String name, Map<String, Double> names) {
    Sym.Kind kind = Vocabulary.CONSTANTS.contains(name) ? Sym.Kind.CONSTANT : Sym.Kind.HYPER;
    return kind == Sym.Kind.CONSTANT || names.containsKey(name)
        ? Optional.of(new Sym(kind, name, 0, Domain.REAL))
        : Optional.empty();
  }

  private static Expr combine(Term.Binary binary, Expr x, Expr y) {
    return switch (binary.operator()) {
      case ADD -> new Expr.Add(List.of(x, y));
      case SUBTRACT -> new Expr.Add(List.of(x, new Expr.Mul(List.of(MINUS_ONE, y))));
      case MULTIPLY -> new Expr.Mul(List.of(x, y));
      case DIVIDE -> new Expr.Mul(List.of(x, new Expr.Pow(y, MINUS_ONE)));
      case POWER -> new Expr.Pow(x, y);
    };
  }

  private static Optional<Expr> call(Term.Apply apply, Map<String, Double> names) {
    if (!(apply.head() instanceof Term.Reference head)) {
      return Optional.empty();
    }
    List<Expr> arguments =
        apply.arguments().stream()
            .map(argument -> lower(argument.value(), names))
            .flatMap(Optional::stream)
            .toList();
    int count = arguments.size();
    if (count != apply.arguments().size()) {
      return Optional.empty();
    }
    if (head.name().equals("sqrt") && count == 1) {
      return Optional.of(new Expr.Pow(arguments.getFirst(), HALF));
    }
    return Function.named(head.name())
        .filter(function -> function.arity() == count)
        .map(function -> new Expr.Call(function, arguments));
  }

  private static Expr number(long numerator, long denominator) {
    return new Expr.Num(Rational.of(numerator, denominator));
  }
}
