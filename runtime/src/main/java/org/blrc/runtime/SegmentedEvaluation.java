package org.blrc.runtime;

import java.lang.reflect.Array;
import java.util.List;

/** One evaluation of every segment of a {@link SegmentedOptimizer}. */
final class SegmentedEvaluation<A> implements Evaluation<List<A>> {

  private final List<AbstractOptimizer<A>> segments;
  private final List<Scope<A>> parts;

  SegmentedEvaluation(List<AbstractOptimizer<A>> segments, List<Scope<A>> parts) {
    this.segments = segments;
    this.parts = parts;
  }

  @Override
  public int phase() {
    return parts.getFirst().phase();
  }

  @Override
  public void answer(int question, List<A> values) {
    if (values.size() != parts.size()) {
      throw new IllegalArgumentException(
          "%d arrays are given for %d segments".formatted(values.size(), parts.size()));
    }
    boolean finite = true;
    for (int i = 0; i < values.size(); i++) {
      finite &= parts.get(i).check(question, values.get(i));
    }
    Question asked = parts.getFirst().question(question);
    if (asked.perExample()) {
      requireSameExamples(asked, values);
    }
    for (int i = 0; i < values.size(); i++) {
      parts.get(i).take(question, values.get(i), finite);
    }
    if (parts.getFirst().isAnswered()) {
      parts.getFirst().takeSums();
      parts.forEach(Scope::advance);
    }
  }

  /** A segment without coordinates has no rows that could be counted. */
  private void requireSameExamples(Question question, List<A> values) {
    int known = -1;
    int examples = 0;
    for (int i = 0; i < values.size(); i++) {
      int width = Math.multiplyExact(question.components(), segments.get(i).dimension());
      if (width == 0) {
        continue;
      }
      int rows = Array.getLength(values.get(i)) / width;
      if (known >= 0 && rows != examples) {
        throw new IllegalArgumentException(
            "%s of %s has rows for %d examples in segment %d and for %d in segment %d"
                .formatted(question.kind(), question.function(), examples, known, rows, i));
      }
      known = i;
      examples = rows;
    }
  }

  @Override
  public void gradient(List<A> values) {
    parts.getFirst().requireSingleQuestion();
    answer(0, values);
  }

  @Override
  public void close() {
    parts.forEach(Evaluation::close);
  }
}
