package org.blrc.program;

import java.util.List;
import java.util.Optional;
import org.blrc.program.Pass.Array;
import org.blrc.program.Program.Phase;
import org.blrc.symbolic.Expr;

/**
 * What one step of an update program costs for each coordinate, at the least: passes are fused as
 * far as the oracle allows, noise is drawn again rather than stored, and locals are computed again
 * rather than stored.
 *
 * <p>There is a pass before every question, and one for the update, which also takes in the last
 * draw. Each further draw adds its points and one pass that accumulates it. What the oracle itself
 * computes and holds is not counted.
 *
 * @param step a step with one draw, or with none
 * @param furtherDraw what each draw after the first adds; absent where no draw is ever added
 * @param draws how many draws a step makes; absent where it makes none
 * @param held the arrays that outlive a pass, without the oracle's answers that are used at once
 * @param heldForDraws what several draws need beyond them
 * @param rest what moves in addition if the weights are to be the program's {@code rest} between
 *     steps
 */
public record Cost(
    Work step,
    Optional<Work> furtherDraw,
    Optional<Expr> draws,
    List<Array> held,
    List<Array> heldForDraws,
    Bytes rest) {

  /**
   * A part of a step.
   *
   * @param evaluations the evaluations of the loss
   */
  public record Work(List<Pass> passes, List<Phase> evaluations) {

    public Work {
      passes = List.copyOf(passes);
      evaluations = List.copyOf(evaluations);
    }

    /** What moves. */
    public Bytes bytes() {
      return passes.stream().map(Pass::bytes).reduce(Bytes.NONE, Bytes::plus);
    }

    /** How many noise values are made, those that are made again included. */
    public int noises() {
      return passes.stream().mapToInt(pass -> pass.noises().size()).sum();
    }

    /** How many different noise values there are. */
    public int distinctNoises() {
      return (int) passes.stream().flatMap(pass -> pass.noises().stream()).distinct().count();
    }

    public Operations operations() {
      return passes.stream().map(Pass::operations).reduce(Operations.NONE, Operations::plus);
    }

    /** The operations for each example of the minibatch. */
    public Operations perExample() {
      return passes.stream().map(Pass::perExample).reduce(Operations.NONE, Operations::plus);
    }
  }

  public Cost {
    held = List.copyOf(held);
    heldForDraws = List.copyOf(heldForDraws);
  }

  /** The cost of a program that {@link ProgramVerifier} finds nothing wrong with. */
  public static Cost of(Program program) {
    return new CostModel(program).cost();
  }
}
