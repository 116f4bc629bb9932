package org.blrc.runtime.cuda;

import java.lang.foreign.Arena;
import java.util.Optional;
import java.util.stream.IntStream;
import org.blrc.runtime.PhiloxNoise;
import org.blrc.runtime.Signature;
import org.blrc.runtime.cuda.Device.LoadedKernels;

/** Launches the kernels of an optimizer, with all that they depend on: once for each group. */
final class Launches {

  private final CudaOptimizer optimizer;
  private final Signature signature;
  private final KernelSet set;
  private final Layout layout;
  private final Device device;
  private final DeviceMemory memory;
  private final PreparedKernel[] kernels;
  private final LaunchContext context = new LaunchContext();
  private final Recording recording = new Recording(this);

  Launches(
      Arena arena,
      CudaOptimizer optimizer,
      Signature signature,
      KernelSet set,
      DeviceMemory memory,
      LoadedKernels code) {
    this.optimizer = optimizer;
    this.signature = signature;
    this.set = set;
    this.memory = memory;
    this.layout = memory.layout();
    this.device = layout.device();
    this.kernels =
        IntStream.range(0, set.kernels().size())
            .mapToObj(
                i -> new PreparedKernel(arena, set, i, code.find(set.kernels().get(i).name())))
            .toArray(PreparedKernel[]::new);
  }

  Layout layout() {
    return layout;
  }

  Device device() {
    return device;
  }

  Recording recording() {
    return recording;
  }

  /** Refuses what has to wait for the device while its queue is recorded. */
  void requireWaiting(String what) {
    if (device.isCapturing()) {
      throw new IllegalStateException(
          "%s waits for the device, which cannot be while its queue is recorded".formatted(what));
    }
  }

  /** Nothing moves what no coordinate has a part in. */
  void runOnce(Purpose purpose) {
    if (optimizer.size() > 0) {
      launch(set.find(purpose), 0, null, 0, 1);
    }
  }

  /** Where there is nothing to do, there is no kernel. */
  void run(Purpose purpose, int draw, int draws) {
    int kernel = set.find(purpose);
    if (kernel >= 0) {
      for (int group = 0; group < layout.groups().size(); group++) {
        Pieces pieces = layout.groups().get(group);
        if (pieces.chunks() > 0) {
          launch(kernel, group, pieces, draw, draws);
        }
      }
    }
  }

  private void launch(int index, int group, Pieces pieces, int draw, int draws) {
    if (index >= 0) {
      PreparedKernel kernel = kernels[index];
      Setting setting = setting(group, draw, draws, 1);
      bindArrays(kernel, group, pieces, draw);
      fill(kernel, setting);
      if (kernel.kernel().arguments().contains(Argument.PARTS)) {
        placeParts(kernel, group);
      }
      int blocks = pieces == null ? 1 : device.blocks(pieces.chunks());
      Device.Recorded recorded = kernel.launch(blocks);
      if (recorded != null) {
        recording.note(index, setting, blocks, recorded);
      }
    }
  }

  /** Says where the parts of a group's chunks go: behind those of the groups before. */
  void placeParts(PreparedKernel kernel, int group) {
    int width = width(kernel.kernel().purpose());
    kernel.address(Argument.PARTS, memory.parts() + before(group) * width * Double.BYTES);
  }

  /** The chunks of the groups before one. */
  private long before(int group) {
    long before = 0;
    for (int i = 0; i < group; i++) {
      before += layout.groups().get(i).chunks();
    }
    return before;
  }

  /** How many numbers each chunk leaves. */
  private int width(Purpose purpose) {
    return switch (purpose) {
      case Purpose.Sums(int pass) -> signature.sums().get(pass).count();
      case Purpose.Range _ -> 2 * signature.guards().size();
      default -> 0;
    };
  }

  private void bindArrays(PreparedKernel kernel, int group, Pieces pieces, int draw) {
    if (pieces != null) {
      kernel.on(pieces);
      for (int column : kernel.kernel().columns()) {
        DeviceArray array = array(column, draw);
        kernel.array(column, array == null ? 0 : array.table(group));
      }
    }
  }

  /** The array of a column; null for noise that is drawn. */
  DeviceArray array(int column, int draw) {
    return switch (set.columns().get(column)) {
      case Column.Given(int question) -> optimizer.given(question);
      case Column.Noise noise -> noise(column, noise, draw);
      case Column.Kept _ -> memory.kept(column);
      case Column.State _, Column.Parameters _, Column.Direction _ -> memory.array(column);
    };
  }

  /**
   * What a launch depends on beside its kernel and arrays.
   *
   * @param draw the number of the draw
   * @param draws how many were accumulated
   * @param examples how many rows per-example answers have
   */
  record Setting(int group, int draw, int draws, int examples, long step, double share) {}

  /** A setting of the current step. */
  Setting setting(int group, int draw, int draws, double share) {
    return new Setting(group, draw, draws, optimizer.exampleRows(), optimizer.launchStep(), share);
  }

  /** Writes everything that a launch depends on beside the arrays. */
  void fill(PreparedKernel kernel, Setting setting) {
    if (kernel.scalars() != null) {
      int group = setting.group();
      context
          .at(setting.step(), optimizer.values(group), optimizer.nextValues(group))
          .of(setting.draws(), setting.examples(), setting.share());
      optimizer.scalars(kernel.index(), kernel.scalars(), context);
    }
    for (Argument argument : kernel.kernel().arguments()) {
      switch (argument) {
        case DRAW -> kernel.draw(argument, seed().orElse(0L), setting.step(), setting.draw());
        case NEXT_DRAW -> kernel.draw(argument, seed().orElse(0L), setting.step() + 1, 0);
        case TOTALS -> kernel.address(argument, memory.totals());
        case SHARED -> kernel.address(argument, memory.shared());
        case NEXT -> kernel.address(argument, memory.newShared());
        case EXAMPLES -> kernel.count(argument, setting.examples());
        case ROUNDING -> {
          requireSeed(optimizer.roundsAtRandom(), "rounding at random");
          kernel.rounding(seed().orElse(0L), setting.step(), optimizer.roundsAtRandom());
        }
        case PARTS -> {}
      }
    }
  }

  PreparedKernel kernel(int index) {
    return kernels[index];
  }

  /** Whether kernels draw noise themselves. */
  boolean drawsNoise() {
    return seed().isPresent();
  }

  private Optional<Long> seed() {
    return optimizer.source() instanceof PhiloxNoise(long seed)
        ? Optional.of(seed)
        : Optional.empty();
  }

  private void requireSeed(boolean needed, String what) {
    if (needed && !drawsNoise()) {
      throw new IllegalStateException(what + " takes noise that is made by PhiloxNoise");
    }
  }

  /** Refuses recorded launches that draw noise, where the source of noise is another one now. */
  void requireDrawing(Kernel kernel) {
    requireSeed(
        kernel.arguments().contains(Argument.DRAW)
            || kernel.arguments().contains(Argument.NEXT_DRAW)
            || (kernel.arguments().contains(Argument.ROUNDING) && optimizer.roundsAtRandom()),
        "a recorded step");
  }

  /** Noise from another source is drawn here, and copied. */
  private DeviceArray noise(int column, Column.Noise noise, int draw) {
    if (drawsNoise()) {
      return null;
    }
    requireWaiting("noise that is not made by PhiloxNoise");
    return memory.noise(column, noise, optimizer.source(), optimizer.launchStep(), draw);
  }
}
