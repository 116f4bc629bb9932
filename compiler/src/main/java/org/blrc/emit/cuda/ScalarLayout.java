package org.blrc.emit.cuda;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.function.ToDoubleFunction;
import org.blrc.emit.arith.Precision;

/** The argument with a kernel's scalars, member by member as C++ lays it out. */
final class ScalarLayout {

  private ScalarLayout() {}

  static MemorySegment write(
      SegmentAllocator allocator,
      Kernel kernel,
      Precision precision,
      ToDoubleFunction<HostScalar> values) {
    MemorySegment struct = allocator.allocate(Double.BYTES * (long) kernel.scalars().size(), 8);
    long at = 0;
    for (HostScalar scalar : kernel.scalars()) {
      double value = values.applyAsDouble(scalar);
      if (scalar.exact() || precision == Precision.DOUBLE) {
        at = Math.ceilDiv(at, Double.BYTES) * Double.BYTES;
        struct.set(ValueLayout.JAVA_DOUBLE, at, value);
        at += Double.BYTES;
      } else {
        struct.set(ValueLayout.JAVA_FLOAT, at, (float) value);
        at += Float.BYTES;
      }
    }
    return struct;
  }
}
