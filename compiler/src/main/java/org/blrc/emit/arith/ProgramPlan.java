package org.blrc.emit.arith;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.blrc.emit.arith.Arith.Hoisted;
import org.blrc.emit.arith.Arith.Product;
import org.blrc.emit.arith.Arith.Ref;
import org.blrc.emit.arith.Source.Local;
import org.blrc.emit.arith.Source.StateValue;
import org.blrc.program.Program;
import org.blrc.program.Program.Accumulator;
import org.blrc.program.Program.Assign;
import org.blrc.program.Program.CoordinateSum;
import org.blrc.program.Program.State;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;

/** All arithmetic of a program. */
public final class ProgramPlan {

  private final Program program;
  private final Questions questions;
  private final Hoist hoist;
  private final List<List<Arith>> points = new ArrayList<>();
  private final List<Optional<Arith>> directions = new ArrayList<>();
  private final Map<Accumulator, Arith> contributions = new LinkedHashMap<>();
  private final Map<CoordinateSum, Arith> sums = new LinkedHashMap<>();
  private final Map<Sym, Arith> update = new LinkedHashMap<>();

  /** The new values of the states that all coordinates share. */
  private final Map<State, Arith> shared = new LinkedHashMap<>();

  private final List<Arith> rest;
  private final Map<Reduce, Arith> reductions = new LinkedHashMap<>();
  private final Map<Local, Arith> definitions = new LinkedHashMap<>();
  private final Map<Arith, Local> locals = new HashMap<>();
  private final Set<Local> exact = new HashSet<>();

  /**
   * @param means whether accumulators stand for means over draws, or for what one draw contributes
   */
  public ProgramPlan(Program program, boolean means) {
    this.program = program;
    this.questions = new Questions(program);
    Lowering lowering = new Lowering(program);
    this.hoist = new Hoist(lowering.definitions());
    for (Program.Phase phase : program.phases()) {
      points.add(components(lowering, phase.point()));
      directions.add(phase.direction().map(lowering::lower));
    }
    for (Accumulator accumulator : program.accumulators()) {
      Arith body = lowering.lower(accumulator.body());
      contributions.put(accumulator, body);
      lowering.define(accumulator.symbol(), means ? mean(accumulator) : body);
    }
    program.sums().forEach(sum -> sums.put(sum, lowering.lower(sum.body())));
    for (Assign assign : program.update()) {
      Arith value = lowering.lower(assign.value());
      if (assign.target().shared()) {
        State state = state(assign.target().name());
        shared.put(state, value);
        lowering.define(assign.target(), Arith.ref(new Source.SharedNext(state)));
      } else {
        lowering.define(assign.target(), value);
      }
    }
    for (Assign assign : program.update()) {
      if (assign.target().kind() == Sym.Kind.NEW) {
        update.put(assign.target(), hoist.mark(lowering.lower(assign.target())));
      }
    }
    this.rest = components(lowering, program.rest()).stream().map(hoist::mark).toList();
    points.replaceAll(point -> point.stream().map(hoist::mark).toList());
    directions.replaceAll(direction -> direction.map(hoist::mark));
    sums.replaceAll((_, body) -> hoist.mark(body));
    contributions.replaceAll((_, body) -> hoist.mark(body));
    lowering.bodies().forEach((reduce, body) -> reductions.put(reduce, hoist.mark(body)));
    lowering.definitions().forEach(this::define);
    points.forEach(point -> point.forEach(this::noteHoisted));
    directions.forEach(direction -> direction.ifPresent(this::noteHoisted));
    sums.values().forEach(this::noteHoisted);
    contributions.values().forEach(this::noteHoisted);
    update.values().forEach(this::noteHoisted);
    reductions.values().forEach(this::noteHoisted);
    rest.forEach(this::noteHoisted);
  }

  private static Arith mean(Accumulator accumulator) {
    return Arith.product(
        List.of(Arith.ref(new Source.DrawWeight()), Arith.ref(new Source.Sum(accumulator))),
        List.of());
  }

  private void define(Local local, Arith value) {
    if (hoist.invariant(value)) {
      definitions.put(local, value);
      if (isComputed(value)) {
        locals.putIfAbsent(new Hoisted(value), local);
      }
      sources(value).forEach(this::needExactly);
    } else {
      Arith marked = hoist.mark(value);
      definitions.put(local, marked);
      if (isComputed(marked)) {
        locals.putIfAbsent(marked, local);
      }
      noteHoisted(marked);
    }
  }

  private static boolean isComputed(Arith value) {
    return value instanceof Arith.Sum || value instanceof Product || value instanceof Arith.Call;
  }

  private void noteHoisted(Arith arith) {
    if (arith instanceof Hoisted(Arith value)) {
      sources(value).forEach(this::needExactly);
    } else {
      arith.children().forEach(this::noteHoisted);
    }
  }

