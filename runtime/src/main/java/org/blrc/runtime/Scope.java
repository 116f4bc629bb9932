package org.blrc.runtime;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The evaluation of an optimizer; one object serves all of them, one after the other. */
final class Scope<A> implements Evaluation<A> {

  private final List<List<Question>> phases;

  /** The answers of the phase that was answered last; null where the answer is still missing. */
  private final List<A> answers;

  private AbstractOptimizer<A> owner;
  private boolean open;
  private boolean interrupted;
  private int phase;
  private int missing;
  private int examples;

  /** How often each question is answered. */
  private int passes;

  private final List<Gathered> gathered;
  private boolean usable;

  Scope(List<List<Question>> phases) {
    this.phases = phases;
    int questions = phases.stream().mapToInt(List::size).max().orElse(0);
    this.answers = new ArrayList<>(Collections.nCopies(questions, null));
    this.gathered = Stream.generate(Gathered::new).limit(questions).toList();
  }

  boolean isOpen() {
    return open;
  }

  /** Whether the last evaluation was closed before it was complete. */
  boolean wasInterrupted() {
    return interrupted;
  }

  A answer(int question) {
    return answers.get(question);
  }

  int examples() {
    return examples;
  }

  void open(AbstractOptimizer<A> optimizer, int passesOfEach) {
    owner = optimizer;
    passes = passesOfEach;
    usable = true;
    phase = 0;
    examples = 0;
    open = true;
    try {
      begin();
    } catch (RuntimeException | Error e) {
      // The caller gets no handle to close.
      close();
      throw e;
    }
  }

  /** Drops the references to the caller's arrays. */
  void forget() {
    Collections.fill(answers, null);
  }

  @Override
  public int phase() {
    return phase;
  }

  @Override
  public void answer(int question, A values) {
    boolean finite = check(question, values);
    take(question, values, finite);
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
    checkLength(question, asked, Array.getLength(values));
    return owner.isUsable(asked, values);
  }

  void take(int question, A values, boolean finite) {
    Question asked = currentQuestions().get(question);
    usable &= finite;
    if (passes == 1) {
      complete(question, asked, values, Array.getLength(values));
      return;
    }
    Gathered all = gathered.get(question);
    if (asked.perExample()) {
      all.append(values);
    } else {
      all.add(values);
    }
    if (all.passes() == passes) {
      @SuppressWarnings("unchecked")
      A result = (A) (asked.perExample() ? all.rows() : all.mean());
      complete(question, asked, result, all.filled());
    }
  }

  private void complete(int question, Question asked, A values, int length) {
    if (asked.perExample()) {
      examples = owner.dimension() == 0 ? 0 : length / owner.dimension();
    }
    answers.set(question, values);
    missing--;
    if (missing == 0) {
      phase++;
      begin();
    }
  }

  @Override
  public void gradient(A values) {
    int questions = currentQuestions().size();
    if (questions != 1) {
      throw new IllegalStateException(
          "phase %d asks %d questions: answer them one by one".formatted(phase, questions));
    }
    answer(0, values);
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      interrupted = phase < phases.size();
      owner.restore();
    }
  }

  /** Begins the phase, or completes the evaluation after the last one. */
  private void begin() {
    if (phase == phases.size()) {
      owner.complete(usable);
    } else {
      owner.beginPhase(phase);
      missing = phases.get(phase).size();
      forget();
      gathered.forEach(Gathered::clear);
    }
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

  private void checkLength(int index, Question question, int length) {
    int dimension = owner.dimension();
    if (!question.perExample()) {
      if (length != dimension) {
        throw misfit(question, length, "expected " + dimension);
      }
      return;
    }
    boolean rows = dimension == 0 ? length == 0 : length > 0 && length % dimension == 0;
    if (!rows) {
      throw misfit(question, length, "expected a row of " + dimension + " for each example");
    }
    Gathered before = gathered.get(index);
    boolean last = before.passes() + 1 == passes;
    int count = dimension == 0 ? 0 : (before.filled() + length) / dimension;
    if (last && examples != 0 && examples != count) {
      throw misfit(question, length, "the other answers have rows for " + examples + " examples");
    }
  }

  private static IllegalArgumentException misfit(Question question, int length, String expected) {
    return new IllegalArgumentException(
        "%s of %s has %d values; %s"
            .formatted(question.kind(), question.function(), length, expected));
  }
}
