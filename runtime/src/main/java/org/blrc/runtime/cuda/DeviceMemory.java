package org.blrc.runtime.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.blrc.runtime.NoiseSource;
import org.blrc.runtime.Signature;
import org.blrc.runtime.SumPass;
import org.blrc.runtime.cuda.KernelSet.Real;

/** The memory of an optimizer on a device: its arrays, and what all coordinates have in common. */
final class DeviceMemory implements AutoCloseable {

  private final Layout layout;
  private final Device device;
  private final KernelSet set;
  private final Signature signature;

  /** By column; null where there is none, or none yet. */
  private final DeviceArray[] arrays;

  /** What is to be given back; arrays may be in the memory of somebody else. */
  private final List<DeviceArray> own = new ArrayList<>();

  private final long common;
  private final long newShared;
  private final long totals;
  private final long parts;

  DeviceMemory(Layout layout, KernelSet set, Signature signature) {
    this.layout = layout;
    this.device = layout.device();
    this.set = set;
    this.signature = signature;
    this.arrays = new DeviceArray[set.columns().size()];
    int sums = signature.sums().stream().mapToInt(SumPass::count).sum();
    int width =
        Math.max(
            2 * signature.guards().size(),
            signature.sums().stream().mapToInt(SumPass::count).max().orElse(0));
    long shared = (long) Double.BYTES * signature.shared().size();
    long bytes = 2 * shared + Double.BYTES * (sums + 1 + (layout.chunks() + 1) * width);
    common = device.allocate(bytes);
    newShared = common + shared;
    totals = newShared + shared;
    parts = totals + (sums + 1L) * Double.BYTES;
    try (Unfinished made = new Unfinished()) {
      made.add(() -> device.free(common));
      device.clear(common, bytes);
      writeCoordinates(sums);
      made.finish();
    }
  }

  /** Behind the sums: what means are divided by. */
  private void writeCoordinates(int sums) {
    long coordinates = 0;
    for (long length : layout.lengths()) {
      coordinates += length;
    }
    try (Arena arena = Arena.ofConfined()) {
      device.write(
          totals + (long) sums * Double.BYTES,
          arena.allocateFrom(ValueLayout.JAVA_DOUBLE, (double) coordinates));
    }
  }

  Layout layout() {
    return layout;
  }

  /** Makes the arrays that have no place of their own yet. */
  void complete() {
    for (int i = 0; i < arrays.length; i++) {
      if (arrays[i] == null) {
        switch (set.columns().get(i)) {
          case Column.State _, Column.Direction _ -> allocate(i, 1);
          case Column.Parameters(int rows) -> allocate(i, rows);
          // What is kept needs memory once something is: a single draw is not added up.
          case Column.Given _, Column.Noise _, Column.Kept _ -> {}
        }
      }
    }
  }

  private void allocate(int column, int rows) {
    put(column, DeviceArray.allocate(layout, set.real(column), rows));
  }

  private void put(int column, DeviceArray array) {
    arrays[column] = array.keep();
    own.add(array);
  }

  /** Lets a column lie in the memory of somebody else. */
  void place(int column, int rows, long[] addresses) {
    put(column, DeviceArray.over(layout, set.real(column), rows, addresses));
  }

  DeviceArray array(int column) {
    return arrays[column];
  }

  /** The arrays that a step writes. */
  List<DeviceArray> stepped() {
    List<DeviceArray> written = new ArrayList<>();
    for (int i = 0; i < arrays.length; i++) {
      if (set.columns().get(i) instanceof Column.State
          || set.columns().get(i) instanceof Column.Parameters) {
        written.add(arrays[i]);
      }
    }
    return written;
  }

  /** The column of a state that each coordinate has its own of. */
  int column(int state) {
    return set.columns().indexOf(new Column.State(state));
  }

  DeviceArray state(int index) {
    int column = column(index);
    return column >= 0
        ? arrays[column]
        : DeviceArray.single(device, set.real(), sharedAddress(index));
  }

  /** Where the value of a state lies that all coordinates share. */
  long sharedAddress(int state) {
    int place = signature.shared().indexOf(signature.states().get(state));
    return common + (long) place * set.real().bytes();
  }

  long shared() {
    return common;
  }

  long newShared() {
    return newShared;
  }

  long totals() {
    return totals;
  }

  long parts() {
    return parts;
  }

  /** The array for what is kept of earlier phases or draws. */
  DeviceArray kept(int column) {
    if (arrays[column] == null) {
      if (device.isCapturing()) {
        throw new IllegalStateException(
            signature.name() + " has to make a step before steps are recorded: it needs memory");
      }
      allocate(column, 1);
    }
    return arrays[column];
  }

  /** An array with the noise of a draw. */
  DeviceArray noise(int column, Column.Noise noise, NoiseSource source, long step, int draw) {
    if (arrays[column] == null) {
      allocate(column, 1);
    }
    DeviceArray array = arrays[column];
    int count = Math.toIntExact(array.size());
    if (set.real() == Real.FLOAT) {
      float[] values = new float[count];
      if (noise.normal()) {
        source.normal(noise.stream(), step, draw, 0, values, 0, count);
      } else {
        source.uniform(noise.stream(), step, draw, 0, values, 0, count);
      }
      array.set(values);
    } else {
      double[] values = new double[count];
      if (noise.normal()) {
        source.normal(noise.stream(), step, draw, 0, values, 0, count);
      } else {
        source.uniform(noise.stream(), step, draw, 0, values, 0, count);
      }
      array.set(values);
    }
    return array;
  }

  @Override
  public void close() {
    List<Runnable> parts = new ArrayList<>();
    own.forEach(array -> parts.add(array::release));
    parts.add(() -> device.free(common));
    Closing.all(parts);
  }
}
