package org.blrc.runtime.cuda;

import java.util.List;
import org.blrc.runtime.cuda.Launches.Setting;

/**
 * Steps that were recorded to a CUDA graph. What changes from step to step (its number, the noise,
 * the values of hyper-parameters) is an argument of launches, so that a graph that is launched
 * again would repeat the very same steps: {@link #prepare} makes it the steps that follow.
 */
public final class RecordedSteps {

  private final CudaOptimizer optimizer;
  private final List<Recording.Launch> launches;
  private final long first;
  private final long count;
  private long shift;

  RecordedSteps(CudaOptimizer optimizer, List<Recording.Launch> launches) {
    this.optimizer = optimizer;
    this.launches = launches;
    this.first = launches.isEmpty() ? 0 : launches.getFirst().setting().step();
    this.count = launches.isEmpty() ? 0 : optimizer.steps() + 1 - first;
  }

  /** How many steps were recorded. */
  public long count() {
    return count;
  }

  /**
   * Makes a graph the steps that follow, before it is launched once more. The first launch needs no
   * preparation: it makes the steps as they were recorded.
   *
   * <p>Launches are found by their names in the graph that was captured ({@code CUgraph}), which
   * therefore has to be kept as long as the instantiated one is.
   *
   * @param graph the handle of the instantiated graph ({@code CUgraphExec})
   * @throws IllegalArgumentException if a schedule gives a value outside the domain; then nothing
   *     is changed
   * @throws IllegalStateException if other steps were made since, or if noise was replaced by other
   *     than {@link org.blrc.runtime.PhiloxNoise}
   * @throws DeviceException if the graph is none that holds the recorded launches
   */
  public void prepare(long graph) {
    if (optimizer.steps() + 1 != first + shift + count) {
      throw new IllegalStateException(
          "steps %d to %d were recorded or launched last, but the optimizer has made %d steps"
              .formatted(first + shift, first + shift + count - 1, optimizer.steps()));
    }
    Launches all = optimizer.execution().launches();
    launches.forEach(launch -> all.requireDrawing(all.kernel(launch.kernel()).kernel()));
    long next = shift + count;
    try {
      change(graph, next);
    } catch (RuntimeException | Error e) {
      // The step at hand has the values of hyper-parameters that it had.
      optimizer.count(0);
      throw e;
    }
    optimizer.count(count);
    shift = next;
  }

  private void change(long graph, long next) {
    for (long step = first + next; step < first + next + count; step++) {
      optimizer.take(step);
    }
    Launches all = optimizer.execution().launches();
    long taken = first + next + count - 1;
    for (Recording.Launch launch : launches) {
      Setting was = launch.setting();
      long step = was.step() + next;
      if (step != taken) {
        optimizer.take(step);
        taken = step;
      }
      PreparedKernel kernel = all.kernel(launch.kernel());
      if (!kernel.kernel().isOfOneThread()) {
        kernel.on(all.layout().groups().get(was.group()));
        for (int i = 0; i < launch.tables().length; i++) {
          kernel.array(kernel.kernel().columns().get(i), launch.tables()[i]);
        }
      }
      all.fill(
          kernel,
          new Setting(was.group(), was.draw(), was.draws(), was.examples(), step, was.share()));
      if (kernel.kernel().arguments().contains(Argument.PARTS)) {
        all.placeParts(kernel, was.group());
      }
      kernel.change(graph, launch.node(), launch.blocks());
    }
  }
}
