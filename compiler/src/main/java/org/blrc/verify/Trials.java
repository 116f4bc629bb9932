package org.blrc.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.blrc.derive.Derivation;
import org.blrc.program.Precision;
import org.blrc.program.Program;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.OutOfDomain;
import org.blrc.runtime.RecordedNoise;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Walk;

/** Runs optimizers on the test losses, each from the same start with the same answers. */
final class Trials {

  static final int DIMENSION = 37;
  private static final int STEPS = 4;

  private final Derivation derivation;
  private final Loss loss;

  Trials(Derivation derivation, TestLoss loss) {
    this.derivation = derivation;
    this.loss = loss.on(derivation.setting().asked().support());
  }

  /** The values of hyper-parameters without defaults, inside their domains. */
  Map<String, Double> hyperParameters() {
    Map<Sym, Double> symbols = Point.of(derivation, 1).getFirst().world().symbols();
    Map<String, Double> values = new HashMap<>();
    for (Program.Hyper hyper : derivation.program().hypers()) {
      if (hyper.byDefault().isEmpty()) {
        values.put(hyper.name(), symbols.get(hyper.symbol()));
      }
    }
    return values;
  }

  /** The initial value of each state, inside the domains. */
  Map<String, double[]> states() {
    SplittableRandom random = new SplittableRandom(13);
    List<Point> points = Point.of(derivation, 5);
    Map<String, double[]> values = new HashMap<>();
    derivation
        .program()
        .states()
        .forEach(each -> values.put(each.name(), new double[each.shared() ? 1 : DIMENSION]));
    for (int i = 0; i < DIMENSION; i++) {
      Point point = points.get(random.nextInt(points.size()));
      for (Program.State state : derivation.program().states()) {
        double value = point.world().symbols().get(state.symbol());
        values.get(state.name())[state.shared() ? 0 : i] = value;
      }
    }
    return values;
  }

  /** The states after some steps from given ones, by name. */
  <A> Map<String, double[]> run(
      Optimizer<A> optimizer, Precision<A> precision, Map<String, double[]> start) {
    start.forEach((name, values) -> precision.copy(values, optimizer.state(name)));
    optimizer.refresh();
    Map<String, double[]> states = start;
    for (int step = 1; step <= STEPS; step++) {
      double[][][] noise = noise(step, optimizer.samples(), optimizer.dimension());
      states = step(optimizer, precision, noise);
    }
    return states;
  }

  /**
   * The states after one more step.
   *
   * @param noise by stream, draw and coordinate
   */
  <A> Map<String, double[]> step(
      Optimizer<A> optimizer, Precision<A> precision, double[][][] noise) {
    RecordedNoise recorded = new RecordedNoise();
    recorded.set(noise);
    optimizer.noise(recorded);
    // The equations say nothing of domains.
    optimizer.outOfDomain(OutOfDomain.PROPAGATE);
    for (int draw = 0; draw < optimizer.samples(); draw++) {
      try (Evaluation<A> evaluation = optimizer.evaluate()) {
        for (Program.Phase phase : derivation.program().phases()) {
          double[] at = precision.toDoubles(optimizer.parameters());
          double[] along =
              phase.direction().isPresent()
                  ? precision.toDoubles(optimizer.direction())
                  : new double[0];
          for (int question = 0; question < phase.answers().size(); question++) {
            double[] answer = answer(phase.answers().get(question), at, along);
            evaluation.answer(question, precision.of(answer));
          }
        }
      }
    }
    optimizer.step();
    Map<String, double[]> states = new HashMap<>();
    optimizer
        .states()
        .forEach(name -> states.put(name, precision.toDoubles(optimizer.state(name))));
    return states;
  }

  /**
   * Noise that differs in every step, draw and coordinate, and is the same in both precisions.
   *
   * @return by stream, draw and coordinate
   */
  double[][][] noise(int step, int draws, int dimension) {
    SplittableRandom random = new SplittableRandom(step);
    List<Program.NoiseInput> inputs = derivation.program().noises();
    double[][][] noise = new double[inputs.size()][draws][dimension];
    for (int stream = 0; stream < inputs.size(); stream++) {
      for (double[] values : noise[stream]) {
        for (int i = 0; i < dimension; i++) {
          values[i] =
              switch (inputs.get(stream).distribution()) {
                case STANDARD_NORMAL -> (float) random.nextGaussian();
                case UNIFORM -> (float) random.nextDouble(0.02, 0.98);
              };
        }
      }
    }
    return noise;
  }

  /**
   * What the test loss answers for the examples of a minibatch. Here it is a sum over coordinates,
   * so that its Hessian is diagonal.
   */
  double[] answer(Program.Answer asked, double[] at, double[] along) {
    int order = asked.kind().order();
    int function = rank(asked.function());
    boolean rows = asked.kind().perExample();
    List<Integer> examples = hasExamples(asked.function()) ? BATCH : List.of(0);
    int components = derivation.program().components();
    int dimension = at.length / components;
    int length = order == 0 ? dimension : at.length;
    double[] result = new double[rows ? examples.size() * length : length];
    for (int row = 0; row < examples.size(); row++) {
      for (int i = 0; i < length; i++) {
        double[] point = new double[components];
        for (int k = 0; k < components; k++) {
          point[k] = at[k * dimension + i % dimension];
        }
        double value = loss.at(point, 1 + i / dimension, order, function, examples.get(row));
        value *= asked.kind().isDirected() ? along[i] : 1;
        if (rows) {
          result[row * length + i] = value;
        } else {
          result[i] += value / examples.size();
        }
      }
    }
    return result;
  }

  static final List<Integer> BATCH = List.of(1, 2);

  private int rank(String function) {
    return oracle(function).rank();
  }

  private boolean hasExamples(String function) {
    return oracle(function).example().isPresent();
  }

  private Expr.Oracle oracle(String function) {
    return Walk.find(
            derivation.setting().loss(),
            part -> part instanceof Expr.Oracle oracle && oracle.function().equals(function))
        .stream()
        .map(Expr.Oracle.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
