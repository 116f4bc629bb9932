package org.blrc.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.blrc.family.Support;
import org.blrc.program.Program.AnswerKind;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.OutOfDomainException;
import org.blrc.runtime.PhiloxNoise;
import org.blrc.runtime.Question;
import org.blrc.trial.TrialResult.Point;
import org.blrc.trial.TrialResult.Times;

/** One run of one optimizer on one problem. */
final class Training<A> {

  /** How often the training loss is taken along the way, but for the first steps. */
  private static final int POINTS = 100;

  /** The same for a divergence, which takes longer. */
  private static final int DIVERGENCES = 25;

  private final Problem problem;
  private final Numbers<A> numbers;
  private final Optimizer<A> optimizer;
  private final Belief<A> belief;
  private final Posterior posterior;
  private final List<Comparison> comparisons;
  private final Oracle oracle;
  private final Minibatches minibatches;
  private final Map<String, Double> decaying;
  private final RandomGenerator random;
  private final double[] w;

  /** What a Hessian is to be multiplied with. */
  private final double[] v;

  /** What the other coordinates are while one is asked for the value of the loss. */
  private final double[] held;

  private final double[][][] answers;
  private final List<List<A>> answerBuffers = new ArrayList<>();
  private final List<Point> curve = new ArrayList<>();
  private final long[] optimizerNanos;
  private final long[] totalNanos;
  private OptionalInt divergedAt = OptionalInt.empty();
  private Optional<String> refusal = Optional.empty();

  private Training(
      Problem problem, Contender<A> contender, Map<String, Double> hyperParameters, long seed) {
    this.problem = problem;
    numbers = contender.numbers();
    posterior = contender.posterior();
    SplittableRandom source = new SplittableRandom(seed);
    w = problem.model().initial(source.split());
    v = new double[w.length];
    minibatches = new Minibatches(problem.training().size(), problem.batchSize(), source.split());
    random = source.split();
    held = posterior.enumerated() ? new double[w.length] : w;
    oracle = new Oracle(problem.model(), problem.training());
    A initial = numbers.allocate(w.length);
    numbers.write(w, initial);
    optimizer = create(contender, initial, hyperParameters);
    optimizer.noise(new PhiloxNoise(seed));
    belief = new Belief<>(contender, optimizer);
    comparisons =
        problem.model() instanceof Target target
            ? IntStream.range(0, target.dimension())
                .mapToObj(i -> new Comparison(posterior, target, i, belief.values(i)))
                .toList()
            : List.of();
    decaying = new HashMap<>(problem.ratesFall() ? hyperParameters : Map.of());
    decaying.keySet().retainAll(contender.roles().rates());
    int batch = Math.min(problem.batchSize(), problem.training().size());
    List<List<Question>> phases = optimizer.phases();
    answers = new double[phases.size()][][];
    for (int phase = 0; phase < phases.size(); phase++) {
      List<Question> questions = phases.get(phase);
      answers[phase] = new double[questions.size()][];
      List<A> buffers = new ArrayList<>();
      for (int q = 0; q < questions.size(); q++) {
        int length = oracle.length(kind(questions.get(q)), batch);
        answers[phase][q] = new double[length];
        buffers.add(numbers.allocate(length));
      }
      answerBuffers.add(buffers);
    }
    optimizerNanos = new long[problem.steps()];
    totalNanos = new long[problem.steps()];
  }

  /**
   * Trains to the end, or until something is no longer finite.
   *
   * @throws TrialException if the optimizer cannot start
   */
  static <A> Training<A> run(
      Problem problem,
      Contender<A> contender,
      Map<String, Double> hyperParameters,
      long seed,
      Runnable afterStep) {
    Training<A> training = new Training<>(problem, contender, hyperParameters, seed);
    training.run(training::recorded, afterStep);
    return training;
  }

  /** The same without a curve; returns what tuning makes small, which is NaN after a divergence. */
  static <A> double tuningLoss(
      Problem problem,
      Contender<A> contender,
      Map<String, Double> hyperParameters,
      long seed,
      Runnable afterStep) {
    Training<A> training = new Training<>(problem, contender, hyperParameters, seed);
    training.run(_ -> false, afterStep);
    if (training.divergedAt.isPresent()) {
      return Double.NaN;
    }
    return training.comparisons.isEmpty()
        ? problem.tuningLoss(training.centre())
        : training.divergence();
  }

  private static <A> Optimizer<A> create(
      Contender<A> contender, A initial, Map<String, Double> hyperParameters) {
    try {
      Optimizer<A> optimizer = contender.factory().create(initial, hyperParameters);
      int _ = optimizer.samples(); // may reject the value of a hyper-parameter
      return optimizer;
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new TrialException("`%s` cannot start: %s".formatted(contender.name(), e.getMessage()));
    }
  }

  private static AnswerKind kind(Question question) {
    return Oracle.kind(question).orElseThrow(() -> new IllegalArgumentException(question.kind()));
  }

