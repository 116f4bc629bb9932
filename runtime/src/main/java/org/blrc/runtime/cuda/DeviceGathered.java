package org.blrc.runtime.cuda;

import org.blrc.runtime.Gathered;
import org.blrc.runtime.cuda.KernelSet.Real;

/** Answers put together on the device. */
final class DeviceGathered implements Gathered<DeviceArray>, AutoCloseable {

  private final Layout layout;
  private final Real real;
  private final AnswerKernels kernels;
  private DeviceArray values;
  private int filledRows;
  private int passes;

  DeviceGathered(Layout layout, Real real, AnswerKernels kernels) {
    this.layout = layout;
    this.real = real;
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
    return values == null || values.rows() == 0 ? 0 : filledRows * (values.size() / values.rows());
  }

  @Override
  public long limit() {
    return Long.MAX_VALUE;
  }

  @Override
  public DeviceArray sum() {
    return values;
  }

  @Override
  public void add(DeviceArray answer) {
    if (passes == 0) {
      append(answer);
    } else {
      passes++;
      kernels.add(values, answer);
    }
  }

  @Override
  public void append(DeviceArray answer) {
    reserve(filledRows + answer.rows());
    copy(answer, answer.rows(), filledRows);
    filledRows += answer.rows();
    passes++;
  }

  /** Makes room for as many rows; what was appended stays. */
  private void reserve(int rows) {
    if (values == null || values.rows() < rows) {
      DeviceArray before = values;
      values = DeviceArray.allocate(layout, real, rows);
      if (before != null) {
        copy(before, filledRows, 0);
        before.close();
      }
    }
  }

  private void copy(DeviceArray from, int rows, int at) {
    for (int tensor = 0; tensor < layout.tensors(); tensor++) {
      long width = values.length(tensor) * real.bytes();
      if (width > 0 && rows > 0) {
        layout
            .device()
            .copy(from.address(tensor), values.address(tensor) + at * width, rows * width);
      }
    }
  }

  @Override
  public DeviceArray mean() {
    kernels.divide(values, passes);
    return values;
  }

  @Override
  public DeviceArray rows() {
    return values;
  }

  @Override
  public void close() {
    if (values != null) {
      values.close();
    }
  }
}
