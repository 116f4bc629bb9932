package org.blrc.runtime.cuda;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What was made so far of something larger; if the rest fails, it is given back. */
final class Unfinished implements AutoCloseable {

  private final Deque<Runnable> undo = new ArrayDeque<>();

  /**
   * Notes a part.
   *
   * @param back what gives it back
   */
  void add(Runnable back) {
    undo.push(back);
  }

  /** Everything is made, so that it stays. */
  void finish() {
    undo.clear();
  }

  @Override
  public void close() {
    Closing.all(List.copyOf(undo));
  }
}
