package org.blrc.runtime.cuda;

import org.blrc.runtime.Gathered;
import org.blrc.runtime.cuda.KernelSet.Real;

/** Answers put together on the device. Sums are not rounded to what answers hold before the end. */
final class DeviceGathered implements Gathered<DeviceArray>, AutoCloseable {

  private final Layout layout;
  private final KernelSet set;
  private final AnswerKernels kernels;

  /** The sum of answers. */
  private DeviceArray sum;

  /** Their mean, or their rows behind one another; the sum itself where it holds the same. */
  private DeviceArray result;

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
    int rows = answer.rows();
    if (passes == 0) {
      sum = reserve(sum, set.real(), rows, 0);
      sum.clear();
      result = isAlike() ? sum : reserve(result, set.model(), rows, 0);
      filledRows = rows;
    }
    passes++;
    kernels.add(sum, answer);
  }

  private boolean isAlike() {
    return set.real() == set.model();
  }

  @Override
  public void append(DeviceArray answer) {
    result = reserve(result, set.model(), filledRows + answer.rows(), filledRows);
    copy(answer, answer.rows(), result, filledRows);
    filledRows += answer.rows();
    passes++;
  }

  /** Makes room for as many rows; the first ones stay. */
  private DeviceArray reserve(DeviceArray before, Real real, int rows, int kept) {
    if (before != null && before.rows() >= rows) {
      return before;
    }
    DeviceArray larger = DeviceArray.allocate(layout, real, rows);
    if (before != null) {
      copy(before, kept, larger, 0);
      before.close();
    }
    return larger;
  }

  private void copy(DeviceArray from, int rows, DeviceArray to, int at) {
    for (int tensor = 0; tensor < layout.tensors(); tensor++) {
      long width = to.length(tensor) * to.real().bytes();
      if (width > 0 && rows > 0) {
        layout.device().copy(from.address(tensor), to.address(tensor) + at * width, rows * width);
      }
    }
  }

  @Override
  public DeviceArray mean() {
    kernels.mean(sum, result, passes);
    return result;
  }

  @Override
  public DeviceArray rows() {
    return result;
  }

  @Override
  public void close() {
    if (sum != null) {
      sum.close();
    }
    if (result != null && result != sum) {
      result.close();
    }
  }
}
