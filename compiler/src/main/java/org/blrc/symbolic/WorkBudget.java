package org.blrc.symbolic;

/**
 * Bounds the work of a derivation, so that no spec can make the compiler run or grow without end.
 * The count is kept for the thread that derives and depends on nothing but the spec.
 */
public final class WorkBudget {

  /** Thrown when the work exceeds its bound. */
  public static final class Exceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exceeded() {
      super(
          "the expressions of this derivation grow beyond the compiler's limit",
          null,
          false,
          false);
    }
  }

  /** What a user is told. */
  public static final String MESSAGE =
      "the expressions of this derivation grow beyond the compiler's limit";

  private static final long LIMIT = 2_000_000;
  private static final ThreadLocal<long[]> SPENT = ThreadLocal.withInitial(() -> new long[1]);

  private WorkBudget() {}

  /** The work since the last reset. */
  public static long spent() {
    return SPENT.get()[0];
  }

  /** Starts a new count. */
  public static void reset() {
    SPENT.get()[0] = 0;
    Normal.forget();
  }

  static void spend(long units) {
    long[] spent = SPENT.get();
    spent[0] += units;
    if (spent[0] > LIMIT) {
      throw new Exceeded();
    }
  }
}
