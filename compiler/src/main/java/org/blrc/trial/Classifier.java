package org.blrc.trial;

/** A model whose loss is the negative log-likelihood of a label. */
interface Classifier extends Model {

  int classes();

  /** Writes the probability of each class to {@code out}. */
  void probabilities(double[] w, double[] x, double[] out);
}
