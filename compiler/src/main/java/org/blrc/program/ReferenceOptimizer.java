package org.blrc.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.blrc.program.ExprEvaluator.Bindings;
import org.blrc.program.Program.Accumulator;
import org.blrc.program.Program.Answer;
import org.blrc.program.Program.Assign;
import org.blrc.program.Program.CoordinateSum;
import org.blrc.program.Program.Hyper;
import org.blrc.program.Program.NoiseInput;
import org.blrc.program.Program.State;
import org.blrc.runtime.AbstractOptimizer;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Function;
import org.blrc.symbolic.Walk;

/**
 * Runs an update program as it stands, in double precision: every intermediate result is an array
 * kept under its name, nothing is fused or reordered. Back ends are tested against it.
 */
public final class ReferenceOptimizer extends AbstractOptimizer<double[]> {

  private final Program program;
  private final double[] parameters;
  private final double[] direction;
  private final List<double[]> states = new ArrayList<>();
  private final Map<String, double[]> oldStates = new HashMap<>();
  private final Map<String, double[]> newStates = new HashMap<>();
  private final Map<String, double[]> locals = new HashMap<>();
  private final Map<String, double[]> noises = new HashMap<>();
  private final Map<String, double[]> answers = new HashMap<>();
  private final Map<String, double[]> sums = new HashMap<>();
  private Arithmetic arithmetic = exact -> exact;
  private double share;

