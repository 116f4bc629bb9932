package org.blrc.trial;

import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.blrc.family.Support;
import org.blrc.runtime.Optimizer;
import org.blrc.symbolic.Expr.Sym;

/** What an optimizer holds between steps: its posterior, as its spec declares it. */
final class Belief<A> {

  private final Contender<A> contender;
  private final Optimizer<A> optimizer;

  Belief(Contender<A> contender, Optimizer<A> optimizer) {
    this.contender = contender;
    this.optimizer = optimizer;
  }

  /**
   * Writes the point that predictions are made at: the most probable value of a coordinate where
   * there are finitely many, else the posterior mean, or what stands for it.
   */
  void centre(double[] out) {
    switch (contender.posterior().support()) {
      case Support.Finite finite -> mostProbable(finite, out);
      case Support.Interval _, Support.Circle _, Support.Counts _, Support.Simplex _ ->
          contender.numbers().read(optimizer.parameters(), out);
    }
  }

  /** A draw from a posterior of finite support. */
  double[] draw(Support.Finite support, RandomGenerator random) {
    return new Draws<>(contender, optimizer).values(support, random);
  }

  /**
   * Draws from the posterior by their number; empty where training asks the loss at single points
   * only, whatever the posterior around them. Where the support is not finite, a call may replace
   * the optimizer's source of noise.
   */
  Optional<IntFunction<double[]>> draws(long seed) {
    return new Draws<>(contender, optimizer).of(seed);
  }

  /** The values of hyper-parameters, and of the states of a coordinate, as they are now. */
  ToDoubleFunction<Sym> values(int coordinate) {
    return new Snapshot<>(optimizer, contender.numbers()).at(coordinate);
  }

  private void mostProbable(Support.Finite support, double[] out) {
    double[] values = support.values().stream().mapToDouble(each -> each.toDouble()).toArray();
    Snapshot<A> snapshot = new Snapshot<>(optimizer, contender.numbers());
    for (int i = 0; i < out.length; i++) {
      out[i] = values[mostProbable(contender.posterior().probabilities(snapshot.at(i)))];
    }
  }

  private static int mostProbable(double[] probabilities) {
    int best = 0;
    for (int k = 1; k < probabilities.length; k++) {
      if (probabilities[k] > probabilities[best]) {
        best = k;
      }
    }
    return best;
  }
}
