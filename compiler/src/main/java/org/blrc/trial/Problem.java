package org.blrc.trial;

import java.util.Optional;
import org.blrc.family.Support;

/**
 * What optimizers are tried on.
 *
 * @param place where its parameters lie
 * @param heldOut data for scores; absent where there is nothing to predict
 * @param optimum the smallest possible training loss where it is known, else 0; losses are reported
 *     above it
 * @param batchSize the examples in a minibatch
 * @param steps how long to train
 */
public record Problem(
    String name,
    String description,
    Place place,
    Model model,
    Dataset training,
    Optional<Dataset> heldOut,
    double optimum,
    int batchSize,
    int steps) {

  /** The seed of every split, so that all trials share them. */
  static final long SPLIT_SEED = 20230617;

  static final double HELD_OUT_SHARE = 0.2;

  /** The same for parameters that lie in a support which the problem is for. */
  Problem on(Support support) {
    return support instanceof Support.Finite finite && model instanceof BinaryWeights binary
        ? with(binary.between(finite.hull().lower(), finite.hull().upper()), training, heldOut)
        : this;
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
    return with(model, split.first(), Optional.of(split.second()));
  }

  private Problem with(Model otherModel, Dataset otherTraining, Optional<Dataset> otherHeldOut) {
    return new Problem(
        name,
        description,
        place,
        otherModel,
        otherTraining,
        otherHeldOut,
        optimum,
        batchSize,
        steps);
  }

  /**
   * Whether rates fall to zero on the way: where gradients are of minibatches, or draws are what is
   * looked at, and noise would stay.
   */
  boolean ratesFall() {
    return batchSize < training.size() || model instanceof Target;
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
