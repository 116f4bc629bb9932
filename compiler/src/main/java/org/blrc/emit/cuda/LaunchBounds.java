package org.blrc.emit.cuda;

import org.blrc.runtime.cuda.Purpose;

/**
 * What the compiler is told of launches: how many blocks of a kernel a multiprocessor is to have
 * room for. They are as many as keep memory busy, where what a thread needs fits into the registers
 * that they leave. Registers are counted in those that hold an array which is read; where the
 * limits lie was tried with the kernels of all specs, none of which may spill.
 */
final class LaunchBounds {

  /** One block is enough. */
  static final String ANY = bounds(1);

  private static final long ARRAYS_OF_FOUR_BLOCKS = 5;
  private static final long ARRAYS_OF_THREE_BLOCKS = 7;

  /** What is drawn beside all that was loaded takes the registers of so many arrays. */
  private static final long DRAWN_FIRST = 3;

  /** The same of what is drawn when that is used up. */
  private static final long DRAWN_LAST = 2;

  private LaunchBounds() {}

  /**
   * Those of a kernel that does little but move memory.
   *
   * @param read how many arrays it reads
   * @param first how many kinds of noise it draws before it computes
   * @param last how many it draws afterwards, from when on the first are not needed
   */
  static String of(long read, int first, int last) {
    long arrays = read + Math.max(DRAWN_FIRST * first, DRAWN_LAST * last);
    if (arrays <= ARRAYS_OF_FOUR_BLOCKS) {
      return bounds(4);
    }
    return arrays <= ARRAYS_OF_THREE_BLOCKS ? bounds(3) : ANY;
  }

  /** Whether kernels for a purpose do little but move memory. */
  static boolean streams(Purpose purpose) {
    return switch (purpose) {
      case Purpose.Restore _,
          Purpose.Point _,
          Purpose.Update _,
          Purpose.UpdateFromOne _,
          Purpose.UpdateAndPoint _ ->
          true;
      case Purpose.Sums _,
          Purpose.Accumulate _,
          Purpose.Range _,
          Purpose.BackOff _,
          Purpose.MoveShared _,
          Purpose.KeepShared _ ->
          false;
    };
  }

  private static String bounds(int blocks) {
    return "__launch_bounds__(BLOCK, %s) ".formatted(blocks);
  }
}
