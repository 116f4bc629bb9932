package org.blrc.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blrc.symbolic.CoordinateSums;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Distribution;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Walk;

/**
 * An update program: all that a back end sees.
 *
 * <p>One step evaluates the loss once for each draw. For each draw the phases run in order: a phase
 * computes its locals and its point, then the oracle answers there. After the last phase the
 * accumulators add up this draw's contribution. When all draws are in, {@code update} runs: every
 * accumulator then stands for its mean over the draws. All assignments are coordinate-wise; scalars
 * are computed once a step, and sums over all coordinates between the phases.
 *
 * <p>Inside expressions: {@link Sym.Kind#STATE} is the old value of a state, {@link Sym.Kind#NEW}
 * the new one (only after it was assigned), {@link Sym.Kind#ANSWER} an answer of this draw, {@link
 * Sym.Kind#LOCAL} a scalar, a sum, a local or an accumulator, {@link Expr.Noise} this draw's noise.
 * Nothing else that is opaque is left, but for {@link Expr.Reduce} over a batch whose body holds
 * per-example answers. Where the random variable has components, points and the rest are an {@link
 * Expr.Vector}, and of an answer other than a value {@link Expr.Component} takes one.
 *
 * @param name as in the spec
 * @param samples the number of draws averaged in one step; absent where no draw is made (then
 *     exactly one evaluation)
 * @param sums in the order in which they are computed
 * @param rest what the model's weights are between steps: the posterior mean, or the point at the
 *     noise's median where the mean is not known
 * @param safeguard what keeps states in their domains
 */
