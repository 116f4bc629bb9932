package org.blrc.emit.arith;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.blrc.symbolic.Rational;

/** Arithmetic in the terms of programming languages: what is left to do is to write it down. */
public sealed interface Arith {

  /** A nonnegative number. */
  record Literal(Rational value) implements Arith {}

  record Ref(Source source) implements Arith {}

  record Negate(Arith operand) implements Arith {}

  /** At least two terms. */
  record Sum(List<Arith> terms) implements Arith {}

  /** The product of {@code over}, divided by the product of {@code under}. */
  record Product(List<Arith> over, List<Arith> under) implements Arith {}

  record Call(Operation function, List<Arith> arguments) implements Arith {}

  /** The same for all coordinates: computed once a step, in double precision. */
  record Hoisted(Arith value) implements Arith {}

  default List<Arith> children() {
    return switch (this) {
      case Literal _, Ref _ -> List.of();
      case Negate(Arith operand) -> List.of(operand);
      case Sum(List<Arith> terms) -> terms;
      case Product(List<Arith> over, List<Arith> under) ->
          Stream.concat(over.stream(), under.stream()).toList();
      case Call(_, List<Arith> arguments) -> arguments;
      case Hoisted(Arith value) -> List.of(value);
    };
  }

  default Arith mapChildren(UnaryOperator<Arith> change) {
    return switch (this) {
      case Literal _, Ref _ -> this;
      case Negate(Arith operand) -> negate(change.apply(operand));
      case Sum(List<Arith> terms) -> sum(terms.stream().map(change).toList());
      case Product(List<Arith> over, List<Arith> under) ->
          product(over.stream().map(change).toList(), under.stream().map(change).toList());
      case Call(Operation function, List<Arith> arguments) ->
          new Call(function, arguments.stream().map(change).toList());
      case Hoisted(Arith value) -> new Hoisted(change.apply(value));
    };
  }

  static Arith ref(Source source) {
    return new Ref(source);
  }

  static Arith call(Operation function, Arith... arguments) {
    return new Call(function, List.of(arguments));
  }

  static Arith negate(Arith operand) {
    return operand instanceof Negate(Arith inner) ? inner : new Negate(operand);
  }

  /** A sum that begins with a positive term, if it has one. */
  static Arith sum(List<Arith> terms) {
    if (terms.size() == 1) {
      return terms.getFirst();
    }
    List<Arith> ordered = new ArrayList<>(terms);
    ordered.stream()
        .filter(term -> !(term instanceof Negate))
        .findFirst()
        .ifPresentOrElse(
            first -> {
              ordered.remove(first);
              ordered.addFirst(first);
            },
            () -> ordered.replaceAll(Arith::negate));
    Arith sum = new Sum(List.copyOf(ordered));
    return terms.stream().allMatch(Negate.class::isInstance) ? new Negate(sum) : sum;
  }

  /** A product without factors is one. */
  static Arith product(List<Arith> over, List<Arith> under) {
    if (!under.isEmpty()) {
      return new Product(List.copyOf(over), List.copyOf(under));
    }
    return switch (over.size()) {
      case 0 -> new Literal(Rational.ONE);
      case 1 -> over.getFirst();
      default -> new Product(List.copyOf(over), List.of());
    };
  }
}
