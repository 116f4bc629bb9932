package org.blrc.trial;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.blrc.syntax.Spelling;

/**
 * What optimizers are tried on.
 *
 * @param heldOut data for scores; absent where there is nothing to predict
 * @param optimum the smallest possible training loss where it is known, else 0; losses are reported
 *     above it
 * @param batchSize the examples in a minibatch
 * @param steps how long to train
 */
public record Problem(
    String name,
    String description,
    Model model,
    Dataset training,
    Optional<Dataset> heldOut,
    double optimum,
    int batchSize,
    int steps) {

  /** The seed of every split, so that all trials share them. */
  private static final long SPLIT_SEED = 20230617;

  private static final double HELD_OUT_SHARE = 0.2;

  /** The problems by name. */
  public static List<String> names() {
    return List.of("quadratic", "logistic", "digits");
  }

  /**
   * Makes a problem.
   *
   * @throws TrialException if there is none of that name
   */
  public static Problem named(String name) {
    return switch (name) {
      case "quadratic" -> quadratic();
      case "logistic" -> logistic();
      case "digits" -> digits();
      default ->
          throw new TrialException(
              "there is no problem `%s`; there are %s"
                  .formatted(name, Spelling.list(names(), "and")));
    };
  }

  /** Exact gradients of an ill-conditioned, rotated quadratic. */
  private static Problem quadratic() {
    SplittableRandom random = new SplittableRandom(SPLIT_SEED);
    Quadratic model = new Quadratic(100, 1e4, random);
    Dataset data = model.sample(100, random);
    return new Problem(
        "quadratic",
        "a rotated quadratic with condition number 10000",
        model,
        data,
        Optional.empty(),
        model.meanLoss(model.minimum(data), data),
        data.size(),
        1000);
  }

  private static Problem logistic() {
    Dataset.Split split =
        Tables.standardise(Tables.breastCancer().split(HELD_OUT_SHARE, SPLIT_SEED));
    return new Problem(
        "logistic",
        "logistic regression on the Wisconsin breast cancer data",
        new LogisticRegression(30),
        split.first(),
        Optional.of(split.second()),
        0,
        32,
        1400);
  }

  private static Problem digits() {
    Dataset.Split split = Tables.centre(Tables.digits().split(HELD_OUT_SHARE, SPLIT_SEED));
    return new Problem(
        "digits",
        "a network with 64 hidden tanh units on 8x8 images of digits",
        new Network(64, 64, 10),
        split.first(),
        Optional.of(split.second()),
        0,
        64,
        2200);
  }

  /**
   * The problem on which rates are tuned: a validation split of the training data takes the place
   * of the held-out data. Without held-out data it is the problem itself.
   */
  Problem forTuning() {
    if (heldOut.isEmpty()) {
      return this;
    }
    Dataset.Split split = training.split(HELD_OUT_SHARE, SPLIT_SEED);
    return new Problem(
        name,
        description,
        model,
        split.first(),
        Optional.of(split.second()),
        optimum,
        batchSize,
        steps);
  }

  /** Whether gradients are of minibatches, and so noisy. */
  boolean minibatches() {
    return batchSize < training.size();
  }

  /** The mean training loss above the optimum. */
  double trainingLoss(double[] w) {
    return model.meanLoss(w, training) - optimum;
  }

  /** What tuning makes small: the held-out loss, or else the training loss. */
  double tuningLoss(double[] w) {
    return heldOut.map(data -> model.meanLoss(w, data)).orElseGet(() -> trainingLoss(w));
  }
}
