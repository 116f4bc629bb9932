package org.blrc.emit.cuda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.emit.arith.ProgramPlan;
import org.blrc.emit.arith.Questions;
import org.blrc.emit.arith.Source;
import org.blrc.emit.arith.Source.Element;
import org.blrc.emit.arith.Suggestions;
import org.blrc.program.Program;
import org.blrc.program.Program.Answer;
import org.blrc.program.Program.NoiseInput;
import org.blrc.program.Program.State;

/** The arrays of a program. Those that only some programs need exist once they are asked for. */
final class Columns {

  private record Parameters() {}

  private record Direction() {}

  private record Given(Answer answer) {}

  private final Numbers numbers;
  private final Program program;
  private final Questions questions;
  private final Optional<State> aliased;
  private final Names names = Names.fresh();
  private final Map<Object, Column> known = new LinkedHashMap<>();

  Columns(ProgramPlan plan, Numbers numbers) {
    this.numbers = numbers;
    this.program = plan.program();
    this.questions = plan.questions();
    this.aliased = plan.aliased();
    program.states().stream().filter(state -> !state.shared()).forEach(this::state);
  }

  List<Column> all() {
    return new ArrayList<>(known.values());
  }

  Column state(State state) {
    return column(new Source.StateValue(state), state.name(), new Column.Role.State(state.name()));
  }

  /** What the model reads: a state, or an array of its own. */
  Column parameters() {
    return aliased
        .map(this::state)
        .orElseGet(
            () ->
                column(
                    new Parameters(),
                    "parameters",
                    new Column.Role.Parameters(program.components())));
  }

  Column direction() {
    return column(new Direction(), "direction", new Column.Role.Direction());
  }

  Column given(Answer answer) {
    return column(new Given(answer), questions.arrayName(answer), new Column.Role.Given(answer));
  }

  Column noise(NoiseInput noise) {
    int stream = program.noises().indexOf(noise);
    return column(new Source.NoiseValue(noise), noise.name(), new Column.Role.Noise(stream));
  }

  Column accumulated(Source.Sum sum) {
    return column(sum, Suggestions.of(sum) + "Sum", new Column.Role.Accumulated());
  }

  /** What is kept of an earlier phase. */
  Column kept(Element element, String suggestion) {
    return column(element, suggestion, new Column.Role.Kept());
  }

  /** Whether some kernel needs an element beyond its phase. */
  boolean keeps(Element element) {
    return known.containsKey(element);
  }

  private Column column(Object key, String suggestion, Column.Role role) {
    return known.computeIfAbsent(
        key, _ -> new Column(known.size(), names.fresh(suggestion), role, isNarrow(role)));
  }

  /** What the model reads and what callers answer may be narrower than the rest. */
  private boolean isNarrow(Column.Role role) {
    return numbers.hasNarrow()
        && switch (role) {
          case Column.Role.Parameters _, Column.Role.Direction _, Column.Role.Given _ -> true;
          case Column.Role.State(String name) ->
              aliased.filter(state -> state.name().equals(name)).isPresent();
          case Column.Role.Kept _, Column.Role.Accumulated _, Column.Role.Noise _ -> false;
        };
  }
}
