package org.blrc.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.blrc.program.Precision;
import org.blrc.program.Program;
import org.blrc.program.Program.NoiseInput;
import org.blrc.replay.ReplayResult.ComputedStep;
import org.blrc.replay.Trace.Step;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.RecordedNoise;
import org.blrc.syntax.SpecException;

/** A trace that fits an update program. */
public final class Replay {

  private static final double TOLERANCE = 1e-9;
  private static final double SINGLE_PRECISION_TOLERANCE = 2e-5;

  private final Trace trace;
  private final Program program;

  private Replay(Trace trace, Program program) {
    this.trace = trace;
    this.program = program;
  }

  /**
   * Prepares the replay of a trace.
   *
   * @throws SpecException if the trace does not fit the program
   */
  public static Replay of(Trace trace, Program program) throws SpecException {
    TraceFit.check(trace, program);
    return new Replay(trace, program);
  }

  public int dimension() {
    return trace.dimension();
  }

  /** The values with which an optimizer has to be built; the others take their defaults. */
  public Map<String, Double> hyperParameters() {
    return trace.hyperParameters();
  }

  /**
   * Runs an optimizer through all steps.
   *
   * @param optimizer fresh, of this dimension, with these hyper-parameters
   * @param tolerance where absent, that of the trace (1e-9 where it has none); for single precision
   *     2e-5
   */
  @SuppressWarnings("unchecked") // The array type was looked at.
  public ReplayResult run(Optimizer<?> optimizer, OptionalDouble tolerance) {
    return optimizer.parameters() instanceof float[]
        ? run(
            (Optimizer<float[]>) optimizer,
            new Precision.Floats(),
            tolerance.orElse(SINGLE_PRECISION_TOLERANCE))
        : run(
            (Optimizer<double[]>) optimizer,
            new Precision.Doubles(),
            tolerance.orElse(trace.tolerance().orElse(TOLERANCE)));
  }

  private <A> ReplayResult run(Optimizer<A> optimizer, Precision<A> precision, double tolerance) {
    RecordedNoise noise = new RecordedNoise();
    optimizer.noise(noise);
    trace
        .initialState()
        .forEach((name, values) -> precision.copy(stored(name, values), optimizer.state(name)));
    optimizer.refresh();
    List<ComputedStep> computed = new ArrayList<>();
    for (Step step : trace.steps()) {
      step.hyperParameters().forEach(optimizer::hyperParameter);
      noise.set(draws(step));
      List<double[]> askedAt = new ArrayList<>();
      int samples = trace.samples().orElseGet(optimizer::samples);
      for (int sample = 0; sample < samples; sample++) {
        askedAt.addAll(evaluate(optimizer, precision, step, askedAt.size()));
      }
      optimizer.step();
      Map<String, double[]> states = new LinkedHashMap<>();
      for (String name : optimizer.states()) {
        states.put(name, byCoordinate(precision.toDoubles(optimizer.state(name))));
      }
      computed.add(new ComputedStep(askedAt, states));
    }
    return new ReplayResult(
        optimizer.name(), trace.dimension(), tolerance, compare(computed, tolerance), computed);
  }

  /**
   * Of a state that all coordinates share, the one value; {@link TraceFit} has seen that it is one.
   */
  private double[] stored(String state, double[] values) {
    boolean shared =
        program.states().stream().anyMatch(each -> each.shared() && each.name().equals(state));
    return shared ? Arrays.copyOf(values, Math.min(1, values.length)) : values;
  }

  private double[] byCoordinate(double[] stored) {
    double[] values = new double[trace.dimension()];
    Arrays.setAll(values, i -> stored[stored.length == 1 ? 0 : i]);
    return values;
  }

  /** Answers one evaluation from the trace; returns the points at which it was asked. */
  private <A> List<double[]> evaluate(
      Optimizer<A> optimizer, Precision<A> precision, Step step, int firstAnswer) {
    List<double[]> askedAt = new ArrayList<>();
    try (Evaluation<A> evaluation = optimizer.evaluate()) {
      for (Program.Phase phase : program.phases()) {
        askedAt.add(precision.toDoubles(optimizer.parameters()));
        Trace.Answer given = step.oracle().get(firstAnswer + askedAt.size() - 1);
        for (int question = 0; question < phase.answers().size(); question++) {
          Program.AnswerKind kind = phase.answers().get(question).kind();
          double[] values = Answers.find(kind, given, trace.dimension()).orElseThrow();
          evaluation.answer(question, precision.of(values));
        }
      }
    }
    return askedAt;
  }

  private double[][][] draws(Step step) {
    return program.noises().stream()
        .map(NoiseInput::name)
        .map(name -> step.noise().get(name).toArray(double[][]::new))
        .toArray(double[][][]::new);
  }

  private List<Comparison> compare(List<ComputedStep> computed, double tolerance) {
    List<Comparison> comparisons = new ArrayList<>();
    comparisons.add(comparePoints(computed, tolerance));
    for (Program.State state : program.states()) {
      comparisons.add(compareState(state.name(), computed, tolerance));
    }
    comparisons.removeIf(comparison -> comparison.step() == 0);
    return List.copyOf(comparisons);
  }

  private Comparison comparePoints(List<ComputedStep> computed, double tolerance) {
    Comparison comparison = Comparison.start("asked_at");
    for (int i = 0; i < computed.size(); i++) {
      List<double[]> expected = trace.steps().get(i).askedAt().orElse(List.of());
      for (int point = 0; point < expected.size(); point++) {
        double[] asked = computed.get(i).askedAt().get(point);
        comparison = comparison.with(i + 1, expected.get(point), asked, tolerance);
      }
    }
    return comparison;
  }

  private Comparison compareState(String name, List<ComputedStep> computed, double tolerance) {
    Comparison comparison = Comparison.start(name);
    for (int i = 0; i < computed.size(); i++) {
      double[] expected = trace.steps().get(i).stateAfter().get(name);
      if (expected != null) {
        double[] reached = computed.get(i).stateAfter().get(name);
        comparison = comparison.with(i + 1, expected, reached, tolerance);
      }
    }
    return comparison;
  }
}
