package org.blrc.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.blrc.program.ExprEvaluator.Bindings;
import org.blrc.program.Program.Accumulator;
import org.blrc.program.Program.Answer;
import org.blrc.program.Program.Assign;
import org.blrc.program.Program.NoiseInput;
import org.blrc.program.Program.State;
import org.blrc.runtime.AbstractOptimizer;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;

/**
 * Runs an update program as it stands, in double precision: every intermediate result is an array
 * kept under its name, nothing is fused or reordered. Back ends are tested against it.
 */
public final class ReferenceOptimizer extends AbstractOptimizer<double[]> {

  private final Program program;
  private final double[] parameters;
  private final List<double[]> states = new ArrayList<>();
  private final Map<String, double[]> oldStates = new HashMap<>();
  private final Map<String, double[]> newStates = new HashMap<>();
  private final Map<String, double[]> locals = new HashMap<>();
  private final Map<String, double[]> noises = new HashMap<>();
  private final Map<String, double[]> answers = new HashMap<>();
  private final Map<String, double[]> sums = new HashMap<>();

  /**
   * States without an initial value start at zero; write to {@link #state} and {@link #refresh}.
   *
   * @param given values of hyper-parameters; the others take their defaults
   * @throws IllegalArgumentException if the dimension or a value is illegal, a value is missing, or
   *     there is no hyper-parameter of a given name
   */
  public ReferenceOptimizer(Program program, int dimension, Map<String, Double> given) {
    super(ProgramSignature.of(program), dimension, ProgramSignature.hyperValues(program, given));
    this.program = ProgramVerifier.verified(program);
    this.parameters = new double[dimension];
    for (State state : program.states()) {
      double[] values = state.initial().map(this::evaluate).orElseGet(() -> new double[dimension]);
      states.add(values);
      oldStates.put(state.name(), values);
    }
    restore();
  }

  @Override
  public int samples() {
    if (program.samples().isEmpty()) {
      return 1;
    }
    double count = ExprEvaluator.evaluate(program.samples().get(), this::hyper);
    if (count < 1 || count != Math.rint(count) || count > Integer.MAX_VALUE) {
      throw new IllegalStateException("the number of draws is no positive integer: " + count);
    }
    return (int) count;
  }

  @Override
  public double[] parameters() {
    return parameters;
  }

  @Override
  protected double[] state(int index) {
    return states.get(index);
  }

  @Override
  protected void restore() {
    copy(evaluate(program.rest()), parameters);
  }

  @Override
  protected void point(int phase, int draw) {
    if (phase == 0) {
      locals.clear();
      answers.clear();
      drawNoise(draw);
      assign(program.scalars());
    } else {
      keepAnswers(phase - 1);
    }
    assign(program.phases().get(phase).locals());
    copy(evaluate(program.phases().get(phase).point()), parameters);
  }

  @Override
  protected void accumulate(int draw) {
    keepAnswers(program.phases().size() - 1);
    for (Accumulator accumulator : program.accumulators()) {
      double[] contribution = evaluate(accumulator.body());
      if (draw == 0) {
        sums.put(accumulator.symbol().name(), contribution);
      } else {
        double[] sum = sums.get(accumulator.symbol().name());
        for (int i = 0; i < sum.length; i++) {
          sum[i] += contribution[i];
        }
      }
    }
  }

  @Override
  protected void update(int draws) {
    for (Accumulator accumulator : program.accumulators()) {
      double[] mean = sums.get(accumulator.symbol().name());
      for (int i = 0; i < mean.length; i++) {
        mean[i] /= draws;
      }
      locals.put(accumulator.symbol().name(), mean);
    }
    newStates.clear();
    assign(program.update());
    newStates.forEach((name, values) -> copy(values, oldStates.get(name)));
    restore();
  }

  private void drawNoise(int draw) {
    for (int stream = 0; stream < program.noises().size(); stream++) {
      NoiseInput input = program.noises().get(stream);
      double[] values = new double[dimension()];
      switch (input.distribution()) {
        case STANDARD_NORMAL ->
            noise().normal(stream, stepNumber(), draw, 0, values, values.length);
        case UNIFORM -> noise().uniform(stream, stepNumber(), draw, 0, values, values.length);
      }
      noises.put(input.name(), values);
    }
  }

  private void keepAnswers(int phase) {
    if (phase < 0) {
      return;
    }
    List<Answer> asked = program.phases().get(phase).answers();
    for (int question = 0; question < asked.size(); question++) {
      answers.put(asked.get(question).symbol().name(), answer(question).clone());
    }
  }

  private void assign(List<Assign> assignments) {
    for (Assign assignment : assignments) {
      Sym target = assignment.target();
      Map<String, double[]> values = target.kind() == Sym.Kind.NEW ? newStates : locals;
      values.put(target.name(), evaluate(assignment.value()));
    }
  }

  private double[] evaluate(Expr expression) {
    double[] values = new double[dimension()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ExprEvaluator.evaluate(expression, new Coordinate(i, 0));
    }
    return values;
  }

  private double hyper(Sym symbol) {
    return hyperParameter(symbol.name());
  }

  private static void copy(double[] from, double[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }

  /** What symbols stand for at coordinate {@code i}, and in row {@code example} of answers. */
  private final class Coordinate implements Bindings {

    private final int i;
    private final int example;

    Coordinate(int i, int example) {
      this.i = i;
      this.example = example;
    }

    @Override
    public double symbol(Sym symbol) {
      String name = symbol.name();
      return switch (symbol.kind()) {
        case HYPER -> hyper(symbol);
        case STEP_NUMBER -> stepNumber();
        case STATE -> oldStates.get(name)[i];
        case NEW -> newStates.get(name)[i];
        case LOCAL -> locals.get(name)[i];
        case ANSWER -> answers.get(name)[example * dimension() + i];
        case CONSTANT, RATE, PARAMETER, VARIABLE, INDEX, META ->
            throw new IllegalArgumentException("not part of an update program: " + symbol);
      };
    }

    @Override
    public double noise(Expr.Noise noise) {
      return noises.get(noise.name())[i];
    }

    @Override
    public List<Bindings> examples() {
      List<Bindings> rows = new ArrayList<>();
      for (int row = 0; row < ReferenceOptimizer.this.examples(); row++) {
        rows.add(new Coordinate(i, row));
      }
      return rows;
    }
  }
}
