package org.blrc.emit.cuda;

import org.blrc.emit.arith.Precision;
import org.blrc.runtime.cuda.KernelSet.Real;

/** What kernels compute in, and what their arrays hold. */
public enum Numbers {
  DOUBLE(Precision.DOUBLE, Real.DOUBLE, Real.DOUBLE, "Double", "in double precision"),
  FLOAT(Precision.FLOAT, Real.FLOAT, Real.FLOAT, "Float", "in single precision"),
  /** What the model reads and what callers answer is in bfloat16, all else in single precision. */
  BF16(
      Precision.FLOAT,
      Real.FLOAT,
      Real.BF16,
      "Bf16",
      "in single precision, with weights and answers in bfloat16");

  private final Precision precision;
  private final Real real;
  private final Real model;
  private final String title;
  private final String label;

  Numbers(Precision precision, Real real, Real model, String title, String label) {
    this.precision = precision;
    this.real = real;
    this.model = model;
    this.title = title;
    this.label = label;
  }

  static Numbers of(Precision precision) {
    return switch (precision) {
      case DOUBLE -> DOUBLE;
      case FLOAT -> FLOAT;
    };
  }

  /** What is computed in. */
  public Precision precision() {
    return precision;
  }

  /** What arrays hold, but for those of {@link #model}. */
  public Real real() {
    return real;
  }

  /** What the arrays hold that the model reads and that callers answer with. */
  public Real model() {
    return model;
  }

  boolean hasNarrow() {
    return model != real;
  }

  /** Ends the names of classes and files. */
  public String title() {
    return title;
  }

  /** In prose. */
  public String label() {
    return label;
  }
}
