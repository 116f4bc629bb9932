package org.blrc.syntax;

import java.util.List;
import java.util.Optional;
import org.blrc.symbolic.Rational;

/** An expression as written: names are not yet resolved. */
public sealed interface Term {

  Span span();

  /** A literal, exact as written. */
  record Literal(Span span, Rational value) implements Term {}

  /** A name in a position where a value is expected. */
  record Reference(Span span, String name) implements Term {}

  /** What is written out in single components before anything is checked, except in rules. */
  sealed interface Compact extends Term {}

  /** {@code name[index]}: one component of what has several. */
  record Component(Span span, Name of, Term index) implements Compact {}

  /** {@code function(index in axis) body}: a function of two values, applied again and again. */
  record Fold(Span span, Name function, Name index, Axis axis, Term body) implements Compact {}

  record Negate(Span span, Term operand) implements Term {}

  record Binary(Span span, Operator operator, Term left, Term right) implements Term {}

  /** {@code head(arguments)}; the head may itself be applied, as in {@code grad(ell)(theta)}. */
  record Apply(Span span, Term head, List<Argument> arguments) implements Term {}

  /** {@code E[body]}: the expectation under the posterior. */
  record Expectation(Span span, Term body) implements Term {}

  /** {@code sum(i in axis) body} or {@code mean(i in axis) body}. */
  record Reduction(Span span, Kind kind, Name index, Axis axis, Term body) implements Term {

    public enum Kind {
      SUM,
      MEAN
    }
  }

  enum Operator {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    POWER
  }

  /** An identifier with its place. */
  record Name(Span span, String text) {}

  /** A positional argument, or one given by name. */
  record Argument(Optional<Name> name, Term value) {}

  /** What a reduction runs over. */
  sealed interface Axis {

    Span span();

    /** A declared data axis, or a name that a pattern binds. */
    record Named(Span span, Name name) implements Axis {}

    /** {@code part(name)}, as in {@code batch(data)}. */
    record Sub(Span span, Name part, Name name) implements Axis {}

    /** {@code lower..upper}, both included. */
    record Range(Span span, Term lower, Term upper) implements Axis {}
  }
}