  private void run(IntPredicate recorded, Runnable afterStep) {
    if (recorded.test(0)) {
      record(0);
    }
    for (int step = 1; step <= problem.steps() && divergedAt.isEmpty(); step++) {
      decay(step);
      long start = System.nanoTime();
      boolean finite = step(step);
      totalNanos[step - 1] = System.nanoTime() - start;
      if (!finite) {
        divergedAt = OptionalInt.of(step);
      } else if (recorded.test(step)) {
        record(step);
      }
      afterStep.run();
    }
  }

  /**
   * Rates of the mean's update may fall to zero along half a cosine, as in the training that the
   * published rules are used for.
   */
  private void decay(int step) {
    double factor = (1 + Math.cos(Math.PI * (step - 1) / problem.steps())) / 2;
    decaying.forEach((name, value) -> optimizer.hyperParameter(name, value * factor));
  }

  /** At even distances, at both ends, and after 1, 2, 4, ... steps while the loss falls fast. */
  private boolean recorded(int step) {
    int points = comparisons.isEmpty() ? POINTS : DIVERGENCES;
    int every = Math.max(1, problem.steps() / points);
    boolean early = step < every && Integer.bitCount(step) <= 1;
    return early || step % every == 0 || step == problem.steps();
  }

  /** Makes one step; returns whether it can be made, with finite answers and a finite new mean. */
  private boolean step(int step) {
    int[] batch = minibatches.next();
    hold();
    long modelNanos = 0;
    long start = System.nanoTime();
    for (int sample = 0; sample < optimizer.samples(); sample++) {
      try (Evaluation<A> evaluation = optimizer.evaluate()) {
        for (int phase = 0; phase < answers.length; phase++) {
          long asked = System.nanoTime();
          boolean finite = answer(phase, batch);
          modelNanos += System.nanoTime() - asked;
          if (!finite) {
            return false;
          }
          for (int q = 0; q < answers[phase].length; q++) {
            evaluation.answer(q, answerBuffers.get(phase).get(q));
          }
        }
      }
    }
    try {
      optimizer.step();
    } catch (OutOfDomainException left) {
      refusal = Optional.of(left.getMessage());
      return false;
    }
    optimizerNanos[step - 1] = System.nanoTime() - start - modelNanos;
    return finite(mean());
  }

  /**
   * Where the rule takes an expectation over one coordinate by enumeration, the mean over the
   * others is estimated by one draw in each step.
   */
  private void hold() {
    if (posterior.enumerated() && posterior.support() instanceof Support.Finite finite) {
      System.arraycopy(belief.draw(finite, random), 0, held, 0, held.length);
    }
  }

  /** Prepares the answers to all questions of a phase. */
  private boolean answer(int phase, int[] batch) {
    numbers.read(optimizer.parameters(), w);
    boolean finite = true;
    for (int q = 0; q < answers[phase].length; q++) {
      double[] values = answers[phase][q];
      AnswerKind kind = kind(optimizer.phases().get(phase).get(q));
      if (kind.isDirected()) {
        numbers.read(optimizer.direction(), v);
      }
      oracle.answer(kind, held, w, v, batch, values);
      numbers.write(values, answerBuffers.get(phase).get(q));
      finite &= finite(values);
    }
    return finite;
  }

  private void record(int step) {
    double loss = comparisons.isEmpty() ? problem.trainingLoss(centre()) : divergence();
    if (Double.isFinite(loss)) {
      curve.add(new Point(step, loss));
    } else if (comparisons.isEmpty()) {
      divergedAt = OptionalInt.of(step);
    }
  }

  /**
   * The divergence of the posterior from the exact one, over all coordinates; NaN where a posterior
   * is none, as one without any precision, or the problem is no density.
   */
  private double divergence() {
    double sum = 0;
    for (int i = 0; i < comparisons.size(); i++) {
      sum += comparisons.get(i).divergence(belief.values(i));
    }
    return sum;
  }

  /**
   * How each coordinate's posterior compares with the exact one, where the problem is a density.
   */
  List<Fit> fits() {
    return IntStream.range(0, comparisons.size())
        .mapToObj(i -> comparisons.get(i).fit(belief.values(i)))
        .toList();
  }

  private static boolean finite(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  Belief<A> belief() {
    return belief;
  }

  /** The point that predictions are made at, in an array that is reused. */
  double[] centre() {
    belief.centre(w);
    return w;
  }

  /** The posterior mean, in an array that is reused. */
  private double[] mean() {
    numbers.read(optimizer.parameters(), w);
    return w;
  }

  List<Point> curve() {
    return curve;
  }

  OptionalInt divergedAt() {
    return divergedAt;
  }

  /** Why the optimizer refused its last step, if it did. */
  Optional<String> refusal() {
    return refusal;
  }

  /** Medians over the second half of the steps, when the code is compiled. */
  Times times() {
    int steps = (int) optimizer.steps();
    return new Times(median(optimizerNanos, steps), median(totalNanos, steps));
  }

  private static double median(long[] nanos, int steps) {
    if (steps == 0) {
      return Double.NaN;
    }
    long[] late = Arrays.copyOfRange(nanos, steps / 2, steps);
    Arrays.sort(late);
    return late[late.length / 2] * 1e-9;
  }
}