public record Program(
    String name,
    List<Hyper> hypers,
    List<State> states,
    List<NoiseInput> noises,
    Optional<Expr> samples,
    List<Assign> scalars,
    List<Phase> phases,
    List<CoordinateSum> sums,
    List<Accumulator> accumulators,
    List<Assign> update,
    Expr rest,
    Safeguard safeguard) {

  /** As many as a loop can add up without its body becoming too large to be compiled well. */
  private static final int MOST_SUMS = 16;

  /** Where nothing has to be looked at before a step. */
  public Program(
      String name,
      List<Hyper> hypers,
      List<State> states,
      List<NoiseInput> noises,
      Optional<Expr> samples,
      List<Assign> scalars,
      List<Phase> phases,
      List<CoordinateSum> sums,
      List<Accumulator> accumulators,
      List<Assign> update,
      Expr rest) {
    this(
        name,
        hypers,
        states,
        noises,
        samples,
        scalars,
        phases,
        sums,
        accumulators,
        update,
        rest,
        Safeguard.NONE);
  }

  /** The same program with another update, which nothing looks at. */
  public Program withUpdate(List<Assign> other) {
    return new Program(
        name, hypers, states, noises, samples, scalars, phases, sums, accumulators, other, rest);
  }

  /** The same program with something to be looked at. */
  public Program with(Safeguard other) {
    return new Program(
        name,
        hypers,
        states,
        noises,
        samples,
        scalars,
        phases,
        sums,
        accumulators,
        update,
        rest,
        other);
  }

  /** A hyper-parameter; without a default it has to be given. */
  public record Hyper(Sym symbol, Optional<Double> byDefault) {

    public String name() {
      return symbol.name();
    }

    public Domain domain() {
      return symbol.domain();
    }
  }

  /**
   * A state: one number for each coordinate, or one that all of them share.
   *
   * @param initial over hyper-parameters; where absent the caller gives the initial value
   */
  public record State(Sym symbol, Optional<Expr> initial) {

    public String name() {
      return symbol.name();
    }

    public boolean shared() {
      return symbol.shared();
    }
  }

  /** A noise input of each draw; its place in the list is its stream number. */
  public record NoiseInput(String name, Distribution distribution) {}

  /** {@code target = value}; the target is a LOCAL or the NEW of a state. */
  public record Assign(Sym target, Expr value) {}

  /**
   * A sum or a mean over all coordinates; its symbol is a LOCAL that is the same for all of them.
   *
   * @param mean whether it is the mean
   * @param after how many phases of a draw have been answered when it is computed; one more than
   *     there are where all draws are in, so that accumulators stand for their means
   */
  public record CoordinateSum(Sym symbol, boolean mean, Expr body, int after) {

    public String name() {
      return symbol.name();
    }
  }

  /** The sums that are computed after a number of phases, in order. */
  public List<CoordinateSum> sumsAfter(int answered) {
    return sums.stream().filter(sum -> sum.after() == answered).toList();
  }

  /**
   * The sums in the passes that take them: one for as many as are due at once and do not need each
   * other.
   */
  public List<List<CoordinateSum>> sumPasses() {
    List<List<CoordinateSum>> passes = new ArrayList<>();
    for (CoordinateSum sum : sums) {
      List<CoordinateSum> last = passes.isEmpty() ? List.of() : passes.getLast();
      boolean joins =
          !last.isEmpty()
              && last.size() < MOST_SUMS
              && last.getFirst().after() == sum.after()
              && last.stream().noneMatch(other -> Walk.contains(sum.body(), other.symbol()));
      if (joins) {
        last.add(sum);
      } else {
        passes.add(new ArrayList<>(List.of(sum)));
      }
    }
    return passes;
  }

  /** The same of those that are due after a number of phases. */
  public List<List<CoordinateSum>> sumPassesAfter(int answered) {
    return sumPasses().stream().filter(pass -> pass.getFirst().after() == answered).toList();
  }

  /** The number of components of the point that the loss is asked at. */
  public int components() {
    return Exprs.components(rest).size();
  }

  /** Whether some phase has a direction. */
  public boolean hasDirections() {
    return phases.stream().anyMatch(phase -> phase.direction().isPresent());
  }

  /** An expression with the sums over all coordinates in place of their symbols. */
  public Expr withSumsWritten(Expr expr) {
    for (CoordinateSum sum : sums) {
      if (expr.equals(sum.symbol())) {
        Expr body = withSumsWritten(sum.body());
        return sum.mean() ? CoordinateSums.average(body) : CoordinateSums.sum(body);
      }
    }
    return Walk.mapChildren(expr, this::withSumsWritten);
  }

  /**
   * Where the loss is evaluated, and what is asked there.
   *
   * @param locals computed before the point
   * @param direction the vector that the Hessian is multiplied with, where a product is asked for
   */
  public record Phase(
      List<Assign> locals, Expr point, Optional<Expr> direction, List<Answer> answers) {

    /** Where no product is asked for. */
    public Phase(List<Assign> locals, Expr point, List<Answer> answers) {
      this(locals, point, Optional.empty(), answers);
    }
  }

  /**
   * One answer of the loss oracle.
   *
   * @param symbol the name under which expressions refer to it
   * @param function the loss function that is asked, as named in the spec
   * @param kind what of it
   */
  public record Answer(Sym symbol, String function, AnswerKind kind) {}

  /**
   * What an oracle can be asked: a derivative of some order, of the minibatch mean (where the loss
   * is a sum over data) or of the single examples' losses, one row for each example. Arrays have
   * one entry for each coordinate.
   */
  public enum AnswerKind {
    /**
     * The value. Where the point is a draw, every entry is the loss there; where it is a value that
     * the random variable may take, entry j is the loss with coordinate j at that value and the
     * others as the caller holds them.
     */
    VALUE("value", 0, false),
    PER_EXAMPLE_VALUES("per_example_values", 0, true),
    GRADIENT("gradient", 1, false),
    PER_EXAMPLE_GRADIENTS("per_example_gradients", 1, true),
    HESSIAN_DIAGONAL("hessian_diagonal", 2, false),
    PER_EXAMPLE_HESSIAN_DIAGONALS("per_example_hessian_diagonals", 2, true),
    /** The product of the Hessian with the direction of the phase. */
    HESSIAN_VECTOR_PRODUCT("hessian_vector_product", 2, false);

    /** The highest order that can be asked for. */
    public static final int MAX_ORDER = 2;

    private final String label;
    private final int order;
    private final boolean perExample;

    AnswerKind(String label, int order, boolean perExample) {
      this.label = label;
      this.order = order;
      this.perExample = perExample;
    }

    /**
     * The derivative of some order in each coordinate.
     *
     * @throws IllegalArgumentException if it cannot be asked for
     */
    public static AnswerKind of(int order, boolean perExample) {
      for (AnswerKind kind : values()) {
        if (kind.order == order && kind.perExample == perExample && !kind.isDirected()) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no derivatives of order " + order);
    }

    /** As named in traces. */
    public String label() {
      return label;
    }

    /** Which derivative: 0 for the value, 1 for the gradient. */
    public int order() {
      return order;
    }

    public boolean perExample() {
      return perExample;
    }

    /** Whether it is asked along the direction of its phase. */
    public boolean isDirected() {
      return this == HESSIAN_VECTOR_PRODUCT;
    }
  }

  /** The mean over the step's draws of {@code body}. */
  public record Accumulator(Sym symbol, Expr body) {}
}
