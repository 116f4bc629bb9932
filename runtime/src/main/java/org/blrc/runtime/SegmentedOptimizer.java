package org.blrc.runtime;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * One optimizer over more coordinates than an array can hold: several of the same class, one after
 * the other. Wherever an optimizer takes or gives an array, this takes or gives a list of arrays,
 * one for each segment; the results are those of one optimizer over all coordinates, bit for bit.
 *
 * @param <A> {@code double[]} or {@code float[]}
 */
public final class SegmentedOptimizer<A> implements Optimizer<List<A>> {

  private final List<AbstractOptimizer<A>> segments;
  private final AbstractOptimizer<A> first;
  private final long size;

  /**
   * @param segments in the order of their coordinates; from now on used through this object alone.
   *     Groups are declared in the segments, each under a name of its own.
   * @throws IllegalArgumentException if there are none, or they are of different classes
   * @throws IllegalStateException if one is inside a step
   */
  public SegmentedOptimizer(List<? extends AbstractOptimizer<A>> segments) {
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("an optimizer needs a segment");
    }
    this.segments = List.copyOf(segments);
    this.first = segments.getFirst();
    for (AbstractOptimizer<A> segment : segments) {
      requireLikeFirst(segment);
    }
    Set<Object> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    if (!segments.stream().allMatch(distinct::add)) {
      throw new IllegalArgumentException("a segment stands twice in the list");
    }
    long coordinates = 0;
    for (AbstractOptimizer<A> segment : segments) {
      segment.firstCoordinate(coordinates);
      coordinates += segment.dimension();
    }
    this.size = coordinates;
    requireNamesOfTheirOwn(groups());
  }

  /** Outside their groups all segments step alike, so that together they are one optimizer. */
  private void requireLikeFirst(AbstractOptimizer<A> segment) {
    if (segment.getClass() != first.getClass() || segment.steps() != first.steps()) {
      throw new IllegalArgumentException("the segments are different optimizers");
    }
    for (HyperParameter hyper : first.hyperParameters()) {
      double value = segment.hyperParameter(hyper.name());
      if (Double.compare(value, first.hyperParameter(hyper.name())) != 0) {
        throw new IllegalArgumentException(
            "the segments have different values of %s: %s and %s"
                .formatted(hyper.name(), first.hyperParameter(hyper.name()), value));
      }
    }
  }

  private static void requireNamesOfTheirOwn(List<ParameterGroup> groups) {
    long names = groups.stream().map(ParameterGroup::name).distinct().count();
    if (names < groups.size()) {
      throw new IllegalArgumentException("two segments have groups of the same name");
    }
  }

  /** The number of coordinates. */
  public long size() {
    return size;
  }

  /**
   * The same, where it is an {@code int}.
   *
   * @throws ArithmeticException if it is larger
   */
  @Override
  public int dimension() {
    return Math.toIntExact(size);
  }

  @Override
  public String name() {
    return first.name();
  }

  @Override
  public List<HyperParameter> hyperParameters() {
    return first.hyperParameters();
  }

  @Override
  public double hyperParameter(String name) {
    return first.hyperParameter(name);
  }

  @Override
  public void hyperParameter(String name, double value) {
    segments.forEach(segment -> segment.hyperParameter(name, value));
  }

  @Override
  public void schedule(String name, Schedule schedule) {
    segments.forEach(segment -> segment.schedule(name, schedule));
  }

  /** The groups of all segments; their ranges count from the first coordinate of their segment. */
  @Override
  public List<ParameterGroup> groups() {
    return segments.stream().flatMap(segment -> segment.groups().stream()).toList();
  }

  @Override
  public ParameterGroup group(String name) {
    return groups().stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no segment has a group " + name));
  }

  @Override
  public List<String> states() {
    return first.states();
  }

  @Override
  public List<A> state(String name) {
    return segments.stream().map(segment -> segment.state(name)).toList();
  }

  @Override
  public List<A> parameters() {
    return segments.stream().map(Optimizer::parameters).toList();
  }

  @Override
  public void refresh() {
    segments.forEach(Optimizer::refresh);
  }

  @Override
  public int samples() {
    return first.samples();
  }

  @Override
  public List<List<Question>> phases() {
    return first.phases();
  }

  @Override
  public long steps() {
    return first.steps();
  }

  @Override
  public void nonFinite(NonFinite policy) {
    segments.forEach(segment -> segment.nonFinite(policy));
  }

  @Override
  public long skippedSteps() {
    return first.skippedSteps();
  }

  @Override
  public void noise(NoiseSource source) {
    segments.forEach(segment -> segment.noise(source));
  }

  @Override
  public void threads(int count) {
    segments.forEach(segment -> segment.threads(count));
  }

  @Override
  public Evaluation<List<A>> evaluate(int passes) {
    List<Evaluation<A>> open = new ArrayList<>();
    try {
      segments.forEach(segment -> open.add(segment.evaluate(passes)));
    } catch (RuntimeException | Error e) {
      open.forEach(Evaluation::close);
      throw e;
    }
    return new AllSegments(open);
  }

  @Override
  public void step() {
    if (segments.stream().anyMatch(AbstractOptimizer::isSpoiled)) {
      segments.forEach(AbstractOptimizer::spoil);
    }
    segments.forEach(Optimizer::step);
  }

  @Override
  public void save(Path file) throws IOException {
    List<List<?>> arrays = new ArrayList<>();
    states().forEach(state -> arrays.add(state(state)));
    saved().write(file, arrays);
  }

  @Override
  public void load(Path file) throws IOException {
    List<List<?>> read = new ArrayList<>();
    for (String state : states()) {
      List<Object> parts = new ArrayList<>();
      for (A live : state(state)) {
        Class<?> type = live.getClass().getComponentType();
        parts.add(Array.newInstance(type, Array.getLength(live)));
      }
      read.add(parts);
    }
    StateFile saved = StateFile.read(file, saved(), read);
    // A segment takes the optimizer's own values and those of its groups.
    int group = 1;
    List<StateFile> shares = new ArrayList<>();
    for (AbstractOptimizer<A> segment : segments) {
      int end = group + segment.groups().size();
      List<List<Double>> values = new ArrayList<>(saved.values().subList(group, end));
      values.addFirst(saved.values().getFirst());
      shares.add(saved.with(segment.saved().groups(), values));
      group = end;
    }
    for (int i = 0; i < segments.size(); i++) {
      segments.get(i).check(file, shares.get(i));
    }
    for (int i = 0; i < segments.size(); i++) {
      segments.get(i).restore(shares.get(i));
      for (int state = 0; state < states().size(); state++) {
        Object part = read.get(state).get(i);
        System.arraycopy(part, 0, segments.get(i).state(state), 0, Array.getLength(part));
      }
    }
    refresh();
  }

  private StateFile saved() {
    List<Range> groups = new ArrayList<>();
    List<List<Double>> values = new ArrayList<>();
    values.add(first.saved().values().getFirst());
    long coordinates = 0;
    for (AbstractOptimizer<A> segment : segments) {
      StateFile own = segment.saved();
      for (int i = 0; i < own.groups().size(); i++) {
        Range range = own.groups().get(i);
        groups.add(
            new Range(
                range.name(), coordinates + range.from(), coordinates + range.to(), List.of()));
        values.add(own.values().get(i + 1));
      }
      coordinates += segment.dimension();
    }
    return first.saved().with(groups, values);
  }

  /** One evaluation of every segment. */
  private final class AllSegments implements Evaluation<List<A>> {

    private final List<Evaluation<A>> parts;

    AllSegments(List<Evaluation<A>> parts) {
      this.parts = parts;
    }

    @Override
    public int phase() {
      return parts.getFirst().phase();
    }

    @Override
    public void answer(int question, List<A> values) {
      if (values.size() != segments.size()) {
        throw new IllegalArgumentException(
            "%d arrays are given for %d segments".formatted(values.size(), segments.size()));
      }
      boolean finite = true;
      for (int i = 0; i < values.size(); i++) {
        finite &= segments.get(i).scope().check(question, values.get(i));
      }
      for (int i = 0; i < values.size(); i++) {
        segments.get(i).scope().take(question, values.get(i), finite);
      }
    }

    @Override
    public void gradient(List<A> values) {
      int phase = phase();
      if (phase < phases().size() && phases().get(phase).size() != 1) {
        throw new IllegalStateException(
            "phase %d asks %d questions: answer them one by one"
                .formatted(phase, phases().get(phase).size()));
      }
      answer(0, values);
    }

    @Override
    public void close() {
      parts.forEach(Evaluation::close);
    }
  }
}
