package org.blrc.runtime.cuda;

import org.blrc.runtime.Gathered;
import org.blrc.runtime.cuda.KernelSet.Real;

/** Answers put together on the device. Sums are not rounded to what answers hold before the end. */
final class DeviceGathered implements Gathered<DeviceArray>, AutoCloseable {

  private final Layout layout;
  private final KernelSet set;
  private final AnswerKernels kernels;

  private DeviceArray sum;

  /** The mean; the sum itself where it holds the same numbers. */
  private DeviceArray mean;

  /** The answers behind one another. */
  private DeviceArray rows;

  private int filledRows;
  private int passes;

  DeviceGathered(Layout layout, KernelSet set, AnswerKernels kernels) {
    this.layout = layout;
    this.set = set;
    this.kernels = kernels;
  }

  @Override
  public void clear() {
    filledRows = 0;
    passes = 0;
  }

  @Override
  public int passes() {
    return passes;
  }

  @Override
  public long filled() {
    long width = 0;
    for (long length : layout.lengths()) {
      width += length;
    }
    return filledRows * width;
  }

  @Override
  public long limit() {
    return Long.MAX_VALUE;
  }

  @Override
  public DeviceArray sum() {
    return sum;
  }

  @Override
  public void add(DeviceArray answer) {
    int width = answer.rows();
    if (passes == 0) {
      sum = reserve(sum, set.real(), width, 0);
      sum.clear();
      if (!isAlike()) {
        mean = reserve(mean, set.model(), width, 0);
      }
      filledRows = width;
    }
    passes++;
    kernels.add(sum, answer);
  }

  private boolean isAlike() {
    return set.real() == set.model();
  }

  @Override
  public void append(DeviceArray answer) {
    rows = reserve(rows, set.model(), filledRows + answer.rows(), filledRows);
    copy(answer, answer.rows(), rows, filledRows);
    filledRows += answer.rows();
    passes++;
  }

  /** Makes room for as many rows; the first ones stay. */
  private DeviceArray reserve(DeviceArray before, Real real, int needed, int filled) {
    if (before != null && before.rows() >= needed) {
      return before;
    }
    DeviceArray larger = DeviceArray.allocate(layout, real, needed);
    try (Unfinished made = new Unfinished()) {
      made.add(larger::release);
      if (before != null) {
        copy(before, filled, larger, 0);
      }
      made.finish();
    }
    if (before != null) {
      before.release();
    }
    return larger;
  }

  private void copy(DeviceArray from, int count, DeviceArray to, int at) {
    for (int tensor = 0; tensor < layout.tensors(); tensor++) {
      long width = to.length(tensor) * to.real().bytes();
      if (width > 0 && count > 0) {
        layout.device().copy(from.address(tensor), to.address(tensor) + at * width, count * width);
      }
    }
  }

  @Override
  public DeviceArray mean() {
    DeviceArray result = isAlike() ? sum : mean;
    kernels.mean(sum, result, passes);
    return result;
  }

  @Override
  public DeviceArray rows() {
    return rows;
  }

  @Override
  public void close() {
    for (DeviceArray each : new DeviceArray[] {sum, mean, rows}) {
      if (each != null) {
        each.release();
      }
    }
  }
}
