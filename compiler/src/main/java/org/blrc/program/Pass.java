package org.blrc.program;

import java.util.List;
import org.blrc.program.Program.NoiseInput;

/**
 * One sweep over the coordinates, in which every array that is needed moves once.
 *
 * @param purpose what is computed
 * @param noises what is drawn, or drawn again
 * @param operations for each coordinate
 * @param perExample for each coordinate and each example of the minibatch
 */
public record Pass(
    Purpose purpose,
    List<Array> reads,
    List<Array> writes,
    List<NoiseInput> noises,
    Operations operations,
    Operations perExample) {

  /** What a pass is for. */
  public sealed interface Purpose {

    /** The point of a phase, from 1. */
    record Point(int phase) implements Purpose {}

    /** A draw's contribution to the accumulators. */
    record Accumulation() implements Purpose {}

    /** Sums over all coordinates. */
    record Sums(List<String> names) implements Purpose {}

    /** Whether the step keeps all states in their domains. */
    record Check() implements Purpose {}

    /** The new states. */
    record Update() implements Purpose {}
  }

  /**
   * An array with one number for each coordinate, or the row of one component; {@code name} is its
   * symbol's, or the number of the point's component where there are several.
   */
  public record Array(Kind kind, String name) {

    /** What an array holds. */
    public enum Kind {
      STATE,
      /** The point that the loss is asked at. */
      POINT,
      /** The vector that the Hessian is multiplied with. */
      DIRECTION,
      ANSWER,
      /** A per-example answer, which is one array for each example. */
      EXAMPLES,
      ACCUMULATOR
    }
  }

  public Pass {
    reads = List.copyOf(reads);
    writes = List.copyOf(writes);
    noises = List.copyOf(noises);
  }

  /** What moves. */
  public Bytes bytes() {
    return Bytes.of(reads).plus(Bytes.of(writes));
  }
}
