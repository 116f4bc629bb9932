package org.blrc.runtime.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.blrc.runtime.cuda.KernelSet.Real;

/**
 * Numbers in the memory of a device, one for each coordinate of an optimizer, or several rows of
 * them: for each tensor of the optimizer one range of memory, in which the rows follow one another.
 * The memory is the array's own, or belongs to somebody else. {@link CudaOptimizer#array} makes
 * them.
 */
public final class DeviceArray implements AutoCloseable {

  /** Where a tensor of an array with memory of its own begins: at a multiple of as many bytes. */
  private static final long ALIGNMENT = 256;

  private final Device device;

  /** Whose shape it has; null where it is a single number. */
  private final Layout layout;

  private final Real real;
  private final long[] lengths;
  private final long[] addresses;
  private final int rows;
  private final List<Long> owned = new ArrayList<>();

  /** Whether it is given back with its optimizer, and not before. */
  private boolean kept;

  private boolean open = true;

  /** For each group of the layout, where its table of addresses lies on the device. */
  private final long[] tables;

  private DeviceArray(
      Device device, Layout layout, Real real, long[] lengths, long[] addresses, int rows) {
    this.device = device;
    this.layout = layout;
    this.real = real;
    this.lengths = lengths;
    this.addresses = addresses;
    this.rows = rows;
    this.tables = new long[layout == null ? 0 : layout.groups().size()];
  }

  /** An array in the memory of somebody else, which the device knows. */
  static DeviceArray over(Layout layout, Real real, int rows, long[] addresses) {
    long[] lengths = layout.lengths();
    if (addresses.length != lengths.length) {
      throw new IllegalArgumentException(
          "%d addresses are given for %d tensors".formatted(addresses.length, lengths.length));
    }
    for (int i = 0; i < lengths.length; i++) {
      if (addresses[i] % real.bytes() != 0) {
        throw new IllegalArgumentException(
            "the address of tensor %d, 0x%x, is no multiple of the %d bytes of a number"
                .formatted(i, addresses[i], real.bytes()));
      }
      long count = Math.multiplyExact(lengths[i], rows);
      if (count > 0) {
        try {
          layout.device().check(addresses[i], Math.multiplyExact(count, real.bytes()));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException("tensor %d: %s".formatted(i, e.getMessage()), e);
        }
      }
    }
    DeviceArray array =
        new DeviceArray(layout.device(), layout, real, lengths, addresses.clone(), rows);
    try (Unfinished made = new Unfinished()) {
      made.add(array::release);
      array.tabulate();
      made.finish();
    }
    return array;
  }

