package org.blrc.runtime;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BinaryOperator;

/**
 * Looks at a step before it is made: whether it keeps the states in their domains, and where it
 * does not, how much shorter it has to be. Coordinates are judged one by one, so that nothing
 * depends on how they are cut and shared out.
 */
public abstract class DomainCheck {

  /**
   * A value that leaves.
   *
   * @param coordinate its place among those of the optimizer
   */
  protected record Leaving(long coordinate, Guard guard, double value) {

    static final BinaryOperator<Leaving> FIRST =
        (left, right) -> left != null && left.coordinate < right.coordinate ? left : right;
  }

  private final Signature signature;
  private final AtomicLong shortened = new AtomicLong();
  private OutOfDomain policy = OutOfDomain.REJECT;

  protected DomainCheck(Signature signature) {
    this.signature = signature;
  }

  protected final Signature signature() {
    return signature;
  }

  protected final List<Guard> guards() {
    return signature.guards();
  }

  final OutOfDomain policy() {
    return policy;
  }

  /**
   * @throws IllegalArgumentException if steps cannot be made shorter
   */
  final void policy(OutOfDomain other) {
    Objects.requireNonNull(other, "policy");
    if (other == OutOfDomain.BACK_OFF && !guards().isEmpty() && !signature.backsOff()) {
      throw new IllegalArgumentException(
          signature.name() + " cannot back off: its update is not known at other rates");
    }
    policy = other;
  }

  /** How many coordinates have made a shorter step. */
  final long shortened() {
    return shortened.get();
  }

  /** Counts coordinates that make a shorter step. */
  protected final void countShortened(long coordinates) {
    shortened.addAndGet(coordinates);
  }

  /** Whether steps have to be looked at. */
  public final boolean isNeeded() {
    return !guards().isEmpty() && policy != OutOfDomain.PROPAGATE;
  }

  final boolean backsOff() {
    return policy == OutOfDomain.BACK_OFF;
  }

  /** Whether the step from a single draw, of which nothing was accumulated, may be made. */
  protected abstract boolean acceptsFromOne();

  /** The same from the accumulators. */
  protected abstract boolean accepts(int draws);

  /**
   * Finds out how often each coordinate has to halve its step, where it was not accepted; the
   * states are as before. Returns whether that helps everywhere.
   */
  protected abstract boolean shorten(int draws);

  /** The first value that leaves, of a step that was not accepted or could not be shortened. */
  protected abstract Leaving first();

  /** Forgets what was found about the last step. */
  protected abstract void forget();

  /**
   * @param before how many coordinates of a larger optimizer come before
   */
  final OutOfDomainException refusal(long step, long before) {
    Leaving leaving = first();
    String state = signature.states().get(leaving.guard.state());
    boolean shared = signature.shared().contains(state);
    long coordinate = shared ? -1 : before + leaving.coordinate;
    return new OutOfDomainException(
        "%s would be %s%s in step %d, outside of %s%s"
            .formatted(
                state,
                leaving.value,
                shared ? "" : " at coordinate " + coordinate,
                step,
                leaving.guard.domain(),
                backsOff()
                    ? "; halving the step %d times does not help".formatted(DomainSearch.HALVINGS)
                    : ""),
        state,
        leaving.value,
        coordinate,
        step);
  }
}