  private void needExactly(Source source) {
    if (source instanceof Local local) {
      exact.add(local);
    }
  }

  public Program program() {
    return program;
  }

  public Questions questions() {
    return questions;
  }

  public boolean draws() {
    return program.samples().isPresent();
  }

  private static List<Arith> components(Lowering lowering, Expr point) {
    return Exprs.components(point).stream().map(lowering::lower).toList();
  }

  /** Where the loss is asked in a phase, by components. */
  public List<Arith> point(int phase) {
    return points.get(phase);
  }

  /** What the Hessian is multiplied with in a phase. */
  public Optional<Arith> direction(int phase) {
    return directions.get(phase);
  }

  /** What is summed over all coordinates. */
  public Arith summand(CoordinateSum sum) {
    return sums.get(sum);
  }

  /** What one draw contributes to an accumulator. */
  public Arith contribution(Accumulator accumulator) {
    return contributions.get(accumulator);
  }

  /** The new values of the states, in the order of the update. */
  public Map<Sym, Arith> update() {
    return update;
  }

  /** Those that all coordinates share, in the order of the update. */
  public Map<State, Arith> shared() {
    return shared;
  }

  private State state(String name) {
    return program.states().stream()
        .filter(state -> state.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** What the model's weights are between steps, by components. */
  public List<Arith> rest() {
    return rest;
  }

  /** The rest in terms of the new states. */
  public List<Arith> updatedRest() {
    return rest.stream().map(this::updated).toList();
  }

  private Arith updated(Arith arith) {
    return switch (arith) {
      case Ref(StateValue(State state)) -> updated(state).orElse(arith);
      case Ref(Source.SharedValue(State state)) -> updated(state).orElse(arith);
      case Hoisted(Arith value) -> hoist.mark(updated(value));
      default -> arith.mapChildren(this::updated);
    };
  }

  private Optional<Arith> updated(State state) {
    return update.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(state.name()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The state whose array is what the model reads, at any time. */
  public Optional<State> aliased() {
    return rest.size() == 1
            && rest.getFirst() instanceof Ref(StateValue(State state))
            && points.stream().allMatch(rest::equals)
        ? Optional.of(state)
        : Optional.empty();
  }

  /** The reductions over the minibatch whose answers a phase gives, with what they reduce. */
  public Map<Reduce, Arith> reductions(int phase) {
    Map<Reduce, Arith> result = new LinkedHashMap<>();
    reductions.forEach(
        (reduce, body) -> {
          if (phaseOf(body) == phase) {
            result.put(reduce, body);
          }
        });
    return result;
  }

  /** What is reduced. */
  public Arith reduction(Reduce reduce) {
    return reductions.get(reduce);
  }

  /** One example's part of a reduction. */
  public static Arith weighted(Reduce reduce, Arith body) {
    return reduce.mean()
        ? new Factors().times(Arith.ref(new Source.ExampleWeight())).times(body).product()
        : body;
  }

  private int phaseOf(Arith body) {
    List<Integer> phases =
        sources(body).stream()
            .filter(Source.Row.class::isInstance)
            .map(source -> questions.phaseOf(((Source.Row) source).answer()))
            .distinct()
            .toList();
    if (phases.size() > 1) {
      throw new UnsupportedOperationException(
          "a reduction over the minibatch combines per-example answers of two phases");
    }
    return phases.getFirst();
  }

  /** Whether a local is the same for all coordinates. */
  public boolean isScalar(Local local) {
    return hoist.isScalar(local);
  }

  /** Whether a scalar is needed in double precision. */
  public boolean neededExactly(Local local) {
    return exact.contains(local);
  }

  /** The state that a local is the new value of. */
  public StateValue state(Local local) {
    return new StateValue(state(local.name()));
  }

  public Arith definition(Local local) {
    return definitions.get(local);
  }

  /** A reference to a local by its definition. */
  public Arith expand(Arith arith) {
    return arith instanceof Ref(Local local) && !isScalar(local) ? definition(local) : arith;
  }

  /** The local that is defined to be this value. */
  public Optional<Local> localFor(Arith arith) {
    return Optional.ofNullable(locals.get(arith));
  }

  /** Everything that a value depends on, within a step. */
  public Set<Source> sources(Arith arith) {
    Set<Source> result = new LinkedHashSet<>();
    collect(arith, result);
    return result;
  }

  private void collect(Arith arith, Set<Source> sources) {
    if (arith instanceof Ref(Source source)
        && sources.add(source)
        && source instanceof Local local) {
      collect(hoist.definition(local), sources);
    }
    arith.children().forEach(child -> collect(child, sources));
  }
}