  /** The rest after the step, while shared states still have their old values. */
  private final Expr restAfter;

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
    this.restAfter = restAfter(program);
    this.parameters = new double[Math.multiplyExact(program.components(), dimension)];
    this.direction = new double[program.hasDirections() ? dimension : 0];
    threads(1);
    double[] hypers = ProgramSignature.hyperValues(program, given);
    for (State state : program.states()) {
      int length = state.shared() ? 1 : dimension;
      double[] values = oldStates.computeIfAbsent(state.name(), _ -> new double[length]);
      state.initial().ifPresent(initial -> evaluate(initial, 0, length, hypers, values));
      states.add(values);
    }
    refresh();
  }

  private static Expr restAfter(Program program) {
    Map<Expr, Expr> moved = new HashMap<>();
    for (Assign assign : program.update()) {
      if (assign.target().shared()) {
        moved.put(assign.target().as(Sym.Kind.STATE), assign.target());
      }
    }
    return Walk.substitute(program.rest(), moved);
  }

  /** Computes with another arithmetic than that of doubles, from now on. */
  public void arithmetic(Arithmetic other) {
    arithmetic = other;
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
  public double[] direction() {
    return program.hasDirections() ? direction : super.direction();
  }

  @Override
  protected double[] state(int index) {
    return states.get(index);
  }

  @Override
  protected void restore(int from, int to, double[] values) {
    writeParameters(program.rest(), from, to, values);
  }

  @Override
  protected void point(int phase, int draw, int from, int to, double[] values) {
    beginPhase(phase, draw, from, to, values);
    assign(program.phases().get(phase).locals(), from, to, values);
    writeParameters(program.phases().get(phase).point(), from, to, values);
    program
        .phases()
        .get(phase)
        .direction()
        .ifPresent(along -> evaluate(along, from, to, values, direction));
  }

  private void writeParameters(Expr point, int from, int to, double[] values) {
    List<Expr> components = Exprs.components(point);
    double[] written = new double[dimension()];
    for (int k = 0; k < components.size(); k++) {
      evaluate(components.get(k), from, to, values, written);
      System.arraycopy(written, from, parameters, k * dimension() + from, to - from);
    }
  }

  /** What is known before the point of a phase. */
  private void beginPhase(int phase, int draw, int from, int to, double[] values) {
    if (phase == 0) {
      drawNoise(draw, from, to);
      assign(program.scalars(), from, to, values);
    } else {
      keepAnswers(phase - 1, from, to);
    }
  }

  @Override
  protected void sum(int pass, int draw, int from, int to, double[] values, double[] sums, int at) {
    List<CoordinateSum> taken = program.sumPasses().get(pass);
    int after = taken.getFirst().after();
    if (after <= program.phases().size()) {
      beginPhase(after, draw, from, to, values);
    } else {
      average(draw, from, to);
    }
    for (int k = 0; k < taken.size(); k++) {
      for (int i = from; i < to; i++) {
        sums[at + k] += ExprEvaluator.evaluate(taken.get(k).body(), new Coordinate(i, 0, values));
      }
    }
  }

  @Override
  protected void accumulate(int draw, int from, int to, double[] values) {
    beginPhase(program.phases().size(), draw, from, to, values);
    for (Accumulator accumulator : program.accumulators()) {
      String name = accumulator.symbol().name();
      double[] contribution = array(locals, name);
      evaluate(accumulator.body(), from, to, values, contribution);
      double[] sum = array(sums, name);
      for (int i = from; i < to; i++) {
        sum[i] = draw == 0 ? contribution[i] : arithmetic.rounded(sum[i] + contribution[i]);
      }
    }
  }

  @Override
  protected void range(int draws, int from, int to, double[] values, double[] range) {
    average(draws, from, to);
    assign(program.update(), from, to, values);
    List<Sym> guarded = program.safeguard().guarded();
    for (int place = 0; place < guarded.size(); place++) {
      double[] changed = newStates.get(guarded.get(place).name());
      range[2 * place] = Double.POSITIVE_INFINITY;
      range[2 * place + 1] = Double.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        double value = changed[guarded.get(place).shared() ? 0 : i];
        range[2 * place] = Math.min(range[2 * place], value);
        range[2 * place + 1] = Math.max(range[2 * place + 1], value);
      }
    }
  }

  @Override
  protected void moveShared(double[] values) {
    for (Assign assignment : program.update()) {
      if (assignment.target().shared()) {
        double[] value = new double[1];
        evaluate(assignment.value(), 0, 1, values, value);
        newStates.put(assignment.target().name(), value);
      }
    }
  }

  @Override
  protected void keepShared() {
    for (State state : program.states()) {
      if (state.shared() && newStates.containsKey(state.name())) {
        oldStates.get(state.name())[0] = newStates.get(state.name())[0];
      }
    }
  }

  @Override
  protected void update(int draws, int from, int to, double[] values) {
    update(program.update(), draws, from, to, values);
  }

  @Override
  protected void backOff(int draws, double share, int from, int to, double[] values) {
    this.share = share;
    update(program.safeguard().backOff(), draws, from, to, values);
  }

  private void update(List<Assign> update, int draws, int from, int to, double[] values) {
    average(draws, from, to);
    assign(update, from, to, values);
    for (Assign assignment : update) {
      String name = assignment.target().name();
      if (assignment.target().kind() == Sym.Kind.NEW && !assignment.target().shared()) {
        System.arraycopy(newStates.get(name), from, oldStates.get(name), from, to - from);
      }
    }
    writeParameters(restAfter, from, to, values);
  }

  private void average(int draws, int from, int to) {
    for (Accumulator accumulator : program.accumulators()) {
      String name = accumulator.symbol().name();
      double[] sum = array(sums, name);
      double[] mean = array(locals, name);
      for (int i = from; i < to; i++) {
        mean[i] = arithmetic.rounded(sum[i] / draws);
      }
    }
  }

  private void drawNoise(int draw, int from, int to) {
    for (int stream = 0; stream < program.noises().size(); stream++) {
      NoiseInput input = program.noises().get(stream);
      double[] values = array(noises, input.name());
      switch (input.distribution()) {
        case STANDARD_NORMAL -> normal(stream, draw, values, from, to);
        case UNIFORM -> uniform(stream, draw, values, from, to);
      }
    }
  }

  private void keepAnswers(int phase, int from, int to) {
    if (phase < 0) {
      return;
    }
    List<Answer> asked = program.phases().get(phase).answers();
    for (int question = 0; question < asked.size(); question++) {
      double[] given = answer(question);
      String name = asked.get(question).symbol().name();
      double[] kept = answers.get(name);
      if (kept == null || kept.length < given.length) {
        kept = new double[given.length];
        answers.put(name, kept);
      }
      int rows = given.length / Math.max(1, dimension());
      for (int row = 0; row < rows; row++) {
        int start = row * dimension() + from;
        System.arraycopy(given, start, kept, start, to - from);
      }
    }
  }

  private void assign(List<Assign> assignments, int from, int to, double[] values) {
    for (Assign assignment : assignments) {
      Sym target = assignment.target();
      if (target.shared()) {
        continue;
      }
      Map<String, double[]> results = target.kind() == Sym.Kind.NEW ? newStates : locals;
      evaluate(assignment.value(), from, to, values, array(results, target.name()));
    }
  }

  private void evaluate(Expr expression, int from, int to, double[] values, double[] result) {
    for (int i = from; i < to; i++) {
      result[i] = ExprEvaluator.evaluate(expression, new Coordinate(i, 0, values));
    }
  }

  private double[] array(Map<String, double[]> arrays, String name) {
    return arrays.computeIfAbsent(name, _ -> new double[dimension()]);
  }

  private double hyper(Sym symbol) {
    return hyper(place(symbol));
  }

  /** The place of a hyper-parameter in the program. */
  private int place(Sym symbol) {
    return program.hypers().stream().map(Hyper::name).toList().indexOf(symbol.name());
  }

  /** What symbols stand for at coordinate {@code i}, and in row {@code example} of answers. */
  private final class Coordinate implements Bindings {

    private final int i;
    private final int example;
    private final double[] values;

    Coordinate(int i, int example, double[] values) {
      this.i = i;
      this.example = example;
      this.values = values;
    }

    @Override
    public double symbol(Sym symbol) {
      String name = symbol.name();
      return switch (symbol.kind()) {
        case HYPER -> values[place(symbol)];
        case STEP_NUMBER -> stepNumber();
        case STATE -> oldStates.get(name)[symbol.shared() ? 0 : i];
        case NEW -> newStates.get(name)[symbol.shared() ? 0 : i];
        case LOCAL -> {
          int sum = program.sums().stream().map(CoordinateSum::name).toList().indexOf(name);
          yield sum < 0
              ? locals.get(name)[i]
              : program.sums().get(sum).mean() ? average(sum) : total(sum);
        }
        case ANSWER -> answers.get(name)[example * dimension() + i];
        // Safeguard.SHARE is the only one in a program.
        case RATE -> share;
        case CONSTANT, PARAMETER, VARIABLE, INDEX, META ->
            throw new IllegalArgumentException("not part of an update program: " + symbol);
      };
    }

    @Override
    public double component(Sym answer, int number) {
      int row = example * program.components() + number - 1;
      return answers.get(answer.name())[row * dimension() + i];
    }

    @Override
    public double noise(Expr.Noise noise) {
      return noises.get(noise.name())[i];
    }

    @Override
    public double rounded(double exact) {
      return arithmetic.rounded(exact);
    }

    @Override
    public double rounded(Function function, double exact) {
      return arithmetic.rounded(function, exact);
    }

    @Override
    public List<Bindings> examples() {
      List<Bindings> rows = new ArrayList<>();
      for (int row = 0; row < ReferenceOptimizer.this.examples(); row++) {
        rows.add(new Coordinate(i, row, values));
      }
      return rows;
    }
  }
}
