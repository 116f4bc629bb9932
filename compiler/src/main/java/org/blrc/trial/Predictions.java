package org.blrc.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.PhiloxNoise;

/** What a trained optimizer predicts. */
final class Predictions {

  /** The number of posterior samples that predictions are averaged over. */
  static final int SAMPLES = 32;

  private Predictions() {}

  /** The probability of each class, for each example. */
  static List<double[]> at(Classifier model, double[] w, Dataset data) {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      double[] row = new double[model.classes()];
      model.probabilities(w, data.input(i), row);
      rows.add(row);
    }
    return rows;
  }

  /**
   * The probabilities averaged over posterior samples; empty where the optimizer does not sample.
   * Afterwards the optimizer draws its noise from another source.
   */
  static <A> Optional<List<double[]>> averaged(
      Optimizer<A> optimizer, Numbers<A> numbers, Classifier model, Dataset data, long seed) {
    if (Arrays.equals(draw(optimizer, numbers, seed, 0), draw(optimizer, numbers, seed, 1))) {
      return Optional.empty();
    }
    List<double[]> mean = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      mean.add(new double[model.classes()]);
    }
    for (int sample = 0; sample < SAMPLES; sample++) {
      List<double[]> rows = at(model, draw(optimizer, numbers, seed, sample), data);
      for (int i = 0; i < rows.size(); i++) {
        double[] row = rows.get(i);
        double[] sum = mean.get(i);
        Arrays.setAll(sum, k -> sum[k] + row[k] / SAMPLES);
      }
    }
    return Optional.of(mean);
  }

  /**
   * The point at which the next evaluation would begin. An evaluation that is closed without an
   * answer is repeated with the same noise, so every sample gets a source of its own.
   */
  private static <A> double[] draw(
      Optimizer<A> optimizer, Numbers<A> numbers, long seed, int sample) {
    optimizer.noise(new PhiloxNoise(~seed * 1000003 + sample));
    double[] w = new double[optimizer.dimension()];
    try (Evaluation<A> _ = optimizer.evaluate()) {
      numbers.read(optimizer.parameters(), w);
    }
    return w;
  }
}
