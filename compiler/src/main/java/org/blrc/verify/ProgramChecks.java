package org.blrc.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.blrc.derive.Derivation;
import org.blrc.emit.java.CompiledProgram;
import org.blrc.program.Program;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.runtime.NoiseSource;
import org.blrc.runtime.Optimizer;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;

/**
 * What comes after the derivation: the update program against the equations that it was made from,
 * and emitted code against the program's reference evaluator.
 */
final class ProgramChecks {

  private static final double EQUATIONS = 1e-9;
  private static final double DOUBLE = 1e-10;
  private static final double SINGLE = 1e-3;

  private final Derivation derivation;
  private final Trials trials;

  /** How many finite values were compared: those that left the numbers prove nothing. */
  private int compared;

  ProgramChecks(Derivation derivation) {
    this.derivation = derivation;
    this.trials = new Trials(derivation, TestLoss.LOG_COSH);
  }

  /** One step of the reference evaluator, at a point where each equation has a known value. */
  Check program(List<Point> points) {
    double worst = 0;
    for (TestLoss loss : TestLoss.MOSTLY_CONVEX) {
      for (Point point : points) {
        worst = Check.worse(worst, programError(point.with(loss), new Trials(derivation, loss)));
      }
    }
    Check check =
        Check.of(
            derivation.steps().size(), "update program against the equations", worst, EQUATIONS);
    return compared > 0 ? check : Check.of(check.where(), check.subject(), Double.NaN, EQUATIONS);
  }

  private double programError(Point point, Trials answers) {
    Map<String, Double> hypers = new HashMap<>();
    for (Program.Hyper hyper : derivation.program().hypers()) {
      boolean count = derivation.program().samples().filter(hyper.symbol()::equals).isPresent();
      hypers.put(hyper.name(), count ? 2.0 : point.world().symbols().get(hyper.symbol()));
    }
    ReferenceOptimizer optimizer = new ReferenceOptimizer(derivation.program(), 1, hypers);
    optimizer.noise(new ConstantNoise(point.world().noise(), derivation.program()));
    for (Program.State state : derivation.program().states()) {
      optimizer.state(state.name())[0] = point.world().symbols().get(state.symbol());
    }
    optimizer.refresh();
    for (int draw = 0; draw < optimizer.samples(); draw++) {
      try (var evaluation = optimizer.evaluate()) {
        for (Program.Phase phase : derivation.program().phases()) {
          double[] at = optimizer.parameters().clone();
          for (int question = 0; question < phase.answers().size(); question++) {
            evaluation.answer(question, answers.answer(phase.answers().get(question), at));
          }
        }
      }
    }
    optimizer.step();
    Map<Sym, Double> expected = expected(point, hypers);
    double worst = 0;
    for (Map.Entry<Sym, Double> entry : expected.entrySet()) {
      double actual = optimizer.state(entry.getKey().name())[0];
      compared += Double.isFinite(actual) ? 1 : 0;
      worst = Check.worse(worst, Check.errorOrBothUndefined(entry.getValue(), actual));
    }
    return worst;
  }

  private Map<Sym, Double> expected(Point point, Map<String, Double> hypers) {
    Map<Sym, Expr> equations = new HashMap<>();
    derivation.result().forEach(result -> equations.put(result.state(), result.value()));
    Map<Sym, Double> symbols = new HashMap<>();
    derivation
        .program()
        .hypers()
        .forEach(hyper -> symbols.put(hyper.symbol(), hypers.get(hyper.name())));
    symbols.put(Derivation.STEP_NUMBER, 1.0);
    World world = point.world().with(symbols).withBatch(Trials.BATCH);
    return StepChecks.inOrder(equations, world);
  }

  /** Emitted Java in both precisions; says so where the back end lacks something. */
  List<Check> javaCode(Function<Program, CompiledProgram> backEnd) {
    CompiledProgram compiled;
    try {
      compiled = backEnd.apply(derivation.program());
    } catch (UnsupportedOperationException unsupported) {
      return List.of(
          Check.measured(0, "emitted Java", 0, "not checked: " + unsupported.getMessage()));
    }
    Map<String, Double> hypers = trials.hyperParameters();
    Map<String, double[]> states = trials.states();
    Map<String, double[]> expected =
        trials.run(new ReferenceOptimizer(derivation.program(), Trials.DIMENSION, hypers));
    List<Check> checks = new ArrayList<>();
    Optimizer<double[]> doubles = compiled.doubles(Trials.DIMENSION, hypers, states);
    checks.add(compare("emitted Java, double", expected, trials.run(doubles), DOUBLE));
    Optimizer<float[]> floats = compiled.floats(Trials.DIMENSION, hypers, states);
    checks.add(compare("emitted Java, float", expected, trials.runFloats(floats), SINGLE));
    return checks;
  }

  /** Compares states, and names the one that differs most. */
  static Check compare(
      String subject, Map<String, double[]> expected, Map<String, double[]> actual, double limit) {
    double worst = 0;
    Optional<String> where = Optional.empty();
    for (Map.Entry<String, double[]> entry : expected.entrySet()) {
      double[] values = entry.getValue();
      double[] others = actual.get(entry.getKey());
      double scale = Arrays.stream(values).filter(Double::isFinite).map(Math::abs).max().orElse(0);
      for (int i = 0; i < values.length; i++) {
        double error =
            Double.compare(values[i], others[i]) == 0
                ? 0
                : Math.abs(values[i] - others[i]) / Math.max(scale, 1e-12);
        if (!(error <= worst)) {
          worst = Check.worse(worst, error);
          where = Optional.of("state " + entry.getKey());
        }
      }
    }
    boolean finite =
        actual.values().stream().flatMapToDouble(Arrays::stream).anyMatch(Double::isFinite);
    Check check =
        Check.of(
            0, subject + " against the reference evaluator", finite ? worst : Double.NaN, limit);
    return check.passes() || where.isEmpty() ? check : check.withNote(where.get());
  }

  /** The same number for every draw and coordinate. */
  private record ConstantNoise(Map<String, Double> values, Program program) implements NoiseSource {

    private double value(int stream) {
      return values.get(program.noises().get(stream).name());
    }

    @Override
    public void normal(
        int stream, long step, int sample, long from, double[] out, int at, int count) {
      Arrays.fill(out, at, at + count, value(stream));
    }

    @Override
    public void normal(
        int stream, long step, int sample, long from, float[] out, int at, int count) {
      Arrays.fill(out, at, at + count, (float) value(stream));
    }

    @Override
    public void uniform(
        int stream, long step, int sample, long from, double[] out, int at, int count) {
      Arrays.fill(out, at, at + count, value(stream));
    }

    @Override
    public void uniform(
        int stream, long step, int sample, long from, float[] out, int at, int count) {
      Arrays.fill(out, at, at + count, (float) value(stream));
    }
  }
}
