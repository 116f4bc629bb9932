package org.blrc.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import org.blrc.derive.Derivation;
import org.blrc.emit.java.CompiledProgram;
import org.blrc.program.Arithmetic;
import org.blrc.program.Precision;
import org.blrc.program.Program;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.runtime.Optimizer;
import org.blrc.symbolic.Function;

/**
 * Emitted code against the program's reference evaluator, as far as rounding lets them agree. What
 * rounding does is measured: the reference evaluator runs in an arithmetic that rounds every result
 * up or down at random. Rounding of doubles does the same on a smaller scale.
 */
final class CodeChecks {

  /** The largest relative error of a rounded number. */
  private static final double DOUBLE = 0x1p-53;

  private static final double SINGLE = 0x1p-24;

  private static final int ROUNDED_RUNS = 16;

  /**
   * How much further off than the worst of the random roundings code may be. The errors of a run
   * add up to something near a normal deviate; the worst of 16 is near two standard deviations, so
   * that this allows for some eight.
   */
  private static final double ALLOWANCE = 4;

  private final Derivation derivation;
  private final Trials trials;
  private final Map<String, Double> hypers;
  private final Map<String, double[]> start;

  CodeChecks(Derivation derivation) {
    this.derivation = derivation;
    this.trials = new Trials(derivation, TestLoss.LOG_COSH);
    this.hypers = trials.hyperParameters();
    this.start = trials.states();
  }

  /** Emitted Java in both precisions; says so where the back end lacks something. */
  List<Check> javaCode(java.util.function.Function<Program, CompiledProgram> backEnd) {
    CompiledProgram compiled;
    try {
      compiled = backEnd.apply(derivation.program());
    } catch (UnsupportedOperationException unsupported) {
      return List.of(Check.notChecked(0, "emitted Java", unsupported.getMessage()));
    }
    Optimizer<double[]> doubles = compiled.doubles(Trials.DIMENSION, hypers, start);
    Optimizer<float[]> floats = compiled.floats(Trials.DIMENSION, hypers, start);
    Map<String, double[]> inDoubles = trials.run(doubles, new Precision.Doubles(), start);
    Map<String, double[]> inFloats = trials.run(floats, new Precision.Floats(), start);
    return List.of(
        compare("emitted Java, double", inDoubles, DOUBLE, rounded(Function::units)),
        // Functions of single precision are computed in double.
        compare("emitted Java, float", inFloats, SINGLE, rounded((_, _) -> 1)));
  }

  /** Compares states, and names the one that differs most for what rounding explains. */
  private Check compare(
      String code, Map<String, double[]> actual, double unit, List<Map<String, double[]>> rounded) {
    Map<String, double[]> expected = trials.run(reference(), new Precision.Doubles(), start);
    String subject = code + " against the reference evaluator";
    Check worst = Check.of(0, subject, Double.NaN, 0);
    double worstRatio = -1;
    for (Map.Entry<String, double[]> entry : expected.entrySet()) {
      String state = entry.getKey();
      for (int i = 0; i < entry.getValue().length; i++) {
        double value = entry.getValue()[i];
        double limit = limit(value, at(rounded, state, i), unit);
        double error = Math.abs(value - actual.get(state)[i]);
        double ratio = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error / limit;
        // Where rounding decides whether there is a number at all, there is nothing to compare.
        if (Double.isFinite(limit) && ratio > worstRatio) {
          worstRatio = ratio;
          double scale = 1 + Math.abs(value);
          worst = Check.of(0, subject, error / scale, limit / scale).withNote("state " + state);
        }
      }
    }
    return worst.passes() ? worst.withoutNote() : worst;
  }

  private ReferenceOptimizer reference() {
    return new ReferenceOptimizer(derivation.program(), Trials.DIMENSION, hypers);
  }

  /**
   * The states of the reference evaluator in an arithmetic of single precision.
   *
   * @param units by how many units a function's value may be off
   */
  private List<Map<String, double[]>> rounded(ToDoubleBiFunction<Function, Double> units) {
    List<Map<String, double[]>> runs = new ArrayList<>();
    for (int run = 0; run < ROUNDED_RUNS; run++) {
      SplittableRandom random = new SplittableRandom(run);
      ReferenceOptimizer optimizer = reference();
      optimizer.arithmetic(new RandomRounding(random, units));
      runs.add(trials.run(optimizer, new Precision.Doubles(), start));
    }
    return runs;
  }

  private record RandomRounding(SplittableRandom random, ToDoubleBiFunction<Function, Double> units)
      implements Arithmetic {

    @Override
    public double rounded(double exact) {
      return off(exact, 1);
    }

    @Override
    public double rounded(Function function, double exact) {
      return off(exact, units.applyAsDouble(function, exact));
    }

    private double off(double exact, double by) {
      double error = random.nextBoolean() ? SINGLE : -SINGLE;
      return (float) exact == exact ? exact : exact * (1 + by * error);
    }
  }

  private static double[] at(List<Map<String, double[]>> runs, String state, int i) {
    return runs.stream().mapToDouble(run -> run.get(state)[i]).toArray();
  }

  /** The largest error that rounding explains; not finite where a run gives no number. */
  private static double limit(double exact, double[] inSinglePrecision, double unit) {
    double spread = 0;
    for (double value : inSinglePrecision) {
      spread = Check.worse(spread, Math.abs(value - exact));
    }
    // The result itself is rounded, and below the normal numbers coarsely.
    return ALLOWANCE * (spread * unit / SINGLE + unit * Math.abs(exact) + Float.MIN_NORMAL);
  }
}
