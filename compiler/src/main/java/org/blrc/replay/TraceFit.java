package org.blrc.replay;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.blrc.program.ExprEvaluator;
import org.blrc.program.Program;
import org.blrc.program.Program.AnswerKind;
import org.blrc.program.Program.Hyper;
import org.blrc.program.Program.NoiseInput;
import org.blrc.program.Program.Phase;
import org.blrc.program.Program.State;
import org.blrc.replay.Trace.Answer;
import org.blrc.replay.Trace.Step;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Spelling;

/** Checks that a trace holds all that an update program needs, and nothing that it cannot place. */
final class TraceFit {

  private final Trace trace;
  private final Program program;
  private final Problems problems = new Problems();

  /** The values in force at the step that is being checked. */
  private final Map<String, Double> hypers = new HashMap<>();

  private TraceFit(Trace trace, Program program) {
    this.trace = trace;
    this.program = program;
  }

  /**
   * Does nothing if the trace fits.
   *
   * @throws SpecException with all that does not fit
   */
  static void check(Trace trace, Program program) throws SpecException {
    TraceFit fit = new TraceFit(trace, program);
    fit.hyperParameters();
    fit.initialState();
    if (program.samples().isEmpty() && trace.samples().orElse(1) != 1) {
      fit.problems.add("samples", "expected 1, as `%s` makes no draws".formatted(program.name()));
    }
    for (int i = 0; i < trace.steps().size(); i++) {
      fit.step("step " + (i + 1), trace.steps().get(i));
    }
    fit.somethingToCompare();
    fit.problems.throwIfAny();
  }

  private void hyperParameters() {
    for (Hyper hyper : program.hypers()) {
      hyper.byDefault().ifPresent(value -> hypers.put(hyper.name(), value));
    }
    change("hyperparameters", trace.hyperParameters());
    for (Hyper hyper : program.hypers()) {
      if (!hypers.containsKey(hyper.name())) {
        problems.add(
            "hyperparameters", "no value for `%s`, which has no default".formatted(hyper.name()));
      }
    }
  }

  private void change(String where, Map<String, Double> values) {
    List<String> known = program.hypers().stream().map(Hyper::name).toList();
    requireKnown(where, "hyper-parameter", values.keySet(), known);
    for (Hyper hyper : program.hypers()) {
      Double value = values.get(hyper.name());
      if (value != null && !hyper.domain().contains(value)) {
        problems.add(where, "`%s` = %s lies outside its domain".formatted(hyper.name(), value));
      }
    }
    hypers.putAll(values);
  }

  private void initialState() {
    requireKnown("initial_state", "state", trace.initialState().keySet(), states());
    for (State state : program.states()) {
      if (state.initial().isEmpty() && !trace.initialState().containsKey(state.name())) {
        problems.add(
            "initial_state",
            "no value for `%s`, which has no initial value".formatted(state.name()));
      }
      double[] values = trace.initialState().getOrDefault(state.name(), new double[0]);
      if (state.shared() && Arrays.stream(values).distinct().count() > 1) {
        problems.add(
            "initial_state",
            "`%s` has several values, and all coordinates share one".formatted(state.name()));
      }
    }
  }

  private void step(String where, Step step) {
    change(where + ", hyperparameters", step.hyperParameters());
    requireKnown(where + ", state_after", "state", step.stateAfter().keySet(), states());
    List<String> noises = program.noises().stream().map(NoiseInput::name).toList();
    requireKnown(where + ", noise", "noise", step.noise().keySet(), noises);
    OptionalInt samples = samples(where);
    if (samples.isEmpty()) {
      return;
    }
    for (String noise : noises) {
      int draws = step.noise().getOrDefault(noise, List.of()).size();
      requireCount(
          where + ", noise " + noise, "an array for each sample", samples.getAsInt(), draws);
    }
    int questions = samples.getAsInt() * program.phases().size();
    step.askedAt()
        .ifPresent(
            points ->
                requireCount(
                    where + ", asked_at",
                    "a point for each phase of each sample",
                    questions,
                    points.size()));
    requireCount(
        where + ", oracle",
        "an answer for each phase of each sample",
        questions,
        step.oracle().size());
    for (int i = 0; i < Math.min(questions, step.oracle().size()); i++) {
      Phase phase = program.phases().get(i % program.phases().size());
      answer(where + ", answer " + (i + 1), phase, step.oracle().get(i));
    }
  }

  private void answer(String where, Phase phase, Answer answer) {
    Set<Integer> lengths = new HashSet<>();
    for (Program.Answer asked : phase.answers()) {
      AnswerKind kind = asked.kind();
      if (Answers.find(kind, answer, trace.dimension()).isEmpty()) {
        problems.add(
            where,
            "%s of `%s` is missing".formatted(kind.label(), asked.function()),
            answer.values().isEmpty()
                ? Optional.empty()
                : Optional.of("it gives " + Spelling.list(answer.values().keySet(), "and")));
      } else if (kind.perExample()) {
        lengths.add(answer.values().get(kind.label()).length);
      }
    }
    if (lengths.size() > 1) {
      problems.add(where, "the answers have rows for different numbers of examples");
    }
  }

  /** The number of evaluations in a step; absent if it cannot be told. */
  private OptionalInt samples(String where) {
    if (program.samples().isEmpty()) {
      return OptionalInt.of(1);
    }
    if (trace.samples().isPresent()) {
      return trace.samples();
    }
    double count =
        ExprEvaluator.evaluate(
            program.samples().get(), hyper -> hypers.getOrDefault(hyper.name(), Double.NaN));
    if (count >= 1 && count == Math.rint(count)) {
      return OptionalInt.of((int) count);
    }
    if (!Double.isNaN(count)) {
      problems.add(where, "the number of draws is no positive integer: " + count);
    }
    return OptionalInt.empty();
  }

  private void somethingToCompare() {
    boolean nothing =
        trace.steps().stream()
            .allMatch(step -> step.stateAfter().isEmpty() && step.askedAt().isEmpty());
    if (nothing) {
      problems.add("steps", "no step has asked_at or state_after, so nothing can be compared");
    }
  }

  private List<String> states() {
    return program.states().stream().map(State::name).toList();
  }

  private void requireKnown(String where, String what, Set<String> given, List<String> known) {
    for (String name : given) {
      if (!known.contains(name)) {
        String all = known.isEmpty() ? "none" : Spelling.list(known, "and");
        String hint = Spelling.hint(name, known).orElse("it has " + all);
        problems.add(
            where, "`%s` has no %s `%s`".formatted(program.name(), what, name), Optional.of(hint));
      }
    }
  }

  private void requireCount(String where, String what, int expected, int given) {
    if (expected != given) {
      problems.add(where, "expected %d (%s), found %d".formatted(expected, what, given));
    }
  }
}
