package org.blrc.emit.arith;

import org.blrc.program.Program.Accumulator;
import org.blrc.program.Program.Answer;
import org.blrc.program.Program.CoordinateSum;
import org.blrc.program.Program.Hyper;
import org.blrc.program.Program.NoiseInput;
import org.blrc.program.Program.State;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Expr.Sym;

/** Where arithmetic gets its values from. */
public sealed interface Source {

  /** The value of a state before the step. */
  static Source of(State state) {
    return state.shared() ? new SharedValue(state) : new StateValue(state);
  }

  /** The same for all coordinates. */
  sealed interface Scalar extends Source {}

  /** One value for each coordinate, in an array. */
  sealed interface Element extends Source {}

  record HyperValue(Hyper hyper) implements Scalar {}

  record StepNumber(String name) implements Scalar {}

  /** A sum over all coordinates, taken before. */
  record Total(CoordinateSum sum) implements Scalar {}

  /** The value of a state that all coordinates share. */
  record SharedValue(State state) implements Scalar {}

  /** Its value after the step. */
  record SharedNext(State state) implements Scalar {}

  enum Constant implements Scalar {
    PI,
    INFINITY
  }

  /** How much of a step is made. */
  record Share() implements Scalar {}

  /** 1 / the number of draws. */
  record DrawWeight() implements Scalar {}

  /** 1 / the number of examples. */
  record ExampleWeight() implements Scalar {}

  record StateValue(State state) implements Element {}

  /**
   * An answer, or one component of it.
   *
   * @param component from 1; where there is one, it is the answer
   */
  record AnswerValue(Answer answer, int component) implements Element {}

  /** One row of a per-example answer. */
  record Row(Answer answer, int component) implements Element {}

  record NoiseValue(NoiseInput noise) implements Element {}

  /** The sum of an accumulator's contributions. */
  record Sum(Accumulator accumulator) implements Element {}

  /** The result of a reduction over the minibatch. */
  record Reduced(Reduce reduce) implements Element {}

  /** A named result: a scalar, a local, an accumulator or the new value of a state. */
  record Local(Sym.Kind kind, String name) implements Source {

    public boolean isNewState() {
      return kind == Sym.Kind.NEW;
    }
  }
}
