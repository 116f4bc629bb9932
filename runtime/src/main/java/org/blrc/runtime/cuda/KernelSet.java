package org.blrc.runtime.cuda;

import java.util.List;

/**
 * What launching has to know of an optimizer's kernels.
 *
 * @param name of the files with their code, before what follows the first dot
 * @param real what arrays hold
 * @param columns in the order of their places
 */
public record KernelSet(String name, Real real, List<Column> columns, List<Kernel> kernels) {

  /** How many coordinates make a chunk; the same number stands in the source. */
  public static final int CHUNK = 8192;

  /** How many threads make a block; the same number stands in the source. */
  public static final int BLOCK = 256;

  /** The type of the numbers in arrays. */
  public enum Real {
    FLOAT(Float.BYTES, "float"),
    DOUBLE(Double.BYTES, "double");

    private final int bytes;
    private final String keyword;

    Real(int bytes, String keyword) {
      this.bytes = bytes;
      this.keyword = keyword;
    }

    public int bytes() {
      return bytes;
    }

    /** Its name in C++. */
    public String keyword() {
      return keyword;
    }
  }

  public KernelSet {
    columns = List.copyOf(columns);
    kernels = List.copyOf(kernels);
  }

  /** The index of the kernel for a purpose; -1 where there is nothing to do. */
  public int find(Purpose purpose) {
    for (int i = 0; i < kernels.size(); i++) {
      if (kernels.get(i).purpose().equals(purpose)) {
        return i;
      }
    }
    return -1;
  }

  /** The place of the first column of a kind; -1 if there is none. */
  int place(Class<? extends Column> kind) {
    for (int i = 0; i < columns.size(); i++) {
      if (kind.isInstance(columns.get(i))) {
        return i;
      }
    }
    return -1;
  }
}
