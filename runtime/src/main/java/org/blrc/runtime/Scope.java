package org.blrc.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** An evaluation of an optimizer, through which the current step is answered while it is open. */
final class Scope<A> implements Evaluation<A> {

  private final Stepper<A> stepper;
  private final List<List<Question>> phases;

  /** The answers of the phase that was answered last; null where the answer is still missing. */
  private final List<A> answers;

  private final List<Gathered<A>> gathered;

  /** How often each question is answered. */
  private final int passes;

  private boolean open = true;
  private boolean usable = true;
  private int phase;
  private int missing;
  private int examples;

  /**
   * @param gathered for each question of a phase, where several answers to it are put together
   * @param passes how often each question is answered
   */
  Scope(Stepper<A> stepper, List<Gathered<A>> gathered, int passes) {
    this.stepper = stepper;
    this.phases = stepper.signature().phases();
    this.answers = new ArrayList<>(Collections.nCopies(gathered.size(), null));
    this.gathered = gathered;
    this.passes = passes;
  }

  boolean isOpen() {
    return open;
  }

  /** Whether it was closed before it was complete. */
  boolean wasInterrupted() {
    return !open && phase < phases.size();
  }

  A answer(int question) {
    return answers.get(question);
  }

  int examples() {
    return examples;
  }

  @Override
  public int phase() {
    return phase;
  }

  @Override
  public void answer(int question, A values) {
    boolean finite = check(question, values);
    take(question, values, finite);
    if (isAnswered()) {
      takeSums();
      advance();
    }
  }

  /** Whether the phase is over, but for {@link #advance}. */
  boolean isAnswered() {
    return missing == 0;
  }

  /** Takes the sums that are due after the phase. */
  void takeSums() {
    stepper.takeSums(phase + 1);
  }

  /** Whether all questions of all phases were answered. */
  boolean isComplete() {
    return phase == phases.size();
  }

  /** Ends a complete evaluation, whose point is going to be written over. */
  void leave() {
    open = false;
  }

  /** Begins the first phase, whose point was written before. */
  void beginAtPoint() {
    ask();
  }

  /** Goes on to the next phase. */
  void advance() {
    phase++;
    begin();
  }

  /**
   * Refuses what cannot be an answer; changes nothing.
   *
   * @return whether the answer is finite, as far as that matters
   */
  boolean check(int question, A values) {
    List<Question> questions = currentQuestions();
    if (question < 0 || question >= questions.size()) {
      throw new IllegalArgumentException(
          "there is no question %d: phase %d asks %d".formatted(question, phase, questions.size()));
    }
    if (answers.get(question) != null) {
      throw new IllegalStateException(
          "question %d of phase %d was already answered".formatted(question, phase));
    }
    Objects.requireNonNull(values, "values");
    Question asked = questions.get(question);
    checkLength(question, asked, stepper.execution().length(values));
    return stepper.isUsable(asked, values, gathered.get(question));
  }

  void take(int question, A values, boolean finite) {
    Question asked = question(question);
    usable &= finite;
    if (passes == 1) {
      complete(question, asked, values, stepper.execution().length(values));
      return;
    }
    Gathered<A> all = gathered.get(question);
    if (asked.perExample()) {
      all.append(values);
    } else {
      all.add(values);
    }
    if (all.passes() == passes) {
      A result = asked.perExample() ? all.rows() : all.mean();
      complete(question, asked, result, all.filled());
    }
  }

  private void complete(int question, Question asked, A values, long length) {
    if (asked.perExample()) {
      long width = width(asked);
      examples = width == 0 ? 0 : Math.toIntExact(length / width);
    }
    answers.set(question, values);
    missing--;
  }

  @Override
  public void gradient(A values) {
    requireSingleQuestion();
    answer(0, values);
  }

  void requireSingleQuestion() {
    List<Question> questions = currentQuestions();
    if (questions.size() != 1) {
      String asked =
          questions.stream()
              .map(question -> question.kind() + " of " + question.function())
              .collect(Collectors.joining(", "));
      throw new IllegalStateException(
          "phase %d asks %d questions (%s): answer them one by one"
              .formatted(phase, questions.size(), asked));
    }
  }

  /** A question of the current phase. */
  Question question(int index) {
    return currentQuestions().get(index);
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      stepper.restore();
    }
  }

  /** Begins the phase, or completes the evaluation after the last one. */
  void begin() {
    if (phase == phases.size()) {
      stepper.complete(usable);
    } else {
      stepper.beginPhase(phase);
      ask();
    }
  }

  private void ask() {
    missing = phases.get(phase).size();
    Collections.fill(answers, null);
    gathered.forEach(Gathered::clear);
  }

  private List<Question> currentQuestions() {
    if (!open) {
      throw new IllegalStateException("the evaluation is closed");
    }
    if (phase == phases.size()) {
      throw new IllegalStateException("the evaluation is complete: every question was answered");
    }
    return phases.get(phase);
  }

  /** How many numbers an answer has, for each example where it has rows. */
  private long width(Question question) {
    return Math.multiplyExact(question.components(), stepper.size());
  }

  private void checkLength(int index, Question question, long length) {
    long width = width(question);
    if (!question.perExample()) {
      if (length != width) {
        throw misfit(question, length, "expected " + width);
      }
      return;
    }
    boolean rows = width == 0 ? length == 0 : length > 0 && length % width == 0;
    if (!rows) {
      throw misfit(question, length, "expected a row of " + width + " for each example");
    }
    Gathered<A> before = gathered.get(index);
    if (before.filled() > before.limit() - length) {
      throw misfit(question, length, "an array cannot hold them beside those of earlier passes");
    }
    boolean last = before.passes() + 1 == passes;
    long count = width == 0 ? 0 : (before.filled() + length) / width;
    if (last && examples != 0 && examples != count) {
      throw misfit(question, length, "the other answers have rows for " + examples + " examples");
    }
  }

  private static IllegalArgumentException misfit(Question question, long length, String expected) {
    return new IllegalArgumentException(
        "%s of %s has %d values; %s"
            .formatted(question.kind(), question.function(), length, expected));
  }
}
