package org.blrc.runtime.cuda;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.blrc.runtime.DomainCheck;
import org.blrc.runtime.Execution;
import org.blrc.runtime.Gathered;
import org.blrc.runtime.Signature;
import org.blrc.runtime.SumPass;
import org.blrc.runtime.cuda.Device.LoadedKernels;

/** Passes over the memory of a device: for each a kernel is launched. */
final class DeviceExecution implements Execution<DeviceArray>, AutoCloseable {

  private final CudaOptimizer optimizer;
  private final Signature signature;
  private final KernelSet set;
  private final Device device;
  private final Layout layout;
  private final Arena arena = Arena.ofShared();
  private final LoadedKernels code;
  private final Launches launches;
  private final AnswerKernels answers;
  private final Call joinTotals;
  private final DeviceMemory memory;
  private final DeviceDomainCheck domains;
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
      this.launches = new Launches(arena, optimizer, signature, set, memory, code);
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

  Device device() {
    return device;
  }

  Layout layout() {
    return layout;
  }

  DeviceMemory memory() {
    return memory;
  }

  /** What launches kernels, as long as the optimizer is not closed. */
  Launches launches() {
    requireOpen();
    return launches;
  }

  void requireOpen() {
    if (!open) {
      throw new IllegalStateException(signature.name() + " is closed");
    }
  }

  @Override
  public void point(int phase, int draw) {
    launches().run(new Purpose.Point(phase), draw, 1);
  }

  @Override
  public void sums(int after, int draw) {
    int first = 0;
    for (int pass = 0; pass < signature.sums().size(); pass++) {
      SumPass sums = signature.sums().get(pass);
      if (sums.after() == after) {
        // Over all draws, where there are as many as were accumulated.
        launches().run(new Purpose.Sums(pass), draw, Math.max(1, draw));
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
    launches().run(new Purpose.Restore(), 0, 1);
  }

  @Override
  public void accumulate(int draw) {
    launches().run(new Purpose.Accumulate(draw == 0), draw, 1);
  }

  @Override
  public void update(int draws) {
    launches().run(new Purpose.Update(), 0, draws);
    domains.patch();
  }

  @Override
  public void updateFromOne() {
    launches().run(signature.draws() ? new Purpose.UpdateFromOne() : new Purpose.Update(), 0, 1);
  }

  @Override
  public boolean updateAndPoint() {
    if (set.find(new Purpose.UpdateAndPoint()) < 0 || !launches().drawsNoise()) {
      return false;
    }
    launches().run(new Purpose.UpdateAndPoint(), 0, 1);
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
    launches().runOnce(new Purpose.MoveShared());
  }

  @Override
  public void keepShared() {
    launches().runOnce(new Purpose.KeepShared());
  }

  @Override
  public DomainCheck domains() {
    return domains;
  }

  /** What a step would make of the guarded states: the least and greatest value of each. */
  double[] ranges(boolean fromOne, int draws) {
    launches().requireWaiting("the look at a step that may leave a domain");
    int kernel = set.find(new Purpose.Range(fromOne && signature.draws()));
    launches().run(set.kernels().get(kernel).purpose(), 0, draws);
    return answers.extremes(memory.parts(), layout.chunks(), 2 * signature.guards().size());
  }

  /** The same for a range inside a group. */
  double[] ranges(boolean fromOne, int draws, long from, long to) {
    int kernel = set.find(new Purpose.Range(fromOne && signature.draws()));
    try (Slice slice = new Slice(launches(), from, to)) {
      slice.launch(kernel, draws, 1, memory.parts());
      return answers.extremes(memory.parts(), slice.chunks(), 2 * signature.guards().size());
    }
  }

  /** A share of the step of one coordinate. */
  void backOff(long coordinate, int draws, double share) {
    try (Slice slice = new Slice(launches(), coordinate, coordinate + 1)) {
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
    launches().requireWaiting("the search for numbers that are not finite");
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
    launches().requireWaiting("a saved state");
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
