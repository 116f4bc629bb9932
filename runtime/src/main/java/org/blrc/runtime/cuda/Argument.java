package org.blrc.runtime.cuda;

/** What a kernel may be given beside tensors and scalars, in the order of its arguments. */
public enum Argument {
  /** Where the noise of a draw lies. */
  DRAW,
  /** The same for the first draw of the step that follows. */
  NEXT_DRAW,
  /** The sums over all coordinates, and behind them the number of coordinates. */
  TOTALS,
  /** The states that all coordinates share. */
  SHARED,
  /** Their new values. */
  NEXT,
  /** How many rows per-example answers have. */
  EXAMPLES,
  /** What the chunks of a sum, or of a range, come to. */
  PARTS,
  /** How a state is rounded that is narrower than what it is computed in. */
  ROUNDING
}
