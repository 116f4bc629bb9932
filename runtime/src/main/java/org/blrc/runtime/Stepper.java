package org.blrc.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * The order of calls: evaluations, each phase after phase, then the step. It refuses calls out of
 * order, and turns the others into passes.
 */
final class Stepper<A> {

  private final Signature signature;
  private final long size;
  private final SteppedOptimizer<A> optimizer;
  private final AnswerCheck<A> check;

  /** Where answers of several passes are put together, for each question of a phase. */
  private final List<Gathered<A>> gathered = new ArrayList<>();

  /** The last evaluation of the current step; null if there was none. */
  private Scope<A> scope;

  private long steps;
  private long skipped;
  private boolean spoiled;
  private boolean torn;
  private int completed;
  private int accumulated;

  Stepper(Signature signature, long size, SteppedOptimizer<A> optimizer) {
    this.signature = signature;
    this.size = size;
    this.optimizer = optimizer;
    this.check = new AnswerCheck<>(optimizer);
  }

  Signature signature() {
    return signature;
  }

  Execution<A> execution() {
    return optimizer.execution();
  }

  private HyperValues hypers() {
    return optimizer.hypers;
  }

  private DomainCheck domains() {
    return execution().domains();
  }

  /** The number of coordinates. */
  long size() {
    return size;
  }

  Scope<A> scope() {
    return scope;
  }

  long steps() {
    return steps;
  }

  /** The number of the current step, from 1. */
  long stepNumber() {
    return steps + 1;
  }

  long skipped() {
    return skipped;
  }

  NonFinite nonFinite() {
    return check.policy();
  }

  void nonFinite(NonFinite policy) {
    check.policy(policy);
  }

  /** Takes the sums that are due after a number of phases. */
  void takeSums(int after) {
    execution().sums(after, completed);
  }

  /** Opens the next evaluation. */
  Scope<A> evaluate(int passesOfEach) {
    Scope<A> next = prepare(passesOfEach);
    try {
      takeSums(0);
      next.begin();
    } catch (RuntimeException | Error e) {
      // The caller gets no handle to close.
      next.close();
      throw e;
    }
    return next;
  }

  /** Makes the next evaluation, which is still to begin. */
  Scope<A> prepare(int passesOfEach) {
    requireEvaluable(passesOfEach);
    if (completed == 0) {
      hypers().begin(stepNumber());
    }
    accumulateCompleted();
    scope = new Scope<>(this, gathered(), passesOfEach);
    return scope;
  }

  /** Refuses an evaluation that cannot be; changes nothing. */
  void requireEvaluable(int passesOfEach) {
    requireClosed("evaluate");
    requireWhole("evaluate");
    if (passesOfEach < 1) {
      throw new IllegalArgumentException(
          "an evaluation cannot have %d passes".formatted(passesOfEach));
    }
    if (completed > 0 && !signature.draws()) {
      throw new IllegalStateException(
          signature.name() + " makes no draws, so a step takes one evaluation: call step()");
    }
  }

  private List<Gathered<A>> gathered() {
    int questions = signature.phases().stream().mapToInt(List::size).max().orElse(0);
    while (gathered.size() < questions) {
      gathered.add(execution().gathered());
    }
    return gathered;
  }

  void beginPhase(int phase) {
    execution().point(phase, completed);
  }

  void complete(boolean usable) {
    completed++;
    spoiled |= !usable;
  }

  /** Writes the mean to the parameters. */
  void restore() {
    execution().restore();
  }

  void refresh() {
    requireClosed("refresh");
    hypers().begin(stepNumber());
    restore();
  }

  /** Completes the step. */
  void step() {
    if (prepareStep()) {
      try {
        takeSums(signature.phases().size() + 1);
        execution().moveShared();
        checkStep();
        finishStep();
      } catch (OutOfDomainException refused) {
        restore();
        throw refused;
      } finally {
        forgetStep();
      }
    }
  }

  /** Refuses a step that cannot be; changes nothing. */
  void requireSteppable() {
    requireClosed("step");
    requireWhole("step");
    if (completed == 0) {
      throw new IllegalStateException("cannot step: " + whyIncomplete());
    }
    if (!spoiled && accumulated < completed) {
      execution().requireAnswers();
    }
  }

  /** Whether there is a step to be finished, and not skipped. */
  boolean prepareStep() {
    requireSteppable();
    if (spoiled) {
      skipped++;
      forgetStep();
      return false;
    }
    if (signature.sumsOverDraws()) {
      accumulateCompleted();
    }
    return true;
  }

