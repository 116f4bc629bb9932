package org.blrc.runtime;

import java.util.List;

/**
 * An optimizer that takes a sum at every time when one can be taken: of the states, where it takes
 * two at once, after each of two phases, and over the draws.
 */
final class Norms extends AbstractOptimizer<double[]> {

  static final Signature SIGNATURE =
      new Signature(
          "Norms",
          List.of(new HyperParameter("scale", 0, false, 10, false, 1)),
          List.of("m"),
          List.of(
              List.of(new Question("ell", "gradient", false)),
              List.of(new Question("ell", "gradient", false))),
          true,
          List.of(new SumPass(0, 2), new SumPass(1, 1), new SumPass(2, 1), new SumPass(3, 1)));

  private final double[] m;
  private final double[] parameters;
  private final double[] first;
  private final double[] sum;

  /** The value of every sum, each time after it was taken. */
  final double[] seen = new double[5];

  private Norms(Start start) {
    super(SIGNATURE, start);
    m = start.doubles("m", Interval.REAL, 0);
    parameters = new double[dimension()];
    first = new double[dimension()];
    sum = new double[dimension()];
    refresh();
  }

  static Builder builder() {
    return new Builder();
  }

  static final class Builder extends OptimizerBuilder<Norms> {
    private Builder() {
      super(SIGNATURE);
    }

    @Override
    public Norms build() {
      return new Norms(start());
    }
  }

  @Override
  protected void sum(int pass, int draw, int from, int to, double[] values, double[] sums, int at) {
    for (int i = from; i < to; i++) {
      double x =
          switch (pass) {
            case 0 -> m[i];
            case 1 -> values[0] * answer(0)[i];
            case 2 -> first[i] - answer(0)[i];
            default -> sum[i] / draw;
          };
      sums[at] += x * x;
      if (pass == 0) {
        sums[at + 1] += values[0] * x;
      }
    }
  }

  @Override
  protected void point(int phase, int draw, int from, int to, double[] values) {
    if (phase == 1) {
      System.arraycopy(answer(0), from, first, from, to - from);
    }
    seen[phase] = total(2 * phase);
    seen[4] = total(1);
    double scale = values[0] / (1 + Math.sqrt(total(2 * phase)) + 0.01 * total(1));
    for (int i = from; i < to; i++) {
      parameters[i] = m[i] + scale * (phase == 0 ? 1 : first[i]);
    }
  }

  @Override
  protected void restore(int from, int to, double[] values) {
    System.arraycopy(m, from, parameters, from, to - from);
  }

  @Override
  protected void accumulate(int draw, int from, int to, double[] values) {
    seen[2] = total(3);
    for (int i = from; i < to; i++) {
      sum[i] = (draw == 0 ? 0 : sum[i]) + answer(0)[i] / (1 + Math.sqrt(total(3)));
    }
  }

  @Override
  protected void update(int draws, int from, int to, double[] values) {
    seen[3] = total(4);
    for (int i = from; i < to; i++) {
      m[i] -= values[0] * sum[i] / draws / (1 + Math.sqrt(total(4)));
    }
    restore(from, to, values);
  }

  @Override
  protected double[] state(int index) {
    return m;
  }

  @Override
  public double[] parameters() {
    return parameters;
  }

  @Override
  public int samples() {
    return 1;
  }
}
