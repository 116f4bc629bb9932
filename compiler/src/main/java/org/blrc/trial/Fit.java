package org.blrc.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.blrc.verify.Density;
import org.blrc.verify.UntrustedIntegral;

/**
 * How well a posterior approximates the exact one. What an integral cannot tell, because it does
 * not exist or because the posterior is none, is NaN.
 *
 * @param label which coordinate
 * @param divergence KL(approximate || exact), which is how far the evidence lower bound is below
 *     the log evidence
 * @param excess how much of it a further descent in the posterior's states takes away
 */
public record Fit(
    String label, double divergence, double excess, Moments approximate, Moments exact) {

  /**
   * What there is to compare.
   *
   * @param shares the mass below each of the target's valleys
   */
  public record Moments(double mean, double deviation, List<Double> shares) {

    public Moments {
      shares = List.copyOf(shares);
    }

    static Moments of(Optional<Density> density, List<Double> valleys) {
      double mean = integral(density, x -> x);
      double variance = integral(density, x -> (x - mean) * (x - mean));
      List<Double> shares = new ArrayList<>();
      for (double valley : valleys) {
        shares.add(integral(density, x -> x < valley ? 1 : 0));
      }
      return new Moments(mean, Math.sqrt(variance), shares);
    }
  }

  /** A mean under a density that may lack a constant factor. */
  static double integral(Optional<Density> density, DoubleUnaryOperator f) {
    try {
      return density
          .map(each -> each.integral(x -> f.applyAsDouble(x[0])) / each.mass())
          .orElse(Double.NaN);
    } catch (UntrustedIntegral e) {
      return Double.NaN;
    }
  }
}
