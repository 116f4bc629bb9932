package org.blrc.diff;

import java.util.List;
import java.util.Optional;
import org.blrc.derive.Derivation.Result;

/**
 * Two derivations side by side.
 *
 * @param names what stands for the same, in the names of each
 * @param rows the steps
 * @param differences the assumptions that separate them
 * @param updates the states, those that correspond together
 * @param start what they set differently beside the derivation
 */
public record DerivationDiff(
    Subject left,
    Subject right,
    Names names,
    List<Row> rows,
    List<Difference> differences,
    List<UpdatePair> updates,
    StartValues start,
    Verdict verdict) {

  public DerivationDiff {
    rows = List.copyOf(rows);
    differences = List.copyOf(differences);
    updates = List.copyOf(updates);
  }

  /** What two updates are to each other. */
  public enum Verdict {
    /** The normal form shows that they are the same. */
    SAME,
    /** They have the same values at random points; the normal form does not show why. */
    SAME_NUMERICALLY,
    /** They differ. */
    DIFFERENT
  }

  /**
   * The update of a state, and that of its counterpart.
   *
   * @param left absent where the state of the right side has no counterpart
   */
  public record UpdatePair(Optional<Result> left, Optional<Result> right, Agreement agreement) {}

  /** Whether the two come to the same update. */
  public boolean isSameUpdate() {
    return verdict != Verdict.DIFFERENT;
  }

  /** The first step at which the derivations part, if they do. */
  public Optional<Parting> parting() {
    return Parting.of(rows, differences);
  }
}