  /** An array with memory of its own, which holds zeros. */
  static DeviceArray allocate(Layout layout, Real real, int rows) {
    long[] lengths = layout.lengths();
    long[] addresses = new long[lengths.length];
    long bytes = 0;
    for (int i = 0; i < lengths.length; i++) {
      addresses[i] = bytes;
      long size = Math.multiplyExact(Math.multiplyExact(lengths[i], rows), real.bytes());
      bytes = Math.addExact(bytes, Math.ceilDiv(size, ALIGNMENT) * ALIGNMENT);
    }
    Device device = layout.device();
    DeviceArray array = new DeviceArray(device, layout, real, lengths, addresses, rows);
    long start = array.own(bytes);
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] += start;
    }
    try (Unfinished made = new Unfinished()) {
      made.add(array::release);
      device.clear(start, bytes);
      array.tabulate();
      made.finish();
    }
    return array;
  }

  /** A single real in memory that belongs to an optimizer. */
  static DeviceArray single(Device device, Real real, long address) {
    return new DeviceArray(device, null, real, new long[] {1}, new long[] {address}, 1).keep();
  }

  private long own(long bytes) {
    long address = device.allocate(Math.max(1, bytes));
    owned.add(address);
    return address;
  }

  private void tabulate() {
    for (int group = 0; group < tables.length; group++) {
      List<Pieces.Piece> pieces = layout.groups().get(group).all();
      if (!pieces.isEmpty()) {
        tables[group] = Pieces.addresses(device, pieces, this);
        owned.add(tables[group]);
      }
    }
  }

  long table(int group) {
    requireOpen();
    return tables[group];
  }

  Real real() {
    return real;
  }

  Device device() {
    return device;
  }

  /** How many rows of coordinates there are. */
  public int rows() {
    return rows;
  }

  /** How many ranges of memory there are: one for each tensor. */
  public int tensors() {
    return lengths.length;
  }

  /** Where the numbers of a tensor begin in the memory of the device. */
  public long address(int tensor) {
    requireOpen();
    return addresses[tensor];
  }

  /** How many numbers a tensor has in a row. */
  public long length(int tensor) {
    return lengths[tensor];
  }

  /** How many numbers there are. */
  public long size() {
    return rows * LongStream.of(lengths).sum();
  }

  /** Whether it has the shape of an optimizer, whose groups its tables are made for. */
  boolean isOf(Layout other) {
    return layout == other;
  }

  /** Does something for each range of numbers that lies together, in the order of rows. */
  private void forRanges(RangeAction action) {
    requireOpen();
    int at = 0;
    for (int row = 0; row < rows; row++) {
      for (int tensor = 0; tensor < lengths.length; tensor++) {
        int count = Math.toIntExact(lengths[tensor]);
        if (count > 0) {
          action.run(addresses[tensor] + row * lengths[tensor] * real.bytes(), at, count);
        }
        at += count;
      }
    }
  }

  private interface RangeAction {
    void run(long address, int at, int count);
  }

  /**
   * Copies values to the device, row after row, and in each the tensors one after the other; waits
   * until they were taken.
   *
   * @throws IllegalArgumentException if there is another number of them
   */
  public void set(double[] values) {
    write(values, values.length);
  }

  /** As above, in single precision. */
  public void set(float[] values) {
    write(values, values.length);
  }

  private void write(Object values, int length) {
    if (length != size()) {
      throw new IllegalArgumentException(
          "%d values are given for %d numbers".formatted(length, size()));
    }
    forRanges((address, at, count) -> HostMemory.write(device, real, address, values, at, count));
  }

  /** The values as they are once all work in the queue is done. */
  public double[] toDoubles() {
    double[] values = new double[Math.toIntExact(size())];
    forRanges((address, at, count) -> HostMemory.read(device, real, address, values, at, count));
    return values;
  }

  /** As above, in single precision, to which values in double precision are rounded. */
  public float[] toFloats() {
    float[] values = new float[Math.toIntExact(size())];
    forRanges((address, at, count) -> HostMemory.read(device, real, address, values, at, count));
    return values;
  }

  /** Makes all numbers zero. */
  void clear() {
    requireOpen();
    for (int tensor = 0; tensor < lengths.length; tensor++) {
      device.clear(addresses[tensor], rows * lengths[tensor] * real.bytes());
    }
  }

  /** The value of a number, by its place among all. */
  double get(long index) {
    double[] one = new double[1];
    HostMemory.read(device, real, addressOf(index), one, 0, 1);
    return one[0];
  }

  /** Where a number lies, by its place among all. */
  long addressOf(long index) {
    requireOpen();
    long width = LongStream.of(lengths).sum();
    long row = index / width;
    long rest = index % width;
    int tensor = 0;
    while (rest >= lengths[tensor]) {
      rest -= lengths[tensor];
      tensor++;
    }
    return addresses[tensor] + (row * lengths[tensor] + rest) * real.bytes();
  }

  /** Lets it be given back with its optimizer, and not before. */
  DeviceArray keep() {
    kept = true;
    return this;
  }

  void requireOpen() {
    if (!open) {
      throw new IllegalStateException("the array is closed");
    }
  }

  /**
   * Gives back what memory the array has of its own; what belongs to somebody else stays, and so do
   * the states and parameters of an optimizer, until that is closed. After that the array cannot be
   * used.
   */
  @Override
  public void close() {
    if (!kept) {
      release();
    }
  }

  /** The same for those of an optimizer, too. */
  void release() {
    if (open) {
      open = false;
      Closing.all(owned.stream().<Runnable>map(address -> () -> device.free(address)).toList());
      owned.clear();
    }
  }
}
