package org.blrc.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.blrc.check.Checker;
import org.blrc.derive.Deriver;
import org.blrc.program.Program;
import org.blrc.program.Program.State;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.OutOfDomain;
import org.blrc.runtime.Question;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;

/** The specs of the zoo, with something to start from and answers to go on with. */
public final class Zoo {

  private static final Path FOLDER = Path.of(System.getProperty("basedir", "."), "../specs/zoo");
  private static final int EXAMPLES = 2;

  private Zoo() {}

  public static Stream<String> specs() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".blr"))
          .sorted()
          .toList()
          .stream();
    }
  }

  public static Program program(String spec) throws SpecException {
    Unit unit = Checker.read(FOLDER.resolve(spec).toString());
    return Deriver.derive(unit, unit.optimizers().getFirst()).program();
  }

  /** A value for every hyper-parameter without a default. */
  public static Map<String, Double> hyperParameters(Program program) {
    Map<String, Double> values = new HashMap<>();
    program.hypers().stream()
        .filter(hyper -> hyper.byDefault().isEmpty())
        .forEach(hyper -> values.put(hyper.name(), 0.5));
    return values;
  }

  /** Values for every state without an initial value. */
  public static Map<String, double[]> states(Program program, int dimension) {
    Map<String, double[]> values = new HashMap<>();
    for (State state : program.states()) {
      if (state.initial().isEmpty()) {
        values.put(state.name(), new Random(1).doubles(dimension, 0.5, 1).toArray());
      }
    }
    return values;
  }

  /** How often a step may evaluate the loss. */
  public static int draws(Program program) {
    return program.samples().isPresent() ? 3 : 1;
  }

  /**
   * Makes steps with answers that depend on the step, the question and the coordinate alone.
   *
   * @param answer turns the answer for the whole into what the optimizer takes
   */
  public static <A> void steps(
      Optimizer<A> optimizer, int dimension, int steps, int draws, Function<double[], A> answer) {
    // Random answers lead out of domains, too.
    optimizer.outOfDomain(OutOfDomain.BACK_OFF);
    for (int step = 0; step < steps; step++) {
      Random random = new Random(optimizer.steps());
      for (int draw = 0; draw < draws; draw++) {
        try (Evaluation<A> evaluation = optimizer.evaluate()) {
          for (List<Question> phase : optimizer.phases()) {
            for (int question = 0; question < phase.size(); question++) {
              Question asked = phase.get(question);
              int rows = asked.components() * (asked.perExample() ? EXAMPLES : 1);
              double[] values = random.doubles((long) rows * dimension, 0.1, 1).toArray();
              evaluation.answer(question, answer.apply(values));
            }
          }
        }
      }
      optimizer.step();
    }
  }

  public static float[] floats(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }

  /** The part of an answer for some of the coordinates. */
  static float[] part(double[] answer, int dimension, int from, int to) {
    int rows = answer.length / dimension;
    double[] part = new double[rows * (to - from)];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(answer, row * dimension + from, part, row * (to - from), to - from);
    }
    return floats(part);
  }
}
