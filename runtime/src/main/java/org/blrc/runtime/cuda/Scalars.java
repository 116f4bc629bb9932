package org.blrc.runtime.cuda;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The argument with a kernel's scalars, member by member as C++ lays it out. */
public final class Scalars {

  private final MemorySegment structure;
  private long at;

  Scalars(MemorySegment structure) {
    this.structure = structure;
  }

  Scalars restart() {
    at = 0;
    return this;
  }

  /** The next member, in single precision. */
  public Scalars put(float value) {
    structure.set(ValueLayout.JAVA_FLOAT, at, value);
    at += Float.BYTES;
    return this;
  }

  /** The next member, in double precision. */
  public Scalars put(double value) {
    at = Math.ceilDiv(at, Double.BYTES) * Double.BYTES;
    structure.set(ValueLayout.JAVA_DOUBLE, at, value);
    at += Double.BYTES;
    return this;
  }
}
