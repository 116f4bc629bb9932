package org.blrc.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.blrc.family.Support;
import org.blrc.syntax.Spelling;
import org.blrc.trial.NormalMixture.Component;

/** The problems that there are; the first one that fits is the default. */
public enum Problems {
  QUADRATIC("quadratic", Place.REAL, Problems::quadratic),
  LOGISTIC("logistic", Place.REAL, Problems::logistic),
  DIGITS("digits", Place.REAL, Problems::digits),
  MIXTURE("mixture", Place.REAL, Problems::mixture),
  POISSON("poisson", Place.POSITIVE, Problems::poisson),
  BINARY_DIGITS("binary-digits", Place.TWO_VALUES, Problems::binaryDigits);

  private final String label;
  private final Place place;
  private final Function<Problems, Problem> make;

  Problems(String label, Place place, Function<Problems, Problem> make) {
    this.label = label;
    this.place = place;
    this.make = make;
  }

  /** Makes the problem. */
  public Problem make() {
    return make.apply(this);
  }

  /** All names. */
  public static List<String> names() {
    return Arrays.stream(values()).map(each -> each.label).toList();
  }

  /**
   * Finds a problem.
   *
   * @throws TrialException if there is none of that name
   */
  public static Problems named(String name) {
    return Arrays.stream(values())
        .filter(each -> each.label.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TrialException(
                    "there is no problem `%s`; there are %s"
                        .formatted(name, Spelling.list(names(), "and"))));
  }

  /**
   * The first problem that all posteriors fit, or else one that the first of them fits.
   *
   * @throws TrialException if the first of them fits none
   */
  public static Problems byDefault(List<Contender<?>> contenders) {
    List<Support> supports = contenders.stream().map(each -> each.posterior().support()).toList();
    return Arrays.stream(values())
        .filter(each -> supports.stream().allMatch(each.place::holds))
        .findFirst()
        .or(() -> fitting(supports.getFirst()).findFirst())
        .orElseThrow(
            () ->
                new TrialException(
                    "`%s` has %s"
                        .formatted(contenders.getFirst().name(), supported(supports.getFirst()))));
  }

  /** Why a posterior cannot be tried on a problem, if it cannot. */
  static Optional<String> misfit(Contender<?> contender, Problem problem) {
    Support support = contender.posterior().support();
    return problem.place().holds(support)
        ? Optional.empty()
        : Optional.of(
            "the parameters of problem `%s` lie on %s, but `%s` has %s"
                .formatted(
                    problem.name(),
                    problem.place().description(),
                    contender.name(),
                    supported(support)));
  }

  private static String supported(Support support) {
    List<String> fitting = fitting(support).map(each -> each.label).toList();
    return "a posterior on %s, %s"
        .formatted(
            Place.describe(support),
            fitting.isEmpty()
                ? "which no problem is for"
                : "which can be tried on " + Spelling.list(fitting, "or"));
  }

  private static Stream<Problems> fitting(Support support) {
    return Arrays.stream(values()).filter(each -> each.place.holds(support));
  }

  /** Exact gradients of an ill-conditioned, rotated quadratic. */
  private Problem quadratic() {
    SplittableRandom random = new SplittableRandom(Problem.SPLIT_SEED);
    Quadratic model = new Quadratic(100, 1e4, random);
    Dataset data = model.sample(100, random);
    return new Problem(
        label,
        "a rotated quadratic with condition number 10000",
        place,
        model,
        data,
        Optional.empty(),
        model.meanLoss(model.minimum(data), data),
        data.size(),
        1000);
  }

  private Problem logistic() {
    return classification(
        "logistic regression on the Wisconsin breast cancer data",
        new LogisticRegression(30),
        Tables.standardise(split(Tables.breastCancer())),
        32,
        1400);
  }

  private Problem digits() {
    return classification(
        "a network with 64 hidden tanh units on 8x8 images of digits",
        new Network(64, 64, 10),
        Tables.centre(split(Tables.digits())),
        64,
        2200);
  }

  /**
   * Weights are multiplied by fixed factors, which keep the inputs of the units at a size of about
   * 1, as batch normalisation does in the networks that binary weights are published for.
   */
  private Problem binaryDigits() {
    Network network = new Network(64, 32, 10);
    double[] scale = network.layers(4 / Math.sqrt(64), 2 / Math.sqrt(32));
    return classification(
        "a network with 32 hidden tanh units and binary weights on 8x8 images of digits",
        new BinaryWeights(network, scale, -1, 1),
        Tables.centre(split(Tables.digits())),
        32,
        2200);
  }

  /** The valley is a root of the density's derivative. */
  private Problem mixture() {
    return target(
        "a mixture of 0.3 N(-3, 0.5^2) and 0.7 N(3, 1)",
        new NormalMixture(
            List.of(new Component(0.3, -3, 0.5), new Component(0.7, 3, 1)),
            List.of(-0.952409610440023),
            -5,
            -1,
            1,
            5));
  }

  private Problem poisson() {
    return target(
        "the rates of Poisson processes, from events in 10 units of time and a prior with mean 1",
        new PoissonRates(10, List.of(1, 4, 25)));
  }

  private Problem target(String description, Target target) {
    return new Problem(
        label, description, place, target, Target.NO_DATA, Optional.empty(), 0, 1, 2000);
  }

  private static Dataset.Split split(Dataset data) {
    return data.split(Problem.HELD_OUT_SHARE, Problem.SPLIT_SEED);
  }

  private Problem classification(
      String description, Classifier model, Dataset.Split split, int batchSize, int steps) {
    return new Problem(
        label,
        description,
        place,
        model,
        split.first(),
        Optional.of(split.second()),
        0,
        batchSize,
        steps);
  }
}
