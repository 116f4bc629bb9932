package org.blrc.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

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

  /** The probabilities averaged over posterior samples, which are given by their numbers. */
  static List<double[]> averaged(IntFunction<double[]> draws, Classifier model, Dataset data) {
    List<double[]> mean = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      mean.add(new double[model.classes()]);
    }
    for (int sample = 0; sample < SAMPLES; sample++) {
      List<double[]> rows = at(model, draws.apply(sample), data);
      for (int i = 0; i < rows.size(); i++) {
        double[] row = rows.get(i);
        double[] sum = mean.get(i);
        Arrays.setAll(sum, k -> sum[k] + row[k] / SAMPLES);
      }
    }
    return mean;
  }
}
