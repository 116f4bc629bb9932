package org.blrc.derive;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Walk;

/**
 * The update of one state: its new value as a function of old states, of new values of other
 * states, of rates and of what is still opaque.
 */
record Update(Sym state, Form form) {

  /**
   * A shape that rules may refer to. All shapes are equal as expressions; they differ in what stays
   * visible.
   */
  sealed interface Form {

    Expr rate();

    /** x - rate * direction. */
    record Descent(Expr rate, Expr direction) implements Form {}

    /** (1 - rate) * x + rate * target. */
    record Average(Expr rate, Expr target) implements Form {}

    /** x + increment. */
    record Increment(Expr rate, Expr increment) implements Form {}

    /**
     * Where a one-parameter subgroup takes the element that the states are: {@code end}, with the
     * rate for the rule's common one and directions for what {@link Symbols#direction} makes of
     * states.
     *
     * @param directions X of each state, where the step goes along -rate * X
     */
    record Flow(Expr rate, Map<Sym, Expr> directions, Expr end) implements Form {

      public Flow {
        directions = Collections.unmodifiableMap(new LinkedHashMap<>(directions));
      }

      Flow with(Sym state, Expr direction) {
        Map<Sym, Expr> changed = new LinkedHashMap<>(directions);
        changed.replace(state, direction);
        return new Flow(rate, changed, end);
      }

      Expr value() {
        Map<Expr, Expr> values = new HashMap<>();
        values.put(Symbols.RATE, rate);
        directions.forEach((state, value) -> values.put(Symbols.direction(state), value));
        return Walk.substitute(end, values);
      }

      Flow map(UnaryOperator<Expr> change) {
        Map<Sym, Expr> changed = new LinkedHashMap<>(directions);
        changed.replaceAll((state, value) -> change.apply(value));
        return new Flow(change.apply(rate), changed, change.apply(end));
      }
    }

    /** Anything else. */
    record Plain(Expr rate, Expr value) implements Form {}
  }

  /**
   * The update {@code new(state) = value} at the rule's common rate, in the shape that reads best.
   */
  static Update of(Sym state, Expr value) {
    Sym rate = Symbols.RATE;
    Optional<Expr> full = fullStep(state, value);
    if (full.isEmpty()) {
      return new Update(state, new Form.Plain(rate, Normal.tidy(value)));
    }
    Expr target = Normal.shorter(full.get());
    return !Walk.contains(target, state) || target.equals(state)
        ? new Update(state, new Form.Average(rate, target))
        : new Update(
            state, new Form.Descent(rate, Normal.shorter(Exprs.subtract(state, full.get()))));
  }

  /** The value at rate 1, where the value lies on the line from the state to it. */
  private static Optional<Expr> fullStep(Sym state, Expr value) {
    Sym rate = Symbols.RATE;
    Expr full = Walk.substitute(value, rate, Exprs.ONE);
    Expr kept = Exprs.mul(Exprs.subtract(Exprs.ONE, rate), state);
    try {
      boolean line = Normal.equal(value, Exprs.add(kept, Exprs.mul(rate, full)));
      return line ? Optional.of(full) : Optional.empty();
    } catch (ArithmeticException pole) {
      // As v / (1 - rate), the variance under a loss without curvature.
      return Optional.empty();
    }
  }

  private static Expr direction(Sym state, Expr rate, Expr value) {
    return quotient(Exprs.subtract(state, value), rate);
  }

  private static Expr quotient(Expr numerator, Expr denominator) {
    return Normal.simplify(Exprs.divide(numerator, denominator));
  }

  Expr rate() {
    return form.rate();
  }

  /** The new value. */
  Expr value() {
    return switch (form) {
      case Form.Descent(Expr rate, Expr direction) ->
          Exprs.subtract(state, Exprs.mul(rate, direction));
      case Form.Average(Expr rate, Expr target) ->
          Exprs.add(Exprs.mul(Exprs.subtract(Exprs.ONE, rate), state), Exprs.mul(rate, target));
      case Form.Increment(Expr _, Expr increment) -> Exprs.add(state, increment);
      case Form.Flow flow -> flow.value();
      case Form.Plain(Expr _, Expr value) -> value;
    };
  }

  /** X where the update reads x - rate * X, or goes along -rate * X in the algebra of a group. */
  Expr direction() {
    return switch (form) {
      case Form.Descent(Expr _, Expr direction) -> direction;
      case Form.Flow flow -> flow.directions().get(state);
      case Form.Average _, Form.Increment _, Form.Plain _ -> direction(state, rate(), value());
    };
  }

  /** new(x) - x. */
  Expr increment() {
    return form instanceof Form.Increment(Expr _, Expr increment)
        ? increment
        : Normal.simplify(Exprs.subtract(value(), state));
  }

  Update withDirection(Expr direction) {
    return new Update(
        state,
        form instanceof Form.Flow flow
            ? flow.with(state, direction)
            : new Form.Descent(rate(), direction));
  }

  /** The same update after that of another state has changed, which may move this one, too. */
  Update beside(Update changed) {
    return form instanceof Form.Flow flow && changed.form() instanceof Form.Flow other
        ? new Update(state, flow.with(changed.state(), other.directions().get(changed.state())))
        : this;
  }

  Update withIncrement(Expr increment) {
    return new Update(state, new Form.Increment(rate(), increment));
  }

  Update withValue(Expr value) {
    return new Update(state, new Form.Plain(rate(), value));
  }

  /** The same update with another rate, which direction and target do not depend on. */
  Update withRate(Expr rate) {
    return new Update(
        state,
        switch (form) {
          case Form.Descent(Expr _, Expr direction) -> new Form.Descent(rate, direction);
          case Form.Average(Expr _, Expr target) -> new Form.Average(rate, target);
          case Form.Increment(Expr old, Expr increment) ->
              new Form.Increment(rate, replaced(increment, old, rate));
          case Form.Flow(Expr _, Map<Sym, Expr> directions, Expr end) ->
              new Form.Flow(rate, directions, end);
          case Form.Plain(Expr old, Expr value) -> new Form.Plain(rate, replaced(value, old, rate));
        });
  }

  /** A rate that is a number cannot be told from other numbers. */
  private static Expr replaced(Expr expr, Expr old, Expr rate) {
    return old instanceof Sym ? Walk.substitute(expr, old, rate) : expr;
  }

  /** The same shape with every part changed. */
  Update map(UnaryOperator<Expr> change) {
    Form changed =
        switch (form) {
          case Form.Descent(Expr rate, Expr direction) ->
              new Form.Descent(change.apply(rate), change.apply(direction));
          case Form.Average(Expr rate, Expr target) ->
              new Form.Average(change.apply(rate), change.apply(target));
          case Form.Increment(Expr rate, Expr increment) ->
              new Form.Increment(change.apply(rate), change.apply(increment));
          case Form.Flow flow -> flow.map(change);
          case Form.Plain(Expr rate, Expr value) ->
              new Form.Plain(change.apply(rate), change.apply(value));
        };
    return new Update(state, changed);
  }
}
