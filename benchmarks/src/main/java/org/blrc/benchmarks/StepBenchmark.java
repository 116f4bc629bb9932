package org.blrc.benchmarks;

import java.util.concurrent.TimeUnit;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Optimizer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One step of one algorithm; each method is one implementation of it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 7, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-modules=jdk.incubator.vector",
      "--enable-native-access=ALL-UNNAMED",
      "-Dai.djl.offline=true",
      "-Xmx6g"
    })
public class StepBenchmark {

  /** The emitted class. */
  @State(Scope.Benchmark)
  public static class Emitted {
    @Param("ADAM")
    public Contestants algorithm;

    @Param("10000")
    public int size;

    @Param("1")
    public int threads;

    private Optimizer<float[]> optimizer;
    private float[] gradients;

    /** Compiles the specification. */
    @Setup
    public void start() {
      optimizer = algorithm.emitted(size);
      optimizer.threads(threads);
      gradients = algorithm.gradients(size);
    }
  }

  /** The loops in C. */
  @State(Scope.Benchmark)
  public static class InC {
    @Param("ADAM")
    public Contestants algorithm;

    @Param("10000")
    public int size;

    @Param("1")
    public int threads;

    private NativeSteps steps;

    /** Compiles the loops. */
    @Setup
    public void start() {
      steps = new NativeSteps(algorithm, size, threads);
    }

    /** Frees the arrays. */
    @TearDown(Level.Trial)
    public void end() {
      steps.close();
    }
  }

  /** Adam of the PyTorch engine, through DJL. */
  @State(Scope.Benchmark)
  public static class InDjl {
    @Param("10000")
    public int size;

    @Param("1")
    public int threads;

    private DjlAdam adam;

    /** Loads the engine. */
    @Setup
    public void start() {
      adam = new DjlAdam(size, threads);
    }

    /** Frees the arrays. */
    @TearDown(Level.Trial)
    public void end() {
      adam.close();
    }
  }

  /** The emitted class. */
  @Benchmark
  public void emitted(Emitted state) {
    step(state.optimizer, state.gradients);
  }

  static void step(Optimizer<float[]> optimizer, float[] gradients) {
    try (Evaluation<float[]> evaluation = optimizer.evaluate()) {
      evaluation.gradient(gradients);
    }
    optimizer.step();
  }

  /** The same loops in C. */
  @Benchmark
  public void c(InC state) {
    state.steps.step();
  }

  /** DJL's Adam. */
  @Benchmark
  public void djl(InDjl state) {
    state.adam.step();
  }
}
