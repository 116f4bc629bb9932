package org.blrc.runtime.cuda;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.blrc.runtime.DomainCheck;
import org.blrc.runtime.Execution;
import org.blrc.runtime.Gathered;
import org.blrc.runtime.PhiloxNoise;
import org.blrc.runtime.Signature;
import org.blrc.runtime.SumPass;
import org.blrc.runtime.cuda.Device.LoadedKernels;

/** Passes over the memory of a device: for each a kernel is launched, once for each group. */
final class DeviceExecution implements Execution<DeviceArray>, AutoCloseable {

  private final CudaOptimizer optimizer;
  private final Signature signature;
  private final KernelSet set;
  private final Device device;
  private final Layout layout;
  private final Arena arena = Arena.ofShared();
  private final LoadedKernels code;
  private final PreparedKernel[] kernels;
  private final AnswerKernels answers;
  private final Call joinTotals;
  private final DeviceMemory memory;
  private final DeviceDomainCheck domains;
  private final Moment moment = new Moment();
  private final Recording recording = new Recording(this);
  private final List<DeviceGathered> gathered = new ArrayList<>();
  private boolean open = true;

  DeviceExecution(CudaOptimizer optimizer, Signature signature, KernelSet set, CudaStart start) {
    this.optimizer = optimizer;
    this.signature = signature;
    this.set = set;
    this.device = start.device();
    try (Unfinished made = new Unfinished()) {
      made.add(arena::close);
      this.code = device.load(set, new KernelFiles(optimizer.getClass(), set.name()));
      made.add(code::close);
      this.layout = new Layout(device, start.lengths(), optimizer.groups());
      made.add(layout::close);
      this.memory = new DeviceMemory(layout, set, signature);
      made.add(memory::close);
      this.kernels =
          IntStream.range(0, set.kernels().size())
              .mapToObj(i -> new PreparedKernel(arena, set, i, code.find(nameOf(set, i))))
              .toArray(PreparedKernel[]::new);
      this.answers = new AnswerKernels(arena, layout, set.columns().size(), code);
      this.joinTotals =
          signature.sums().isEmpty()
              ? null
              : new Call(
                  arena, code.find("totals"), Long.BYTES, Long.BYTES, Long.BYTES, Long.BYTES);
      made.finish();
    }
    this.domains = new DeviceDomainCheck(signature, this);
  }

  private static String nameOf(KernelSet set, int kernel) {
    return set.kernels().get(kernel).name();
  }

  Device device() {
    return device;
  }

  Layout layout() {
    return layout;
  }

  DeviceMemory memory() {
    return memory;
  }

  Recording recording() {
    return recording;
  }

  void requireOpen() {
    if (!open) {
      throw new IllegalStateException(signature.name() + " is closed");
    }
  }

  /** Refuses what has to wait for the device while its queue is recorded. */
  private void requireWaiting(String what) {
    if (device.isCapturing()) {
      throw new IllegalStateException(
          "%s waits for the device, which cannot be while its queue is recorded".formatted(what));
    }
  }

  @Override
  public void point(int phase, int draw) {
    run(new Purpose.Point(phase), draw, 1);
  }

  @Override
  public void sums(int after, int draw) {
    int first = 0;
    for (int pass = 0; pass < signature.sums().size(); pass++) {
      SumPass sums = signature.sums().get(pass);
      if (sums.after() == after) {
        // Over all draws, where there are as many as were accumulated.
        run(new Purpose.Sums(pass), draw, Math.max(1, draw));
        join(first, sums.count());
      }
      first += sums.count();
    }
  }

  /** The second stage of sums, by one block. */
  private void join(int first, int count) {
    joinTotals
        .set(0, memory.parts())
        .set(1, layout.chunks())
        .set(2, count)
        .set(3, memory.totals() + (long) first * Double.BYTES);
    // Of a recorded launch nothing ever changes.
    joinTotals.launch(1);
  }

  @Override
  public void restore() {
    run(new Purpose.Restore(), 0, 1);
  }

  @Override
  public void accumulate(int draw) {
    run(new Purpose.Accumulate(draw == 0), draw, 1);
  }

  @Override
  public void update(int draws) {
    run(new Purpose.Update(), 0, draws);
    domains.patch();
  }

  @Override
  public void updateFromOne() {
    run(signature.draws() ? new Purpose.UpdateFromOne() : new Purpose.Update(), 0, 1);
  }

  @Override
  public boolean updateAndPoint() {
    requireOpen();
    if (set.find(new Purpose.UpdateAndPoint()) < 0 || seed().isEmpty()) {
      return false;
    }
    run(new Purpose.UpdateAndPoint(), 0, 1);
    return true;
  }

  @Override
  public void requireAnswers() {
    requireOpen();
    for (Column column : set.columns()) {
      if (column instanceof Column.Given(int question)
          && question < signature.phases().getLast().size()) {
        optimizer.given(question).requireOpen();
      }
    }
  }

