package org.blrc.trial;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What came out of a trial: an entry for each contender, in the order of the request. */
public record TrialResult(Problem problem, long seed, List<Entry> entries) {

  public TrialResult {
    entries = List.copyOf(entries);
  }

  /**
   * How one optimizer did.
   *
   * @param name unique among the entries
   * @param settings the value of every hyper-parameter
   * @param curve the training loss on the way, above the problem's optimum; where the exact
   *     posterior is known, the divergence from it
   * @param divergedAt the step, from 1, at which the loss, an answer or the mean stopped being
   *     finite, or a state was about to leave its domain; then there are no scores
   * @param refusal which state was about to, and where
   * @param atCentre how the posterior's mode, where it lies on finitely many values, else its mean
   *     predicts held-out data
   * @param averaged how predictions predict that are averaged over posterior samples; absent where
   *     training asks at single points only
   * @param fits how each coordinate's posterior compares with the exact one, where that is known
   * @param times of one step
   */
  public record Entry(
      String name,
      List<Setting> settings,
      List<Point> curve,
      OptionalInt divergedAt,
      Optional<String> refusal,
      Optional<Scores> atCentre,
      Optional<Scores> averaged,
      List<Fit> fits,
      Times times) {

    public Entry {
      settings = List.copyOf(settings);
      curve = List.copyOf(curve);
      fits = List.copyOf(fits);
    }

    /** The last of the curve; NaN if there is none. */
    public double trainingLoss() {
      return curve.isEmpty() ? Double.NaN : curve.getLast().loss();
    }
  }

  /** The training loss after a number of steps. */
  public record Point(int step, double loss) {}

  /**
   * The value of a hyper-parameter.
   *
   * @param tried the values that were compared, in increasing order, where it was tuned
   */
  public record Setting(String name, double value, Source source, List<Double> tried) {

    public Setting {
      tried = List.copyOf(tried);
    }
  }

  /** Where a value comes from. */
  public enum Source {
    GIVEN,
    DEFAULT,
    TRAINING_SIZE,
    TUNED,
    /** Was to be tuned, but training diverged with every value that was tried. */
    IN_VAIN
  }

  /**
   * Median times of a step in seconds.
   *
   * @param optimizer without the evaluation of the loss
   */
  public record Times(double optimizer, double total) {}
}
