package org.blrc.runtime;

import java.lang.reflect.Array;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Whether optimizers may be the segments of a larger one: outside their groups all of them have to
 * step alike.
 */
final class SegmentChecks<A> {

  private final List<AbstractOptimizer<A>> segments;

  SegmentChecks(List<AbstractOptimizer<A>> segments) {
    this.segments = segments;
  }

  /**
   * @throws IllegalArgumentException if they may not
   * @throws IllegalStateException if one is inside a step
   */
  void check() {
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("an optimizer needs a segment");
    }
    Set<Object> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    if (!segments.stream().allMatch(distinct::add)) {
      throw new IllegalArgumentException("a segment stands twice in the list");
    }
    segments.forEach(segment -> segment.stepper.requireBetweenSteps("become a segment"));
    requireSame("classes", segment -> segment.getClass().getName());
    requireSame("numbers of steps", AbstractOptimizer::steps);
    requireSame("numbers of skipped steps", AbstractOptimizer::skippedSteps);
    requireSame("sources of noise", segment -> segment.draws.source());
    requireSame("policies for values that are not finite", segment -> segment.stepper.nonFinite());
    requireSame(
        "policies for states that leave their domains",
        segment -> segment.execution().domains().policy());
    List<HyperParameter> hypers = segments.getFirst().hyperParameters();
    for (int i = 0; i < hypers.size(); i++) {
      int hyper = i;
      String name = hypers.get(hyper).name();
      requireSameSchedule(name, hyper);
      requireSame("values of " + name, segment -> segment.hypers.numbers().getFirst().get(hyper));
    }
    for (String state : segments.getFirst().stepper.signature().shared()) {
      requireSame("values of " + state, segment -> Array.getDouble(segment.state(state), 0));
    }
    requireNamesOfTheirOwn();
  }

  private void requireSame(String what, Function<AbstractOptimizer<A>, Object> of) {
    Object first = of.apply(segments.getFirst());
    for (AbstractOptimizer<A> segment : segments) {
      Object other = of.apply(segment);
      if (!Objects.equals(first, other)) {
        throw new IllegalArgumentException(
            "the segments have different %s: %s and %s".formatted(what, first, other));
      }
    }
  }

  /** Schedules are functions: only of the same object it is known that they agree. */
  private void requireSameSchedule(String name, int hyper) {
    Schedule schedule = segments.getFirst().hypers.schedule(0, hyper);
    if (!segments.stream().allMatch(s -> Objects.equals(s.hypers.schedule(0, hyper), schedule))) {
      throw new IllegalArgumentException(
          "the segments have different schedules of %s: schedule it for all of them together"
              .formatted(name));
    }
  }

  private void requireNamesOfTheirOwn() {
    List<String> names =
        segments.stream()
            .flatMap(segment -> segment.groups().stream())
            .map(ParameterGroup::name)
            .toList();
    for (String name : names) {
      if (Collections.frequency(names, name) > 1) {
        throw new IllegalArgumentException("two segments have a group of the name " + name);
      }
    }
  }
}