  /**
   * Completes the step and opens the first evaluation of the next one, in one pass where that can
   * be. The last evaluation may still be open, if it is complete.
   */
  Scope<A> stepAndEvaluate() {
    leaveComplete();
    requireClosed("step");
    try {
      if (isFused() && stepToNextPoint()) {
        scope = new Scope<>(this, gathered(), 1);
        scope.beginAtPoint();
        return scope;
      }
      step();
      return evaluate(1);
    } catch (RuntimeException | Error e) {
      restoreAfter(e);
      throw e;
    }
  }

  /** What a device says then is only what it has said already. */
  private void restoreAfter(Throwable failure) {
    try {
      restore();
    } catch (RuntimeException again) {
      failure.addSuppressed(again);
    }
  }

  /** Ends an evaluation that is complete; the next point is going to be written over its point. */
  void leaveComplete() {
    if (scope != null && scope.isOpen() && scope.isComplete()) {
      scope.leave();
    }
  }

  private boolean isFused() {
    boolean closed = scope != null && !scope.isOpen();
    return closed && isFromOne() && !spoiled && !signature.sumsOverDraws() && !domains().isNeeded();
  }

  private boolean stepToNextPoint() {
    requireSteppable();
    hypers().prepare(stepNumber() + 1);
    boolean fused;
    torn = true;
    try {
      fused = execution().updateAndPoint();
    } catch (RuntimeException | Error e) {
      forgetStep();
      throw e;
    }
    torn = false;
    if (fused) {
      steps++;
      forgetStep();
      hypers().begin(stepNumber());
    }
    return fused;
  }

  /**
   * Looks at the step before it is made, which may use {@link Optimizer#parameters} as scratch.
   *
   * @throws OutOfDomainException if it is refused; it is still to be forgotten
   */
  void checkStep() {
    if (domains().isNeeded() && !isAccepted()) {
      throw domains().refusal(stepNumber(), optimizer.draws.first());
    }
  }

  /** Whether the step may be made, shortened if need be. */
  private boolean isAccepted() {
    if (!isFromOne()) {
      accumulateCompleted();
    }
    boolean accepted = isFromOne() ? domains().acceptsFromOne() : domains().accepts(completed);
    if (accepted || !domains().backsOff()) {
      return accepted;
    }
    accumulateCompleted();
    return domains().shorten(completed);
  }

  private boolean isFromOne() {
    return completed == 1 && accumulated == 0;
  }

  void finishStep() {
    boolean fromOne = isFromOne();
    if (!fromOne) {
      accumulateCompleted();
    }
    torn = true;
    if (fromOne) {
      execution().updateFromOne();
    } else {
      execution().update(completed);
    }
    execution().keepShared();
    torn = false;
    steps++;
  }

  private void accumulateCompleted() {
    if (accumulated < completed) {
      try {
        execution().accumulate(accumulated);
      } catch (RuntimeException | Error e) {
        // What was added up in part cannot be added again.
        forgetStep();
        throw e;
      }
      accumulated = completed;
    }
  }

  void forgetStep() {
    domains().forget();
    scope = null;
    completed = 0;
    accumulated = 0;
    spoiled = false;
  }

  /** Counts steps that were made elsewhere. */
  void countSteps(long made) {
    steps += made;
    hypers().begin(stepNumber());
  }

  /** From now on states are replaced, one after the other. */
  void tear() {
    torn = true;
  }

  /** Goes on after a number of steps from states that were replaced. */
  void goOn(long after) {
    steps = after;
    torn = false;
    restore();
  }

  /** Whether {@link #step} is going to skip. */
  boolean isSpoiled() {
    return spoiled;
  }

  void spoil() {
    spoiled = true;
  }

  /**
   * Whether all values of an answer may be used, and those of its sum with earlier ones.
   *
   * @throws NonFiniteException if one is not finite and that is an error
   */
  boolean isUsable(Question question, A values, Gathered<A> earlier) {
    String draw = signature.draws() ? ", draw " + completed : "";
    return check.accepts(question, values, earlier, stepNumber(), draw);
  }

  private String whyIncomplete() {
    int all = signature.phases().size();
    return scope != null && scope.wasInterrupted()
        ? "the last evaluation was closed after %d of %d phase%s"
            .formatted(scope.phase(), all, all == 1 ? "" : "s")
        : "no evaluation was completed since the last step";
  }

  void requireClosed(String what) {
    if (scope != null && scope.isOpen()) {
      throw new IllegalStateException("cannot " + what + ": an evaluation is open; close it first");
    }
  }

  void requireBetweenSteps(String what) {
    requireClosed(what);
    if (completed > 0) {
      throw new IllegalStateException(
          "cannot " + what + " inside a step: an evaluation was completed; call step() first");
    }
  }

  /** An update that failed has written some blocks of the states and not the others. */
  void requireWhole(String what) {
    if (torn) {
      throw new IllegalStateException(
          "cannot %s: step %d failed while it wrote the states; load a saved state"
              .formatted(what, stepNumber()));
    }
  }
}
