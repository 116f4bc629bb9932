package org.blrc.runtime;

/**
 * The answers to one question from several backward passes. Its memory is kept for later steps.
 *
 * @param <A> as in {@link Execution}
 */
public interface Gathered<A> {

  void clear();

  /** How many answers there are. */
  int passes();

  /** How many values there are. */
  long filled();

  /** How many values fit at most. */
  long limit();

  /** Adds an answer to the sum of the earlier ones. */
  void add(A answer);

  /** Puts an answer behind the earlier ones. */
  void append(A answer);

  /** The sum of the earlier answers. */
  A sum();

  /** The sum divided by the number of passes, which takes its place. */
  A mean();

  /** All that was appended. */
  A rows();
}
