package org.blrc.runtime;

import java.util.List;

/** Gradient descent at noisy points, with a second state that counts steps: as an emitted class. */
final class Descent extends AbstractOptimizer<float[]> {

  static final Signature SIGNATURE =
      new Signature(
          "Descent",
          List.of(
              new HyperParameter("alpha", 0, false, 10, false, 1),
              new HyperParameter("sigma", 0, true, Double.POSITIVE_INFINITY, false, 0)),
          List.of("m", "number of steps"),
          List.of(List.of(new Question("ell", "gradient", false))),
          true);

  private final float[] m;
  private final float[] count;
  private final float[] parameters;
  private final float[] sum;

  private Descent(Start start) {
    super(SIGNATURE, start);
    m = start.floats("m", Interval.REAL, 0);
    count = start.floats("number of steps", Interval.NONNEGATIVE, values -> 100 * values[1]);
    parameters = new float[dimension()];
    sum = new float[dimension()];
    refresh();
  }

  static Builder builder() {
    return new Builder();
  }

  static final class Builder extends OptimizerBuilder<Descent> {
    private Builder() {
      super(SIGNATURE);
    }

    @Override
    public Descent build() {
      return new Descent(start());
    }
  }

  @Override
  protected void point(int phase, int draw, int from, int to, double[] values) {
    normal(0, draw, parameters, from, to);
    for (int i = from; i < to; i++) {
      parameters[i] = m[i] + (float) values[1] * parameters[i];
    }
  }

  @Override
  protected void restore(int from, int to, double[] values) {
    System.arraycopy(m, from, parameters, from, to - from);
  }

  @Override
  protected void accumulate(int draw, int from, int to, double[] values) {
    for (int i = from; i < to; i++) {
      sum[i] = (draw == 0 ? 0 : sum[i]) + answer(0)[i];
    }
  }

  @Override
  protected void update(int draws, int from, int to, double[] values) {
    for (int i = from; i < to; i++) {
      m[i] -= (float) values[0] * sum[i] / draws;
      count[i]++;
    }
    restore(from, to, values);
  }

  @Override
  protected float[] state(int index) {
    return index == 0 ? m : count;
  }

  @Override
  public float[] parameters() {
    return parameters;
  }

  @Override
  public int samples() {
    return 1;
  }

  /** Some steps with a gradient that is the point itself. */
  void steps(int steps, int draws) {
    for (int step = 0; step < steps; step++) {
      for (int draw = 0; draw < draws; draw++) {
        try (Evaluation<float[]> evaluation = evaluate()) {
          evaluation.gradient(parameters.clone());
        }
      }
      step();
    }
  }
}
