package org.blrc.runtime.cuda;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.HyperParameter;
import org.blrc.runtime.NoiseSource;
import org.blrc.runtime.NonFinite;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.OutOfDomain;
import org.blrc.runtime.ParameterGroup;
import org.blrc.runtime.Question;
import org.blrc.runtime.Schedule;

/**
 * An optimizer on a device that is used like one over arrays of this machine's memory: everything
 * is copied there and back, at every call. It is for models that are not on the device themselves,
 * and for comparisons; closing it closes the optimizer.
 *
 * @param <A> {@code double[]} or {@code float[]}
 */
public final class MirroredOptimizer<A> implements Optimizer<A>, AutoCloseable {

  private final CudaOptimizer optimizer;
  private final Function<DeviceArray, A> reader;
  private final BiConsumer<DeviceArray, A> writer;
  private final Map<String, A> states = new HashMap<>();

  /** By question: what was taken as its last answer, and what the next one is written to. */
  private final Map<Integer, DeviceArray> taken = new HashMap<>();

  private final Map<Integer, DeviceArray> spare = new HashMap<>();
  private final A parameters;

  private MirroredOptimizer(
      CudaOptimizer optimizer, Function<DeviceArray, A> reader, BiConsumer<DeviceArray, A> writer) {
    this.optimizer = optimizer;
    this.reader = reader;
    this.writer = writer;
    for (String state : optimizer.states()) {
      states.put(state, reader.apply(optimizer.state(state)));
    }
    String read =
        optimizer.states().stream()
            .filter(state -> optimizer.state(state) == optimizer.parameters())
            .findFirst()
            .orElse(null);
    this.parameters = read == null ? reader.apply(optimizer.parameters()) : states.get(read);
  }

  /** Over arrays in double precision, whatever the device's hold. */
  public static MirroredOptimizer<double[]> doubles(CudaOptimizer optimizer) {
    return new MirroredOptimizer<>(optimizer, DeviceArray::toDoubles, DeviceArray::set);
  }

  /** Over arrays in single precision. */
  public static MirroredOptimizer<float[]> floats(CudaOptimizer optimizer) {
    return new MirroredOptimizer<>(optimizer, DeviceArray::toFloats, DeviceArray::set);
  }

  private void pull(DeviceArray from, A to) {
    System.arraycopy(reader.apply(from), 0, to, 0, Array.getLength(to));
  }

  private void pullParameters() {
    pull(optimizer.parameters(), parameters);
  }

  private void pullAll() {
    states.forEach((state, values) -> pull(optimizer.state(state), values));
    pullParameters();
  }

  @Override
  public void refresh() {
    // Refused where it has to be, before anything is written.
    optimizer.refresh();
    states.forEach((state, values) -> writer.accept(optimizer.state(state), values));
    optimizer.refresh();
    pullAll();
  }

  @Override
  public void load(Path file) throws IOException {
    optimizer.load(file);
    pullAll();
  }

  @Override
  public void step() {
    try {
      optimizer.step();
    } finally {
      pullAll();
    }
  }

  @Override
  public Evaluation<A> evaluate(int passes) {
    return mirrored(optimizer.evaluate(passes));
  }

  @Override
  public Evaluation<A> stepAndEvaluate() {
    try {
      return mirrored(optimizer.stepAndEvaluate());
    } finally {
      pullAll();
    }
  }

  private Evaluation<A> mirrored(Evaluation<DeviceArray> evaluation) {
    pullParameters();
    return new Evaluation<>() {
      @Override
      public int phase() {
        return evaluation.phase();
      }

      @Override
      public void answer(int question, A values) {
        evaluation.answer(question, sent(question, values));
        take(question);
        pullParameters();
      }

      @Override
      public void gradient(A values) {
        evaluation.gradient(sent(0, values));
        take(0);
        pullParameters();
      }

      @Override
      public void close() {
        evaluation.close();
        pullParameters();
      }
    };
  }

  /** What was accepted stays until the answer after the next one. */
  private void take(int question) {
    DeviceArray before = taken.put(question, spare.remove(question));
    if (before != null) {
      spare.put(question, before);
    }
  }

  /** An answer on the device, in memory that no answer is in that still counts. */
  private DeviceArray sent(int question, A values) {
    long width = optimizer.size();
    int length = Array.getLength(values);
    if (width == 0 ? length > 0 : length % width != 0) {
      throw new IllegalArgumentException(
          "the answer has %d values; expected a row, or several, of %d".formatted(length, width));
    }
    int rows = width == 0 ? 1 : (int) (length / width);
    DeviceArray array = spare.get(question);
    if (array == null || array.rows() != rows) {
      if (array != null) {
        array.close();
      }
      array = optimizer.array(rows);
      spare.put(question, array);
    }
    writer.accept(array, values);
    return array;
  }

  @Override
  public A state(String name) {
    optimizer.state(name);
    return states.get(name);
  }

  @Override
  public A parameters() {
    return parameters;
  }

  @Override
  public A direction() {
    return reader.apply(optimizer.direction());
  }

  @Override
  public String name() {
    return optimizer.name();
  }

  @Override
  public int dimension() {
    return optimizer.dimension();
  }

  @Override
  public List<HyperParameter> hyperParameters() {
    return optimizer.hyperParameters();
  }

  @Override
  public double hyperParameter(String name) {
    return optimizer.hyperParameter(name);
  }

  @Override
  public void hyperParameter(String name, double value) {
    optimizer.hyperParameter(name, value);
  }

  @Override
  public void schedule(String name, Schedule schedule) {
    optimizer.schedule(name, schedule);
  }

  @Override
  public List<ParameterGroup> groups() {
    return optimizer.groups();
  }

  @Override
  public ParameterGroup group(String name) {
    return optimizer.group(name);
  }

  @Override
  public List<String> states() {
    return optimizer.states();
  }

  @Override
  public int samples() {
    return optimizer.samples();
  }

  @Override
  public List<List<Question>> phases() {
    return optimizer.phases();
  }

  @Override
  public void nonFinite(NonFinite policy) {
    optimizer.nonFinite(policy);
  }

  @Override
  public long skippedSteps() {
    return optimizer.skippedSteps();
  }

  @Override
  public void outOfDomain(OutOfDomain policy) {
    optimizer.outOfDomain(policy);
  }

  @Override
  public long shortenedSteps() {
    return optimizer.shortenedSteps();
  }

  @Override
  public void save(Path file) throws IOException {
    optimizer.save(file);
  }

  @Override
  public long steps() {
    return optimizer.steps();
  }

  @Override
  public void noise(NoiseSource source) {
    optimizer.noise(source);
  }

  @Override
  public void threads(int count) {
    optimizer.threads(count);
  }

  @Override
  public void close() {
    taken.values().forEach(DeviceArray::close);
    spare.values().forEach(DeviceArray::close);
    optimizer.close();
  }
}
