package org.blrc.emit.cuda;

import java.util.List;

/**
 * A kernel. Its arguments are the tensors, then those that it has, in this order: the scalars, a
 * draw, the first draw of the step that follows, the totals of sums, the shared states, their new
 * values, the number of examples, the parts of sums.
 *
 * @param name the symbol in the compiled code
 * @param scalars the members of the argument with scalars
 * @param arguments the others
 * @param columns those that it reads or writes
 * @param calls whether it calls functions that are too long to be made part of it; what is needed
 *     after a call is then saved on the stack
 */
public record Kernel(
    String name,
    Purpose purpose,
    List<HostScalar> scalars,
    List<Argument> arguments,
    List<Column> columns,
    boolean calls) {

  public Kernel {
    scalars = List.copyOf(scalars);
    arguments = List.copyOf(arguments);
    columns = List.copyOf(columns);
  }

  /** Whether it moves what all coordinates share, and takes no tensors. */
  public boolean isOfOneThread() {
    return purpose instanceof Purpose.MoveShared || purpose instanceof Purpose.KeepShared;
  }

  /** The type of the argument with scalars. */
  public String structure() {
    return structure(name);
  }

  static String structure(String kernel) {
    return Character.toUpperCase(kernel.charAt(0)) + kernel.substring(1) + "Scalars";
  }

  /** What a kernel may be given, in the order of its arguments. */
  public enum Argument {
    DRAW,
    /** That of the step that follows. */
    NEXT_DRAW,
    TOTALS,
    SHARED,
    NEXT,
    EXAMPLES,
    PARTS
  }

  /** What a kernel is for. */
  public sealed interface Purpose {

    /** The parameters between steps. */
    record Restore() implements Purpose {}

    /** The point and the direction of a phase, from 0; keeps what is needed of the one before. */
    record Point(int phase) implements Purpose {}

    /** The first stage of the sums of a pass. */
    record Sums(int pass) implements Purpose {}

    /** A draw's contribution to the accumulators, which the first one sets. */
    record Accumulate(boolean first) implements Purpose {}

    /** The new states, from the accumulators. */
    record Update() implements Purpose {}

    /** The same from the answers of a single draw. */
    record UpdateFromOne() implements Purpose {}

    /**
     * Both that and the first point of the step that follows, from the new states while they are at
     * hand; there is none where sums come between the two.
     */
    record UpdateAndPoint() implements Purpose {}

    /**
     * The first stage of the least and the greatest new value of each guarded state.
     *
     * @param fromOne whether from the answers of a single draw
     */
    record Range(boolean fromOne) implements Purpose {}

    /** The new states where only a share of the step is made. */
    record BackOff() implements Purpose {}

    /** The new values of the shared states: one thread makes them. */
    record MoveShared() implements Purpose {}

    /** Makes them the values of the shared states. */
    record KeepShared() implements Purpose {}
  }
}
