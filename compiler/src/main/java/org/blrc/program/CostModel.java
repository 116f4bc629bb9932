package org.blrc.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.blrc.program.Definitions.Level;
import org.blrc.program.Pass.Array;
import org.blrc.program.Pass.Purpose;
import org.blrc.program.Program.Accumulator;
import org.blrc.program.Program.Answer;
import org.blrc.program.Program.Assign;
import org.blrc.program.Program.CoordinateSum;
import org.blrc.program.Program.NoiseInput;
import org.blrc.program.Program.Phase;
import org.blrc.program.Program.State;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;

/** Lays the passes of a program out and counts what each of them takes. */
final class CostModel {

  private static final Array DIRECTION = new Array(Array.Kind.DIRECTION, "");

  private final Program program;
  private final Definitions definitions;
  private final List<Array> accumulators;
  private final List<Array> point;

  /** Whether the model's weights are a state at all times, so that no point is ever written. */
  private final boolean inPlace;

  /** Whether a step may make more than one draw. */
  private final boolean severalDraws;

  CostModel(Program program) {
    this.program = program;
    this.definitions = new Definitions(program);
    this.accumulators =
        program.accumulators().stream()
            .map(each -> new Array(Array.Kind.ACCUMULATOR, each.symbol().name()))
            .toList();
    this.inPlace =
        program.rest() instanceof Sym symbol
            && symbol.kind() == Sym.Kind.STATE
            && program.phases().stream().allMatch(phase -> phase.point().equals(symbol));
    int components = program.components();
    this.point =
        components == 1
            ? List.of(new Array(Array.Kind.POINT, ""))
            : IntStream.rangeClosed(1, components)
                .mapToObj(k -> new Array(Array.Kind.POINT, Integer.toString(k)))
                .toList();
    this.severalDraws = program.samples().filter(count -> !count.equals(Exprs.ONE)).isPresent();
  }

  Cost cost() {
    List<Pass> points = points();
    return new Cost(
        new Cost.Work(with(points, last()), program.phases()),
        severalDraws
            ? Optional.of(new Cost.Work(with(points, List.of(accumulation())), program.phases()))
            : Optional.empty(),
        program.samples(),
        held(),
        severalDraws ? accumulators : List.of(),
        rest());
  }

  private static List<Pass> with(List<Pass> points, List<Pass> last) {
    List<Pass> passes = new ArrayList<>(points);
    passes.addAll(last);
    return passes;
  }

  private List<Pass> points() {
    List<Pass> passes = new ArrayList<>();
    for (int i = 0; i < program.phases().size(); i++) {
      passes.addAll(sums(i));
      List<Expr> written = written(program.phases().get(i));
      if (!written.isEmpty()) {
        List<Array> writes = new ArrayList<>(inPlace ? List.of() : point);
        program.phases().get(i).direction().ifPresent(_ -> writes.add(DIRECTION));
        passes.add(pass(new Purpose.Point(i + 1), written, List.of(), writes, Operations.NONE));
      }
    }
    passes.addAll(sums(program.phases().size()));
    return passes;
  }

  /** What is computed before the questions of a phase. */
  private List<Expr> written(Phase phase) {
    return Stream.concat(
            inPlace ? Stream.empty() : Stream.of(phase.point()), phase.direction().stream())
        .toList();
  }

  private List<Pass> sums(int answered) {
    return program.sumPassesAfter(answered).stream()
        .map(
            sums ->
                pass(
                    new Purpose.Sums(sums.stream().map(CoordinateSum::name).toList()),
                    sums.stream().map(CoordinateSum::body).toList(),
                    List.of(),
                    List.of(),
                    Operations.additions(sums.size())))
        .toList();
  }

  /** What ends a step: the update, after what it needs to know of all coordinates. */
  private List<Pass> last() {
    List<Pass> passes = new ArrayList<>(sums(program.phases().size() + 1));
    List<Sym> guarded =
        program.safeguard().guarded().stream().filter(state -> !state.shared()).toList();
    if (!guarded.isEmpty()) {
      passes.add(check(guarded));
    }
    passes.add(update());
    return passes;
  }

  /** The least and the greatest new value of each state in question. */
  private Pass check(List<Sym> guarded) {
    return pass(
        new Purpose.Check(),
        List.copyOf(guarded),
        List.of(),
        List.of(),
        Operations.selections(2 * guarded.size()));
  }

