package org.blrc.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Saves and loads optimizers that together are one; most often it is a single one. Everything that
 * can fail comes before the first write, so that what cannot be loaded changes nothing.
 */
final class SavedState<A> {

  private final List<? extends SteppedOptimizer<A>> segments;
  private final SteppedOptimizer<A> first;

  /**
   * @param segments in the order of their coordinates
   * @throws IllegalStateException if one is inside a step
   */
  SavedState(List<? extends SteppedOptimizer<A>> segments) {
    this.segments = segments;
    this.first = segments.getFirst();
    segments.forEach(segment -> segment.stepper.requireBetweenSteps("save or load the state"));
  }

  /**
   * Those that have a part of a state of their own: of one that all coordinates share, the first.
   */
  private List<? extends SteppedOptimizer<A>> holders(int state) {
    Signature signature = first.stepper.signature();
    return signature.shared().contains(signature.states().get(state)) ? List.of(first) : segments;
  }

  void save(Path file) throws IOException {
    segments.forEach(segment -> segment.stepper.requireWhole("save the state"));
    List<List<?>> arrays = new ArrayList<>();
    for (int state = 0; state < first.states().size(); state++) {
      int index = state;
      List<Object> parts = new ArrayList<>();
      holders(state).forEach(segment -> parts.addAll(segment.execution().state(index)));
      arrays.add(parts);
    }
    description().write(file, arrays);
  }

  void load(Path file) throws IOException {
    // By state and holder.
    List<List<List<?>>> arrays = new ArrayList<>();
    for (int state = 0; state < first.states().size(); state++) {
      int index = state;
      arrays.add(
          holders(state).stream()
              .<List<?>>map(segment -> segment.execution().stateArrays(index))
              .toList());
    }
    StateFile saved =
        StateFile.read(
            file,
            description(),
            arrays.stream()
                .<List<?>>map(parts -> parts.stream().flatMap(List::stream).toList())
                .toList());
    List<Runnable> hypers = restoring(file, saved);
    segments.forEach(segment -> segment.stepper.tear());
    for (int i = 0; i < segments.size(); i++) {
      SteppedOptimizer<A> segment = segments.get(i);
      for (int state = 0; state < arrays.size(); state++) {
        List<List<?>> held = arrays.get(state);
        segment.execution().replaceState(state, held.get(Math.min(i, held.size() - 1)));
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
      for (SteppedOptimizer<A> segment : segments) {
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
    for (SteppedOptimizer<A> segment : segments) {
      List<List<Double>> own = segment.hypers.numbers();
      values.addAll(own.subList(1, own.size()));
      for (Range range : segment.hypers.groups()) {
        groups.add(range.movedBy(coordinates));
      }
      coordinates += segment.size();
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
