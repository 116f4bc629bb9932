package org.blrc.emit.java;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.blrc.program.Program;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.Question;

/** Leads an optimizer through steps with answers that depend on the questions alone. */
public final class Drive {

  private Drive() {}

  /** Values for the hyper-parameters that have none of their own. */
  public static Map<String, Double> hyperParameters(Program program) {
    Map<String, Double> hypers = new HashMap<>();
    program.hypers().stream()
        .filter(hyper -> hyper.byDefault().isEmpty())
        .forEach(hyper -> hypers.put(hyper.name(), 0.25));
    return hypers;
  }

  /** With how many draws a step is tried. */
  public static int[] draws(Program program) {
    return program.samples().isPresent() ? new int[] {1, 3} : new int[] {1};
  }

  /** Answers every question of some steps with random numbers. */
  public static <A> void steps(
      Optimizer<A> optimizer, Function<double[], A> convert, int steps, int draws, int examples) {
    Random random = new Random(7);
    for (int step = 0; step < steps; step++) {
      for (int draw = 0; draw < draws; draw++) {
        evaluate(optimizer, convert, random, examples);
      }
      optimizer.step();
    }
  }

  private static <A> void evaluate(
      Optimizer<A> optimizer, Function<double[], A> convert, Random random, int examples) {
    try (Evaluation<A> evaluation = optimizer.evaluate()) {
      for (List<Question> phase : optimizer.phases()) {
        for (int question = 0; question < phase.size(); question++) {
          int rows = phase.get(question).perExample() ? examples : 1;
          double[] answer = random.doubles(rows * (long) optimizer.dimension(), -1, 1).toArray();
          evaluation.answer(question, convert.apply(answer));
        }
      }
    }
  }

  public static float[] toFloats(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }

  public static double[] toDoubles(float[] values) {
    double[] result = new double[values.length];
    Arrays.setAll(result, i -> values[i]);
    return result;
  }
}
