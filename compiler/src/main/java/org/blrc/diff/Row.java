package org.blrc.diff;

import java.util.OptionalInt;

/**
 * A step of one derivation, with the step of the other that it is compared with.
 *
 * @param left its index among the steps, from 0; absent where only the other derivation has it
 */
public record Row(OptionalInt left, OptionalInt right, Relation relation) {

  /** How two steps compare. */
  public enum Relation {
    /** They do and show the same. */
    EQUAL,
    /** They do the same to equations that differ by then, or state what differs. */
    ALIKE,
    /** They are the same rule with other arguments. */
    OTHER_ARGUMENTS,
    /** There is one step only. */
    ALONE
  }

  /** Whether the derivations agree here. */
  public boolean isEqual() {
    return relation == Relation.EQUAL;
  }
}
