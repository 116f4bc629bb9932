package org.blrc.runtime.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.blrc.runtime.DomainCheck;
import org.blrc.runtime.DomainSearch;
import org.blrc.runtime.Interval;
import org.blrc.runtime.Signature;

/**
 * Looks at a step on the device: one pass for all coordinates, for whose result it waits. Only
 * where some leave, they are searched for, range by range.
 */
final class DeviceDomainCheck extends DomainCheck {

  private final DeviceExecution execution;
  private Leaving first;

  /** What the coordinates that make a shorter step get in place of the whole one. */
  private final Map<Long, List<Saved>> shortened = new TreeMap<>();

  /** A number of the device's memory. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Saved(long address, byte[] bytes) {}

  DeviceDomainCheck(Signature signature, DeviceExecution execution) {
    super(signature);
    this.execution = execution;
  }

  @Override
  protected boolean acceptsFromOne() {
    return accepts(true, 1);
  }

  @Override
  protected boolean accepts(int draws) {
    return accepts(false, draws);
  }

  private boolean accepts(boolean fromOne, int draws) {
    first = null;
    shortened.clear();
    double[] range = execution.ranges(fromOne, draws);
    boolean stays = execution.layout().chunks() == 0;
    if (!stays) {
      stays = true;
      for (int k = 0; k < guards().size(); k++) {
        Interval domain = guards().get(k).domain();
        stays &= domain.contains(range[2 * k]) && domain.contains(range[2 * k + 1]);
      }
    }
    if (!stays) {
      DomainSearch search = new DomainSearch(guards(), new Trial(fromOne, draws));
      for (Pieces.Piece piece : pieces()) {
        if (search.leaves(piece.first(), piece.first() + piece.length())) {
          note(search.first(piece.first(), piece.first() + piece.length()));
        }
      }
    }
    return stays;
  }

  private void note(Leaving leaving) {
    if (first == null || leaving.coordinate() < first.coordinate()) {
      first = leaving;
    }
  }

  private List<Pieces.Piece> pieces() {
    List<Pieces.Piece> all = new ArrayList<>();
    execution.layout().groups().forEach(group -> all.addAll(group.all()));
    return all;
  }

  @Override
  protected boolean shorten(int draws) {
    first = null;
    Trial trial = new Trial(false, draws);
    DomainSearch search = new DomainSearch(guards(), trial);
    for (Pieces.Piece piece : pieces()) {
      search.all(
          piece.first(),
          piece.first() + piece.length(),
          (count, coordinate) -> {
            if (count > DomainSearch.HALVINGS) {
              note(search.first(coordinate, coordinate + 1));
            } else {
              shortened.put(coordinate, trial.reached);
            }
          });
    }
    return first == null;
  }

  @Override
  protected Leaving first() {
    return first;
  }

  /** After the whole step of all coordinates: those that make a shorter one get what it came to. */
  void patch() {
    shortened.values().forEach(saved -> saved.forEach(this::write));
    countShortened(shortened.size());
    shortened.clear();
  }

  @Override
  protected void forget() {
    shortened.clear();
  }

  private Saved read(long address, int bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(bytes, Long.BYTES);
      execution.device().read(address, segment);
      return new Saved(address, segment.toArray(ValueLayout.JAVA_BYTE));
    }
  }

  private void write(Saved saved) {
    try (Arena arena = Arena.ofConfined()) {
      execution
          .device()
          .write(saved.address(), arena.allocateFrom(ValueLayout.JAVA_BYTE, saved.bytes()));
    }
  }

  /** What is tried on the device. */
  private final class Trial implements DomainSearch.Trial {

    private final boolean fromOne;
    private final int draws;

    /** What the last step that stayed came to. */
    private List<Saved> reached = List.of();

    Trial(boolean fromOne, int draws) {
      this.fromOne = fromOne;
      this.draws = draws;
    }

    @Override
    public void range(long from, long to, double[] range) {
      double[] found = execution.ranges(fromOne, draws, from, to);
      System.arraycopy(found, 0, range, 0, range.length);
    }

    /** Tried, and taken back. */
    @Override
    public boolean stays(long coordinate, double share) {
      List<Saved> before = values(coordinate);
      execution.backOff(coordinate, draws, share);
      boolean stays = true;
      for (var guard : guards()) {
        DeviceArray state = execution.memory().state(guard.state());
        long at =
            signature().shared().contains(signature().states().get(guard.state())) ? 0 : coordinate;
        stays &= guard.domain().contains(state.get(at));
      }
      if (stays) {
        reached = values(coordinate);
      }
      before.forEach(DeviceDomainCheck.this::write);
      return stays;
    }

    /** All that a step writes for a coordinate. */
    private List<Saved> values(long coordinate) {
      List<Saved> values = new ArrayList<>();
      for (DeviceArray array : execution.memory().stepped()) {
        long width = array.size() / array.rows();
        for (int row = 0; row < array.rows(); row++) {
          values.add(
              DeviceDomainCheck.this.read(
                  array.addressOf(row * width + coordinate), array.real().bytes()));
        }
      }
      return values;
    }
  }
}
