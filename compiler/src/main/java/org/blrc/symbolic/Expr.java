package org.blrc.symbolic;

import java.util.List;
import java.util.Optional;

/**
 * An immutable mathematical expression over the coordinate axis.
 *
 * <p>Build values through {@link Exprs}, which keeps them lightly simplified: sums and products are
 * flat, sorted and have like terms collected. {@link Normal} decides mathematical equality.
 */
public sealed interface Expr {

  /** An exact rational number. */
  record Num(Rational value) implements Expr {}

  /**
   * A named quantity.
   *
   * @param rank where it was declared; orders terms, so that the form of an expression does not
   *     depend on spelling
   * @param shared whether all coordinates share this state
   */
  record Sym(Kind kind, String name, int rank, Domain domain, boolean shared) implements Expr {

    public Sym(Kind kind, String name, int rank, Domain domain) {
      this(kind, name, rank, domain, false);
    }

    /** The same, where all coordinates share it. */
    public Sym asShared() {
      return new Sym(kind, name, rank, domain, true);
    }

    /** The same at another time: a state after the step, or before it. */
    public Sym as(Kind other) {
      return new Sym(other, name, rank, domain, shared);
    }

    public enum Kind {
      /** pi, infinity. */
      CONSTANT,
      /** A hyper-parameter. */
      HYPER,
      /** A state before the step. */
      STATE,
      /** A state after the step. */
      NEW,
      /** The step number, from 1. */
      STEP_NUMBER,
      /** The common rate of the rule before each block got its own. */
      RATE,
      /** A parameter of a family. */
      PARAMETER,
      /** The random variable of a distribution. */
      VARIABLE,
      /** The index of a data or sample axis. */
      INDEX,
      /** An oracle's answer, in an update program. */
      ANSWER,
      /** A named intermediate result, in an update program. */
      LOCAL,
      /** A name bound by a pattern. */
      META
    }
  }

  /** At least two terms. */
  record Add(List<Expr> terms) implements Expr {}

  /** At least two factors; a numeric factor comes first. */
  record Mul(List<Expr> factors) implements Expr {}

  record Pow(Expr base, Expr exponent) implements Expr {}

  /** A known scalar function, applied coordinate-wise. */
  record Call(Function function, List<Expr> arguments) implements Expr {}

  /** The value of a random variable that has several components. */
  record Vector(List<Expr> components) implements Expr {}

  /**
   * One component of what has several: of a random variable, of a draw or of a gradient there.
   *
   * @param number from 1
   */
  record Component(Expr of, int number) implements Expr {}

  /**
   * A derivative of the opaque function {@code function} with respect to the random variable: order
   * 0 is its value, 1 the gradient, 2 the diagonal of the Hessian. Where the variable has several
   * components, so have these.
   *
   * @param example the example's index where the function is one example's loss
   * @param point where it is taken
   * @param direction where present, the derivative of that order is the one along this vector of
   *     the derivative of the order before: with order 2, a coordinate of the product of the
   *     Hessian with the vector, to which all of its coordinates contribute
   */
  record Oracle(
      String function,
      int rank,
      int order,
      Optional<Expr> example,
      Expr point,
      Optional<Expr> direction)
      implements Expr {

    /** A derivative in the coordinate itself. */
    public Oracle(String function, int rank, int order, Optional<Expr> example, Expr point) {
      this(function, rank, order, example, point, Optional.empty());
    }
  }

  /** The expectation of {@code body} over {@code variable} under the posterior at the old state. */
  record Expect(Sym variable, Expr body) implements Expr {}

  /** A sum or a mean over an axis. */
  record Reduce(boolean mean, Sym index, Axis axis, Expr body) implements Expr {}

  /** Draw number {@code index} of the random variable from the posterior at the old state. */
  record Draw(Sym variable, Expr index) implements Expr {}

  /**
   * A base random number of a sampler.
   *
   * @param index which draw it belongs to; absent inside an expectation or a family's declaration
   */
  record Noise(String name, int rank, Distribution distribution, Optional<Expr> index)
      implements Expr {}

  /** The distributions that samplers start from. */
  enum Distribution {
    STANDARD_NORMAL("StandardNormal", Domain.REAL),
    UNIFORM("Uniform", Domain.open(0, 1));

    private final String label;
    private final Domain domain;

    Distribution(String label, Domain domain) {
      this.label = label;
      this.domain = domain;
    }

    /** As spelled in the language. */
    public String label() {
      return label;
    }

    public Domain domain() {
      return domain;
    }
  }

  /** What a reduction runs over. */
  sealed interface Axis {

    /** All examples of a declared data axis. */
    record Data(String name, int rank, Expr size) implements Axis {}

    /** The examples of the current minibatch of a data axis. */
    record Batch(Data of) implements Axis {}

    /** The draws 1..count. */
    record Draws(Expr count) implements Axis {}

    /** All coordinates; the body is taken at each, and the result is the same for all of them. */
    record Coordinates() implements Axis {}
  }
}
