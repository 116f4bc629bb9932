package org.blrc.runtime;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Saves and loads optimizers that together are one; most often it is a single one. Everything that
 * can fail comes before the first write, so that what cannot be loaded changes nothing.
 */
final class SavedState<A> {

  private final List<AbstractOptimizer<A>> segments;
  private final AbstractOptimizer<A> first;

  /**
   * @param segments in the order of their coordinates
   * @throws IllegalStateException if one is inside a step
   */
  SavedState(List<AbstractOptimizer<A>> segments) {
    this.segments = segments;
    this.first = segments.getFirst();
    segments.forEach(segment -> segment.stepper.requireBetweenSteps("save or load the state"));
  }

  /**
   * Those that have a part of a state of their own: of one that all coordinates share, the first.
   */
  private List<AbstractOptimizer<A>> holders(int state) {
    Signature signature = first.stepper.signature();
    return signature.shared().contains(signature.states().get(state)) ? List.of(first) : segments;
  }

  void save(Path file) throws IOException {
    segments.forEach(segment -> segment.stepper.requireWhole("save the state"));
    List<List<?>> arrays = new ArrayList<>();
    for (int state = 0; state < first.states().size(); state++) {
      int index = state;
      arrays.add(holders(state).stream().map(segment -> segment.state(index)).toList());
    }
    description().write(file, arrays);
  }

  void load(Path file) throws IOException {
    List<List<?>> arrays = new ArrayList<>();
    for (int state = 0; state < first.states().size(); state++) {
      List<Object> parts = new ArrayList<>();
      for (AbstractOptimizer<A> segment : holders(state)) {
        A live = segment.state(state);
        parts.add(Array.newInstance(live.getClass().getComponentType(), Array.getLength(live)));
      }
      arrays.add(parts);
    }
    StateFile saved = StateFile.read(file, description(), arrays);
    List<Runnable> hypers = restoring(file, saved);
    for (int i = 0; i < segments.size(); i++) {
      AbstractOptimizer<A> segment = segments.get(i);
      for (int state = 0; state < arrays.size(); state++) {
        Object part = arrays.get(state).get(Math.min(i, arrays.get(state).size() - 1));
        System.arraycopy(part, 0, segment.state(state), 0, Array.getLength(part));
      }
      hypers.get(i).run();
      saved.seed().ifPresent(seed -> segment.draws.source(new PhiloxNoise(seed)));
      segment.stepper.goOn(saved.steps());
    }
  }

  /** For every segment what restores its hyper-parameters, and those of its groups. */
  private List<Runnable> restoring(Path file, StateFile saved) throws StateFileException {
    if (saved.steps() < 0 || saved.steps() == Long.MAX_VALUE) {
      throw new StateFileException("%s has made %d steps".formatted(file, saved.steps()));
    }
    List<Runnable> result = new ArrayList<>();
    int group = 1;
    try {
      for (AbstractOptimizer<A> segment : segments) {
        int end = group + segment.groups().size();
        List<List<Double>> values = new ArrayList<>(saved.values().subList(group, end));
        values.addFirst(saved.values().getFirst());
        result.add(segment.hypers.restoring(values, saved.steps() + 1));
        group = end;
      }
    } catch (IllegalArgumentException e) {
      throw new StateFileException("%s: %s".formatted(file, e.getMessage()), e);
    }
    return result;
  }

  /** What is saved beside the states. */
  private StateFile description() {
    List<Range> groups = new ArrayList<>();
    List<List<Double>> values = new ArrayList<>();
    values.add(first.hypers.numbers().getFirst());
    long coordinates = 0;
    for (AbstractOptimizer<A> segment : segments) {
      List<List<Double>> own = segment.hypers.numbers();
      values.addAll(own.subList(1, own.size()));
      for (Range range : segment.hypers.groups()) {
        groups.add(range.movedBy(coordinates));
      }
      coordinates += segment.dimension();
    }
    Signature signature = first.stepper.signature();
    return new StateFile(
        signature.name(),
        signature.questions(),
        signature.hyperParameters().stream().map(HyperParameter::name).toList(),
        signature.states(),
        first.steps(),
        first.draws.source() instanceof PhiloxNoise(long seed)
            ? OptionalLong.of(seed)
            : OptionalLong.empty(),
        groups,
        values);
  }
}
