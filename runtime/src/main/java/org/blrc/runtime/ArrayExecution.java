package org.blrc.runtime;

import java.lang.reflect.Array;
import java.util.List;

/** Passes over arrays: the hooks of an emitted class are called for all blocks of coordinates. */
final class ArrayExecution<A> implements Execution<A> {

  private final Signature signature;
  private final AbstractOptimizer<A> hooks;
  private final Workers workers = new Workers();
  private final Passes passes;
  private final ArrayDomainCheck domains;
  private final FiniteCheck finite;
  private Sums sums;

  ArrayExecution(Signature signature, Start start, AbstractOptimizer<A> hooks) {
    this.signature = signature;
    this.hooks = hooks;
    this.passes = new Passes(start, Blocks.length(signature), hooks.hypers, workers);
    this.domains = new ArrayDomainCheck(signature, hooks, passes);
    this.finite = new FiniteCheck(workers);
    this.sums = new Sums(signature, List.of(this));
  }

  long dimension() {
    return hooks.size();
  }

  Workers workers() {
    return workers;
  }

  /** The sums over all coordinates of this optimizer, or of that whose segment it is. */
  Sums sums() {
    return sums;
  }

  void sums(Sums shared) {
    sums = shared;
  }

  /** Adds the coordinates to the sums of one of the signature's passes. */
  void addTo(List<OrderedSum> taken, int pass, int draw) {
    passes.add(
        (from, to, values, chunks, at) -> hooks.sum(pass, draw, from, to, values, chunks, at),
        hooks.draws.first(),
        taken);
  }

  @Override
  public void point(int phase, int draw) {
    passes.run((from, to, values) -> hooks.point(phase, draw, from, to, values));
  }

  @Override
  public void sums(int after, int draw) {
    sums.take(after, draw);
  }

  @Override
  public void restore() {
    passes.run(hooks::restore);
  }

  @Override
  public void accumulate(int draw) {
    passes.run((from, to, values) -> hooks.accumulate(draw, from, to, values));
  }

  @Override
  public void update(int draws) {
    passes.run((from, to, values) -> domains.update(draws, from, to, values));
  }

  @Override
  public void updateFromOne() {
    passes.run(hooks::updateFromOne);
  }

  /** Nothing moves what no coordinate has a part in. */
  private boolean movesShared() {
    return !signature.shared().isEmpty() && sums.coordinates() > 0;
  }

  @Override
  public void moveShared() {
    if (movesShared()) {
      hooks.moveShared(hooks.hypers.current(0));
    }
  }

  @Override
  public void keepShared() {
    if (movesShared()) {
      hooks.keepShared();
    }
  }

  @Override
  public DomainCheck domains() {
    return domains;
  }

  @Override
  public long length(A answer) {
    return Array.getLength(answer);
  }

  @Override
  public Gathered<A> gathered() {
    return new ArrayGathered<>();
  }

  @Override
  public long firstNonFinite(A answer, A sum) {
    return sum == null ? finite.firstIn(answer) : finite.firstInSum(sum, answer);
  }

  @Override
  public double valueAt(A answer, long index) {
    return Array.getDouble(answer, (int) index);
  }

  @Override
  public List<?> state(int index) {
    return List.of(hooks.state(index));
  }

  @Override
  public List<?> stateArrays(int index) {
    A live = hooks.state(index);
    return List.of(Array.newInstance(live.getClass().getComponentType(), Array.getLength(live)));
  }

  @Override
  public void replaceState(int index, List<?> parts) {
    A live = hooks.state(index);
    System.arraycopy(parts.getFirst(), 0, live, 0, Array.getLength(live));
  }
}
