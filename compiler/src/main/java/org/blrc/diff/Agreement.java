package org.blrc.diff;

/** How the updates of two states that correspond compare. */
public enum Agreement {
  /** The normal form shows that they are equal. */
  PROVED,
  /** They have the same value at random points, and the normal form does not show why. */
  NUMERICAL,
  /** They are equal as functions of the new values of other states, which differ. */
  GIVEN_OTHERS,
  /** They differ. */
  NONE
}