  private Pass accumulation() {
    return pass(
        new Purpose.Accumulation(),
        program.accumulators().stream().map(Accumulator::body).toList(),
        accumulators,
        accumulators,
        Operations.additions(accumulators.size()));
  }

  /** With several draws, what they come to is divided by their number. */
  private Pass update() {
    List<Assign> assigned =
        program.update().stream()
            .filter(assign -> assign.target().kind() == Sym.Kind.NEW)
            .filter(assign -> !assign.target().shared())
            .toList();
    return pass(
        new Purpose.Update(),
        assigned.stream().map(Assign::value).toList(),
        List.of(),
        assigned.stream()
            .map(assign -> new Array(Array.Kind.STATE, assign.target().name()))
            .toList(),
        Operations.multiplications(severalDraws ? accumulators.size() : 0));
  }

  private Pass pass(
      Purpose purpose,
      List<Expr> values,
      List<Array> alsoReads,
      List<Array> writes,
      Operations alsoDoes) {
    OperationCounter counter = new OperationCounter(definitions);
    values.forEach(counter::count);
    List<Expr> inputs = definitions.inputs(values);
    List<Array> reads = new ArrayList<>(arrays(inputs));
    reads.addAll(alsoReads);
    return new Pass(
        purpose,
        reads,
        writes,
        program.noises().stream().filter(noise -> isAmong(noise, inputs)).toList(),
        counter.total(Level.COORDINATE).plus(alsoDoes),
        counter.total(Level.EXAMPLE));
  }

  private static boolean isAmong(NoiseInput noise, List<Expr> inputs) {
    return inputs.stream()
        .anyMatch(input -> input instanceof Expr.Noise each && each.name().equals(noise.name()));
  }

  /** The arrays among the inputs, in the order of their declaration. */
  private List<Array> arrays(List<Expr> inputs) {
    List<Array> arrays = new ArrayList<>();
    for (State state : program.states()) {
      if (inputs.contains(state.symbol())) {
        arrays.add(new Array(Array.Kind.STATE, state.name()));
      }
    }
    for (Phase phase : program.phases()) {
      arrays.addAll(answers(phase, inputs));
    }
    return arrays;
  }

  private static List<Array> answers(Phase phase, List<Expr> inputs) {
    List<Array> arrays = new ArrayList<>();
    for (Answer answer : phase.answers()) {
      Array.Kind kind = answer.kind().perExample() ? Array.Kind.EXAMPLES : Array.Kind.ANSWER;
      if (inputs.contains(answer.symbol())) {
        arrays.add(new Array(kind, answer.symbol().name()));
      }
      inputs.stream()
          .filter(
              input -> input instanceof Expr.Component(Expr of, _) && of.equals(answer.symbol()))
          .map(input -> Exprs.componentSymbol(answer.symbol(), ((Expr.Component) input).number()))
          .forEach(component -> arrays.add(new Array(kind, component.name())));
    }
    return arrays;
  }

  private List<Array> held() {
    List<Array> held = new ArrayList<>();
    program.states().stream()
        .filter(state -> !state.shared())
        .forEach(state -> held.add(new Array(Array.Kind.STATE, state.name())));
    if (!inPlace) {
      held.addAll(point);
    }
    if (program.hasDirections()) {
      held.add(DIRECTION);
    }
    List<Phase> phases = program.phases();
    for (int i = 0; i + 1 < phases.size(); i++) {
      held.addAll(answers(phases.get(i), inputsAfter(i + 1)));
    }
    return held;
  }

  /** What is needed once the question of a phase has been answered. */
  private List<Expr> inputsAfter(int phase) {
    List<Expr> later = new ArrayList<>();
    program.phases().stream().skip(phase + 1).map(this::written).forEach(later::addAll);
    program.sums().stream()
        .filter(sum -> sum.after() > phase)
        .map(CoordinateSum::body)
        .forEach(later::add);
    program.accumulators().stream().map(Accumulator::body).forEach(later::add);
    program.update().stream().map(Assign::value).forEach(later::add);
    return definitions.inputs(later);
  }

  /** Written by the update, unless the point of the first phase is the rest anyway. */
  private Bytes rest() {
    boolean written =
        inPlace
            || program.phases().stream()
                .findFirst()
                .filter(first -> first.point().equals(program.rest()))
                .isPresent();
    return written ? Bytes.NONE : Bytes.of(point);
  }
}
