package org.blrc.runtime.cuda;

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
