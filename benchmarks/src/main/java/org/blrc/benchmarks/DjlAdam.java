package org.blrc.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;

/** Adam as DJL has it, on the CPU of its PyTorch engine. */
final class DjlAdam implements AutoCloseable {

  private final NDManager manager;
  private final Optimizer optimizer;
  private final NDArray weights;
  private final NDArray gradient;

  DjlAdam(int size, int threads) {
    // Read when the engine is loaded.
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    manager = NDManager.newBaseManager();
    Contestants adam = Contestants.ADAM;
    optimizer =
        Optimizer.adam()
            .optLearningRateTracker(Tracker.fixed(adam.hyper("alpha")))
            .optBeta1(adam.hyper("beta1"))
            .optBeta2(adam.hyper("beta2"))
            .optEpsilon(adam.hyper("delta"))
            .build();
    weights = manager.create(new float[size]);
    gradient = manager.create(adam.gradients(size));
  }

  void step() {
    optimizer.update("weights", weights, gradient);
  }

  /** The weights, as they are now. */
  float[] mean() {
    return weights.toFloatArray();
  }

  @Override
  public void close() {
    manager.close();
  }
}