  @Override
  public void moveShared() {
    runOnce(new Purpose.MoveShared());
  }

  @Override
  public void keepShared() {
    runOnce(new Purpose.KeepShared());
  }

  /** Nothing moves what no coordinate has a part in. */
  private void runOnce(Purpose purpose) {
    if (optimizer.size() > 0) {
      launch(set.find(purpose), 0, null, 0, 1, 1);
    }
  }

  /** Where there is nothing to do, there is no kernel. */
  private void run(Purpose purpose, int draw, int draws) {
    requireOpen();
    int kernel = set.find(purpose);
    if (kernel >= 0) {
      for (int group = 0; group < layout.groups().size(); group++) {
        Pieces pieces = layout.groups().get(group);
        if (pieces.chunks() > 0) {
          launch(kernel, group, pieces, draw, draws, 1);
        }
      }
    }
  }

  private void launch(int index, int group, Pieces pieces, int draw, int draws, double share) {
    requireOpen();
    if (index >= 0) {
      PreparedKernel kernel = kernels[index];
      Setting setting = setting(group, draw, draws, share);
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
      moment
          .at(setting.step(), optimizer.values(group), optimizer.nextValues(group))
          .of(setting.draws(), setting.examples(), setting.share());
      optimizer.scalars(kernel.index(), kernel.scalars(), moment);
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

  /** Of noise that kernels draw themselves. */
  private Optional<Long> seed() {
    return optimizer.source() instanceof PhiloxNoise(long seed)
        ? Optional.of(seed)
        : Optional.empty();
  }

  private void requireSeed(boolean needed, String what) {
    if (needed && seed().isEmpty()) {
      throw new IllegalStateException(what + " takes noise that is made by PhiloxNoise");
    }
  }

  /** Refuses recorded launches that draw noise, where the source of noise is another one now. */
  void requireDrawing(Kernel kernel) {
    requireSeed(
        kernel.arguments().contains(Argument.DRAW)
            || kernel.arguments().contains(Argument.NEXT_DRAW),
        "a recorded step");
  }

  /** Noise from another source is drawn here, and copied. */
  private DeviceArray noise(int column, Column.Noise noise, int draw) {
    if (seed().isPresent()) {
      return null;
    }
    requireWaiting("noise that is not made by PhiloxNoise");
    return memory.noise(column, noise, optimizer.source(), optimizer.launchStep(), draw);
  }

  @Override
  public DomainCheck domains() {
    return domains;
  }

  /** What a step would make of the guarded states: the least and greatest value of each. */
  double[] ranges(boolean fromOne, int draws) {
    requireWaiting("the look at a step that may leave a domain");
    int kernel = set.find(new Purpose.Range(fromOne && signature.draws()));
    run(set.kernels().get(kernel).purpose(), 0, draws);
    return answers.extremes(memory.parts(), layout.chunks(), 2 * signature.guards().size());
  }

  /** The same for a range inside a group. */
  double[] ranges(boolean fromOne, int draws, long from, long to) {
    int kernel = set.find(new Purpose.Range(fromOne && signature.draws()));
    try (Slice slice = new Slice(this, from, to)) {
      slice.launch(kernel, draws, 1, memory.parts());
      return answers.extremes(memory.parts(), slice.chunks(), 2 * signature.guards().size());
    }
  }

  /** A share of the step of one coordinate. */
  void backOff(long coordinate, int draws, double share) {
    try (Slice slice = new Slice(this, coordinate, coordinate + 1)) {
      slice.launch(set.find(new Purpose.BackOff()), draws, share, 0);
    }
  }

  @Override
  public long length(DeviceArray answer) {
    requireOpen();
    if (!answer.isOf(layout)) {
      throw new IllegalArgumentException(
          "the array is none of this %s: ask array() or arrayAt() of it for one"
              .formatted(signature.name()));
    }
    return answer.size();
  }

  @Override
  public Gathered<DeviceArray> gathered() {
    DeviceGathered made = new DeviceGathered(layout, set, answers);
    gathered.add(made);
    return made;
  }

  @Override
  public long firstNonFinite(DeviceArray answer, DeviceArray sum) {
    requireWaiting("the search for numbers that are not finite");
    return answers.firstNonFinite(answer, sum, optimizer.size());
  }

  @Override
  public double valueAt(DeviceArray answer, long index) {
    return answer.get(index);
  }

  @Override
  public List<?> state(int index) {
    requireOpen();
    return HostParts.read(memory.state(index));
  }

  @Override
  public List<?> stateArrays(int index) {
    requireOpen();
    requireWaiting("a saved state");
    return HostParts.like(memory.state(index));
  }

  @Override
  public void replaceState(int index, List<?> parts) {
    requireOpen();
    HostParts.write(memory.state(index), parts);
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      List<Runnable> parts = new ArrayList<>();
      gathered.forEach(each -> parts.add(each::close));
      parts.addAll(List.of(memory::close, layout::close, code::close, arena::close));
      Closing.all(parts);
    }
  }
}
