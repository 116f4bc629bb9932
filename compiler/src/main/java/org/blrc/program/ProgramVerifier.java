package org.blrc.program;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.blrc.program.Definitions.Level;
import org.blrc.program.Program.Accumulator;
import org.blrc.program.Program.Answer;
import org.blrc.program.Program.Assign;
import org.blrc.program.Program.CoordinateSum;
import org.blrc.program.Program.Hyper;
import org.blrc.program.Program.Phase;
import org.blrc.program.Program.State;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Distribution;
import org.blrc.symbolic.Expr.Sym.Kind;
import org.blrc.symbolic.Walk;

/**
 * Checks what every update program has to satisfy, so that back ends may rely on it: each symbol is
 * defined before its use and visible there, nothing opaque is left, per-example answers occur
 * inside reductions over the minibatch and nowhere else.
 */
public final class ProgramVerifier {

  private static final Set<Kind> FIXED = EnumSet.of(Kind.CONSTANT, Kind.HYPER);
  private static final Set<Kind> REST = with(FIXED, Kind.STATE);
  private static final Set<Kind> SCALAR = with(FIXED, Kind.STEP_NUMBER, Kind.LOCAL);
  private static final Set<Kind> DRAW = with(SCALAR, Kind.STATE, Kind.ANSWER);
  private static final Set<Kind> OVER_DRAWS = with(SCALAR, Kind.STATE);
  private static final Set<Kind> UPDATE = with(SCALAR, Kind.STATE, Kind.NEW);

  private final Program program;
  private final List<String> problems = new ArrayList<>();

  /** The names that are defined so far, by kind. */
  private final Map<Kind, Set<String>> defined = new HashMap<>();

  private final Set<String> taken = new HashSet<>();
  private final Map<String, Distribution> noises = new HashMap<>();
  private final Set<String> perExample = new HashSet<>();
  private boolean insideDraw;

  /** Whether what is checked is a part of a step. */
  private boolean backsOff;

  private ProgramVerifier(Program program) {
    this.program = program;
    for (Kind kind : Kind.values()) {
      defined.put(kind, new HashSet<>());
    }
    defined.get(Kind.CONSTANT).addAll(Set.of("pi", "infinity"));
  }

  /** What is wrong with a program; empty if nothing is. */
  public static List<String> problems(Program program) {
    ProgramVerifier verifier = new ProgramVerifier(program);
    verifier.declarations();
    verifier.draws();
    verifier.update();
    verifier.backOff();
    if (verifier.problems.isEmpty()) {
      verifier.sharedStates();
    }
    return List.copyOf(verifier.problems);
  }

