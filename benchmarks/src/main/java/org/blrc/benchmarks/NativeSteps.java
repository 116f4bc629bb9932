package org.blrc.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The steps of one algorithm in C. */
final class NativeSteps implements AutoCloseable {

  /** One step. */
  private interface Step {
    void run(long number) throws Throwable;
  }

  private final Arena arena = Arena.ofShared();
  private final Kernels kernels = Kernels.compile();
  private final Contestants algorithm;
  private final int size;
  private final MemorySegment m;
  private final MemorySegment gradients;
  private final Step step;
  private long steps;

  NativeSteps(Contestants algorithm, int size, int threads) {
    this.algorithm = algorithm;
    this.size = size;
    m = Kernels.filled(arena, size, 0);
    gradients = Kernels.copy(arena, algorithm.gradients(size));
    MethodHandle setThreads = kernels.function("threads", "i");
    run(
        _ -> {
          setThreads.invokeExact(threads);
        });
    step =
        switch (algorithm) {
          case RMSPROP -> rmsprop();
          case ADAM -> adam();
          case VOGN -> vogn();
          case IVON -> ivon();
        };
  }

  void step() {
    steps++;
    run(step);
  }

  /** The mean, as it is now. */
  float[] mean() {
    return m.toArray(ValueLayout.JAVA_FLOAT);
  }

  @Override
  public void close() {
    arena.close();
  }

  private void run(Step action) {
    try {
      action.run(steps);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private Step rmsprop() {
    MethodHandle update = kernels.function("rmsprop", "lpppfff");
    MemorySegment s = Kernels.filled(arena, size, 0);
    float alpha = algorithm.hyper("alpha");
    float rho = algorithm.hyper("rho");
    float delta = algorithm.hyper("delta");
    return _ -> {
      update.invokeExact((long) size, m, s, gradients, alpha, rho, delta);
    };
  }

  private Step adam() {
    MethodHandle update = kernels.function("adam", "lppppffffl");
    MemorySegment s = Kernels.filled(arena, size, 0);
    MemorySegment v = Kernels.filled(arena, size, 0);
    float alpha = algorithm.hyper("alpha");
    float beta1 = algorithm.hyper("beta1");
    float beta2 = algorithm.hyper("beta2");
    float delta = algorithm.hyper("delta");
    return t -> {
      update.invokeExact((long) size, m, s, v, gradients, alpha, beta1, beta2, delta, t);
    };
  }

  private Step vogn() {
    MethodHandle point = kernels.function("vogn_point", "lpppfll");
    MethodHandle restore = kernels.function("restore", "lpp");
    MethodHandle update = kernels.function("vogn_update", "lippppffff");
    MemorySegment s = Kernels.filled(arena, size, 0);
    MemorySegment parameters = Kernels.filled(arena, size, 0);
    float alpha = algorithm.hyper("alpha");
    float rho = algorithm.hyper("rho");
    float gamma = algorithm.hyper("gamma");
    float n = algorithm.hyper("N");
    int examples = algorithm.examples;
    return t -> {
      point.invokeExact((long) size, m, s, parameters, gamma, Contestants.SEED, t);
      restore.invokeExact((long) size, m, parameters);
      update.invokeExact((long) size, examples, m, s, parameters, gradients, alpha, rho, gamma, n);
    };
  }

  private Step ivon() {
    MethodHandle point = kernels.function("ivon_point", "lpppffll");
    MethodHandle restore = kernels.function("restore", "lpp");
    MethodHandle update = kernels.function("ivon_update", "lpppppffffffll");
    MemorySegment h = Kernels.filled(arena, size, 1);
    MemorySegment v = Kernels.filled(arena, size, 0);
    MemorySegment parameters = Kernels.filled(arena, size, 0);
    float alpha = algorithm.hyper("alpha");
    float beta1 = algorithm.hyper("beta1");
    float rho = algorithm.hyper("rho");
    float n = algorithm.hyper("N");
    float delta = algorithm.hyper("delta");
    float clip = algorithm.hyper("clip");
    long seed = Contestants.SEED;
    return t -> {
      point.invokeExact((long) size, m, h, parameters, n, delta, seed, t);
      restore.invokeExact((long) size, m, parameters);
      update.invokeExact(
          (long) size, m, h, v, parameters, gradients, alpha, beta1, rho, n, delta, clip, seed, t);
    };
  }
}
