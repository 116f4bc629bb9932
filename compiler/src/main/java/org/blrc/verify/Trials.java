package org.blrc.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.blrc.derive.Derivation;
import org.blrc.program.Program;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Optimizer;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Walk;

/** Runs optimizers on the test losses, each from the same start with the same answers. */
final class Trials {

  static final int DIMENSION = 37;
  private static final int STEPS = 4;

  private final Derivation derivation;
  private final TestLoss loss;

  Trials(Derivation derivation, TestLoss loss) {
    this.derivation = derivation;
    this.loss = loss;
  }

  /** The values of hyper-parameters: defaults, or else inside their domains. */
  Map<String, Double> hyperParameters() {
    List<Point> points = Point.of(derivation, 1);
    Map<String, Double> values = new HashMap<>();
    for (Program.Hyper hyper : derivation.program().hypers()) {
      if (hyper.byDefault().isEmpty()) {
        boolean count = derivation.program().samples().filter(hyper.symbol()::equals).isPresent();
        values.put(
            hyper.name(), count ? 2.0 : points.getFirst().world().symbols().get(hyper.symbol()));
      }
    }
    return values;
  }

  /** The initial value of each state, inside the domains. */
  Map<String, double[]> states() {
    SplittableRandom random = new SplittableRandom(13);
    List<Point> points = Point.of(derivation, 5);
    Map<String, double[]> values = new HashMap<>();
    derivation.program().states().forEach(each -> values.put(each.name(), new double[DIMENSION]));
    for (int i = 0; i < DIMENSION; i++) {
      Point point = points.get(random.nextInt(points.size()));
      for (Program.State state : derivation.program().states()) {
        values.get(state.name())[i] = point.world().symbols().get(state.symbol());
      }
    }
    return values;
  }

  /** The states after some steps, one array after the other in the order of the program. */
  Map<String, double[]> run(Optimizer<double[]> optimizer) {
    states()
        .forEach(
            (name, values) -> System.arraycopy(values, 0, optimizer.state(name), 0, DIMENSION));
    optimizer.refresh();
    for (int step = 0; step < STEPS; step++) {
      for (int draw = 0; draw < optimizer.samples(); draw++) {
        try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
          for (Program.Phase phase : derivation.program().phases()) {
            double[] at = optimizer.parameters().clone();
            for (int question = 0; question < phase.answers().size(); question++) {
              evaluation.answer(question, answer(phase.answers().get(question), at));
            }
          }
        }
      }
      optimizer.step();
    }
    Map<String, double[]> result = new HashMap<>();
    optimizer.states().forEach(name -> result.put(name, optimizer.state(name).clone()));
    return result;
  }

  /** The same in single precision. */
  Map<String, double[]> runFloats(Optimizer<float[]> optimizer) {
    states()
        .forEach(
            (name, values) -> {
              float[] state = optimizer.state(name);
              for (int i = 0; i < DIMENSION; i++) {
                state[i] = (float) values[i];
              }
            });
    optimizer.refresh();
    for (int step = 0; step < STEPS; step++) {
      for (int draw = 0; draw < optimizer.samples(); draw++) {
        try (Evaluation<float[]> evaluation = optimizer.evaluate()) {
          for (Program.Phase phase : derivation.program().phases()) {
            double[] at = doubles(optimizer.parameters());
            for (int question = 0; question < phase.answers().size(); question++) {
              evaluation.answer(question, floats(answer(phase.answers().get(question), at)));
            }
          }
        }
      }
      optimizer.step();
    }
    Map<String, double[]> result = new HashMap<>();
    optimizer.states().forEach(name -> result.put(name, doubles(optimizer.state(name))));
    return result;
  }

  private static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }
    return result;
  }

  private static float[] floats(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }

  /** What the test loss answers for the examples of a minibatch. */
  double[] answer(Program.Answer asked, double[] at) {
    int order =
        switch (asked.kind()) {
          case GRADIENT, PER_EXAMPLE_GRADIENTS -> 1;
          case HESSIAN_DIAGONAL, PER_EXAMPLE_HESSIAN_DIAGONALS -> 2;
        };
    int function = rank(asked.function());
    boolean rows = asked.kind().perExample();
    List<Integer> examples = hasExamples(asked.function()) ? BATCH : List.of(0);
    double[] result = new double[rows ? examples.size() * at.length : at.length];
    for (int row = 0; row < examples.size(); row++) {
      for (int i = 0; i < at.length; i++) {
        double value = loss.at(at[i], order, function, examples.get(row));
        if (rows) {
          result[row * at.length + i] = value;
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
