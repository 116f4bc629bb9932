package org.blrc.runtime;

import java.util.List;
import java.util.stream.Stream;

/**
 * The order of calls: evaluations, each phase after phase, then the step. It refuses calls out of
 * order, and turns the others into passes over the hooks.
 */
final class Stepper<A> {

  private final Signature signature;
  private final int dimension;
  private final StepHooks<A> hooks;
  private final Workers workers = new Workers();
  private final Passes passes;
  private final AnswerCheck check;
  private final DomainCheck domains;
  private final List<Gathered> gathered;
  private Sums sums;

  /** The last evaluation of the current step; null if there was none. */
  private Scope<A> scope;

  private long steps;
  private long skipped;
  private boolean spoiled;
  private boolean torn;
  private int completed;
  private int accumulated;

  Stepper(Signature signature, Start start, StepHooks<A> hooks) {
    this.signature = signature;
    this.dimension = start.dimension();
    this.hooks = hooks;
    this.passes = new Passes(start, Blocks.length(signature), hooks.hypers, workers);
    this.check = new AnswerCheck(dimension, hooks.draws, workers);
    this.domains = new DomainCheck(signature, hooks, passes);
    this.sums = new Sums(signature, List.of(this));
    int questions = signature.phases().stream().mapToInt(List::size).max().orElse(0);
    this.gathered = Stream.generate(Gathered::new).limit(questions).toList();
  }

  Signature signature() {
    return signature;
  }

  int dimension() {
    return dimension;
  }

  Workers workers() {
    return workers;
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

  DomainCheck domains() {
    return domains;
  }

  /** The sums over all coordinates of this optimizer, or of that whose segment it is. */
  Sums sums() {
    return sums;
  }

  void sums(Sums shared) {
    sums = shared;
  }

  /** Adds the coordinates to the sums of one of the signature's passes. */
  void addTo(List<OrderedSum> sums, int pass) {
    int draw = completed;
    passes.add(
        (from, to, values, chunks, at) -> hooks.sum(pass, draw, from, to, values, chunks, at),
        hooks.draws.first(),
        sums);
  }

  /** Opens the next evaluation. */
  Scope<A> evaluate(int passesOfEach) {
    Scope<A> next = prepare(passesOfEach);
    try {
      sums.take(0);
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
    if (completed == 0) {
      hooks.hypers.begin(stepNumber());
    }
    accumulateCompleted();
    scope = new Scope<>(this, gathered, passesOfEach);
    return scope;
  }

  void beginPhase(int phase) {
    int draw = completed;
    passes.run((from, to, values) -> hooks.point(phase, draw, from, to, values));
  }

  void complete(boolean usable) {
    completed++;
    spoiled |= !usable;
  }

  /** Writes the mean to the parameters. */
  void restore() {
    passes.run(hooks::restore);
  }

  void refresh() {
    requireClosed("refresh");
    hooks.hypers.begin(stepNumber());
    restore();
  }

  /** Completes the step. */
  void step() {
    if (prepareStep()) {
      try {
        sums.take(signature.phases().size() + 1);
        moveShared();
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

  /** Whether there is a step to be finished, and not skipped. */
  boolean prepareStep() {
    requireClosed("step");
    requireWhole("step");
    if (completed == 0) {
      throw new IllegalStateException("cannot step: " + whyIncomplete());
    }
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

  /** Nothing moves what no coordinate has a part in. */
  private boolean movesShared() {
    return !signature.shared().isEmpty() && sums.coordinates() > 0;
  }

  void moveShared() {
    if (movesShared()) {
      hooks.moveShared(hooks.hypers.current(0));
    }
  }

  /**
   * Looks at the step before it is made, which may use {@link Optimizer#parameters} as scratch.
   *
   * @throws OutOfDomainException if it is refused; it is still to be forgotten
   */
  void checkStep() {
    if (domains.isNeeded() && !isAccepted()) {
      throw domains.refusal(stepNumber());
    }
  }

  /** Whether the step may be made, shortened if need be. */
  private boolean isAccepted() {
    if (!isFromOne()) {
      accumulateCompleted();
    }
    int draws = completed;
    boolean accepted =
        isFromOne()
            ? domains.accepts(hooks::rangeFromOne)
            : domains.accepts(
                (from, to, values, range) -> hooks.range(draws, from, to, values, range));
    if (accepted || !domains.backsOff()) {
      return accepted;
    }
    accumulateCompleted();
    return domains.shorten(draws);
  }

  private boolean isFromOne() {
    return completed == 1 && accumulated == 0;
  }

  void finishStep() {
    if (isFromOne()) {
      update(hooks::updateFromOne);
    } else {
      accumulateCompleted();
      int draws = completed;
      update((from, to, values) -> domains.update(draws, from, to, values));
    }
    steps++;
  }

  private void accumulateCompleted() {
    if (accumulated < completed) {
      int draw = accumulated;
      runOrForget((from, to, values) -> hooks.accumulate(draw, from, to, values));
      accumulated = completed;
    }
  }

  private void update(Passes.Hook hook) {
    torn = true;
    passes.run(hook);
    if (movesShared()) {
      hooks.keepShared();
    }
    torn = false;
  }

  /** What was added up in part cannot be added again. */
  private void runOrForget(Passes.Hook hook) {
    try {
      passes.run(hook);
    } catch (RuntimeException | Error e) {
      forgetStep();
      throw e;
    }
  }

  void forgetStep() {
    domains.forget();
    scope = null;
    completed = 0;
    accumulated = 0;
    spoiled = false;
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
  boolean isUsable(Question question, A values, Gathered earlier) {
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

  private void requireClosed(String what) {
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