  /**
   * Returns the program if nothing is wrong with it.
   *
   * @throws IllegalArgumentException otherwise; this is a fault of the compiler, not of a spec
   */
  public static Program verified(Program program) {
    List<String> problems = problems(program);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "the update program of %s is ill-formed: %s"
              .formatted(program.name(), String.join("; ", problems)));
    }
    return program;
  }

  private void declarations() {
    for (Hyper hyper : program.hypers()) {
      define("hyper-parameter", hyper.symbol(), Kind.HYPER);
    }
    program.noises().forEach(noise -> noises.put(noise.name(), noise.distribution()));
    if (noises.size() < program.noises().size()) {
      problems.add("two noise inputs have the same name");
    }
    if (!noises.isEmpty() && program.samples().isEmpty()) {
      problems.add("there is noise, but no number of draws");
    }
    program.samples().ifPresent(samples -> check("the number of draws", samples, FIXED));
    for (State state : program.states()) {
      state.initial().ifPresent(value -> check("the initial " + state.name(), value, FIXED));
    }
    int last = program.phases().size() + (program.samples().isPresent() ? 1 : 0);
    for (CoordinateSum sum : program.sums()) {
      if (sum.after() < 0 || sum.after() > last) {
        problems.add("sum %s is computed at no time".formatted(sum.name()));
      }
    }
    program.states().forEach(state -> define("state", state.symbol(), Kind.STATE));
    check("the rest", program.rest(), REST);
    for (Assign scalar : program.scalars()) {
      check("scalar " + scalar.target().name(), scalar.value(), SCALAR);
      define("scalar", scalar.target(), Kind.LOCAL);
    }
  }

  private void draws() {
    insideDraw = true;
    int answered = 0;
    for (Phase phase : program.phases()) {
      sums(answered++, DRAW);
      for (Assign local : phase.locals()) {
        check("local " + local.target().name(), local.value(), DRAW);
        define("local", local.target(), Kind.LOCAL);
      }
      check("a point", phase.point(), DRAW);
      phase.direction().ifPresent(along -> check("a direction", along, DRAW));
      boolean directed = phase.answers().stream().anyMatch(answer -> answer.kind().isDirected());
      if (directed != phase.direction().isPresent()) {
        problems.add(
            directed ? "a phase asks along no direction" : "a phase has a direction for nothing");
      }
      if (phase.answers().isEmpty()) {
        problems.add("a phase asks nothing");
      }
      phase.answers().forEach(this::defineAnswer);
    }
    sums(answered, DRAW);
    for (Accumulator accumulator : program.accumulators()) {
      check("accumulator " + accumulator.symbol().name(), accumulator.body(), DRAW);
    }
  }

  private void sums(int answered, Set<Kind> kinds) {
    for (CoordinateSum sum : program.sumsAfter(answered)) {
      check("sum " + sum.name(), sum.body(), kinds);
      define("sum", sum.symbol(), Kind.LOCAL);
    }
  }

  private void update() {
    boolean oneEvaluation = program.samples().isEmpty();
    insideDraw = oneEvaluation;
    if (!oneEvaluation) {
      for (Phase phase : program.phases()) {
        phase.locals().forEach(local -> defined.get(Kind.LOCAL).remove(local.target().name()));
      }
      program.sums().forEach(sum -> defined.get(Kind.LOCAL).remove(sum.name()));
    }
    Set<Kind> kinds = oneEvaluation ? with(UPDATE, Kind.ANSWER) : UPDATE;
    program.accumulators().forEach(a -> define("accumulator", a.symbol(), Kind.LOCAL));
    if (!oneEvaluation) {
      sums(program.phases().size() + 1, OVER_DRAWS);
    }
    for (Assign assign : program.update()) {
      String name = assign.target().name();
      check("the update of " + name, assign.value(), kinds);
      if (assign.target().kind() == Kind.NEW) {
        if (!defined.get(Kind.STATE).contains(name)) {
          problems.add("%s is assigned but is no state".formatted(name));
        }
        define("new value", assign.target(), Kind.NEW);
      } else {
        define("local", assign.target(), Kind.LOCAL);
      }
    }
  }

  /** What all coordinates share has one new value. */
  private void sharedStates() {
    Definitions definitions = new Definitions(program);
    for (Assign assign : program.update()) {
      if (assign.target().shared() && definitions.level(assign.value()) != Level.STEP) {
        problems.add("%s differs between coordinates".formatted(assign.target().name()));
      }
    }
  }

  /** Assigns what the update assigns, though not in the same order. */
  private void backOff() {
    List<Assign> backOff = program.safeguard().backOff();
    if (backOff.isEmpty()) {
      return;
    }
    Set<Expr.Sym> assigned = new HashSet<>();
    program.update().forEach(assign -> assigned.add(assign.target()));
    Set<Expr.Sym> again = new HashSet<>();
    backsOff = true;
    boolean oneEvaluation = program.samples().isEmpty();
    Set<Kind> kinds = oneEvaluation ? with(UPDATE, Kind.ANSWER) : UPDATE;
    assigned.forEach(target -> defined.get(target.kind()).remove(target.name()));
    for (Assign assign : backOff) {
      check("backing off of " + assign.target().name(), assign.value(), kinds);
      defined.get(assign.target().kind()).add(assign.target().name());
      again.add(assign.target());
    }
    if (!again.equals(assigned)) {
      problems.add("backing off assigns other states than the update");
    }
  }

  private void define(String what, Expr.Sym symbol, Kind kind) {
    if (symbol.kind() != kind) {
      problems.add("%s %s is of kind %s".formatted(what, symbol.name(), symbol.kind()));
    }
    defined.get(kind).add(symbol.name());
    if (!taken.add(kind + " " + symbol.name())) {
      problems.add("%s %s is defined twice".formatted(what, symbol.name()));
    }
  }

  private void defineAnswer(Answer answer) {
    define("answer", answer.symbol(), Kind.ANSWER);
    if (answer.kind().perExample()) {
      perExample.add(answer.symbol().name());
    }
  }

  private void check(String where, Expr expression, Set<Kind> kinds) {
    check(where, expression, kinds, false);
  }

  private void check(String where, Expr expression, Set<Kind> kinds, boolean insideBatch) {
    boolean inside = insideBatch;
    switch (expression) {
      case Expr.Sym symbol -> checkSymbol(where, symbol, kinds, insideBatch);
      case Expr.Noise noise -> checkNoise(where, noise);
      case Expr.Reduce reduce -> {
        checkReduce(where, reduce, insideBatch);
        inside = true;
      }
      case Expr.Call call -> {
        if (call.arguments().size() != call.function().arity()) {
          problems.add("%s calls %s with a wrong number of arguments".formatted(where, call));
        }
      }
      case Expr.Oracle _, Expr.Expect _, Expr.Draw _ ->
          problems.add("%s still holds %s".formatted(where, expression));
      case Expr.Component(Expr of, int _) -> {
        if (!(of instanceof Expr.Sym symbol) || symbol.kind() != Kind.ANSWER) {
          problems.add("%s takes a component of %s".formatted(where, of));
        }
      }
      case Expr.Num _, Expr.Add _, Expr.Mul _, Expr.Pow _, Expr.Vector _ -> {}
    }
    if (!(expression instanceof Expr.Noise)) {
      for (Expr child : Walk.children(expression)) {
        check(where, child, kinds, inside);
      }
    }
  }

  private void checkSymbol(String where, Expr.Sym symbol, Set<Kind> kinds, boolean insideBatch) {
    String name = symbol.name();
    if (symbol.kind() == Kind.STEP_NUMBER && kinds.contains(Kind.STEP_NUMBER)) {
      return;
    }
    if (backsOff && symbol.equals(Safeguard.SHARE)) {
      return;
    }
    if (!kinds.contains(symbol.kind())) {
      problems.add("%s may not refer to %s of kind %s".formatted(where, name, symbol.kind()));
    } else if (!defined.get(symbol.kind()).contains(name)) {
      problems.add("%s uses %s of kind %s undefined".formatted(where, name, symbol.kind()));
    } else if (symbol.kind() == Kind.ANSWER && perExample.contains(name) && !insideBatch) {
      problems.add("%s uses the per-example %s outside a minibatch".formatted(where, name));
    }
  }

  private void checkNoise(String where, Expr.Noise noise) {
    if (!insideDraw) {
      problems.add("%s uses noise %s outside a draw".formatted(where, noise.name()));
    } else if (noises.get(noise.name()) != noise.distribution()) {
      problems.add("%s uses noise %s undeclared".formatted(where, noise.name()));
    }
  }

  private void checkReduce(String where, Expr.Reduce reduce, boolean insideBatch) {
    if (!(reduce.axis() instanceof Axis.Batch) || insideBatch) {
      problems.add("%s reduces over something else than the minibatch".formatted(where));
    }
    if (!Walk.contains(reduce.body(), this::isPerExample)) {
      problems.add("%s reduces what does not depend on the example".formatted(where));
    }
  }

  private boolean isPerExample(Expr part) {
    return part instanceof Expr.Sym symbol
        && symbol.kind() == Kind.ANSWER
        && perExample.contains(symbol.name());
  }

  private static Set<Kind> with(Set<Kind> kinds, Kind... more) {
    Set<Kind> result = EnumSet.copyOf(kinds);
    result.addAll(List.of(more));
    return result;
  }
}
