package org.blrc.runtime.cuda;

import java.util.List;

/**
 * What launching has to know of an optimizer's kernels.
 *
 * @param name of the files with their code, before what follows the first dot
 * @param real what arrays hold, but for those of the model
 * @param model what the arrays hold that the model reads and that callers answer with
 * @param parameters the place of what the model reads
 * @param columns in the order of their places
 */
public record KernelSet(
    String name,
    Real real,
    Real model,
    int parameters,
    List<Column> columns,
    List<Kernel> kernels) {

  /** How many coordinates make a chunk; the same number stands in the source. */
  public static final int CHUNK = 2048;

  /** How many threads make a block; the same number stands in the source. */
  public static final int BLOCK = 256;

  /** The type of the numbers in arrays. */
  public enum Real {
    FLOAT(Float.BYTES, "float"),
    DOUBLE(Double.BYTES, "double"),
    /** bfloat16: the upper half of a number in single precision. */
    BF16(Short.BYTES, "unsigned short");

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

  /** What the array of a column holds. */
  Real real(int column) {
    return switch (columns.get(column)) {
      case Column.Parameters _, Column.Direction _, Column.Given _ -> model;
      case Column.State _ -> column == parameters ? model : real;
      case Column.Kept _, Column.Noise _ -> real;
    };
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
