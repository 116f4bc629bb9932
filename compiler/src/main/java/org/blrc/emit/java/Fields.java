package org.blrc.emit.java;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.blrc.emit.arith.Source;
import org.blrc.emit.arith.Source.Element;
import org.blrc.emit.arith.Suggestions;
import org.blrc.program.Program;
import org.blrc.program.Program.Accumulator;
import org.blrc.program.Program.State;

/**
 * The arrays of the emitted class. Those that only some programs need exist once they are asked
 * for.
 */
final class Fields {

  /** The field for the vector that the Hessian is multiplied with. */
  static final String DIRECTION = "direction";

  /** The variables of emitted methods, and the classes that they name. */
  private static final Set<String> RESERVED =
      Set.of(
          "i",
          "n",
          "from",
          "to",
          "example",
          "examples",
          "draw",
          "draws",
          "phase",
          "index",
          "value",
          "values",
          "before",
          "share",
          "range",
          "start",
          "parameters",
          DIRECTION,
          "SIGNATURE",
          "Math",
          "Arrays",
          "System",
          "List",
          "Double",
          "Interval",
          "Functions");

  /** The rank of scratch and of answers: after all fields with names of their own. */
  static final int LAST = Integer.MAX_VALUE;

  private final Names names = Names.without(RESERVED);
  private final Optional<State> aliased;
  private final int components;
  private final Map<Element, String> arrays = new LinkedHashMap<>();
  private final Map<State, String> next = new LinkedHashMap<>();
  private final List<String> work = new ArrayList<>();

  Fields(Program program, Optional<State> aliased) {
    this.aliased = aliased;
    this.components = program.components();
    for (State state : program.states()) {
      arrays.put(new Source.StateValue(state), names.fresh(state.name()));
    }
    program.states().stream()
        .filter(State::shared)
        .forEach(state -> next.put(state, names.fresh(state.name() + "Next")));
  }

  /** The field for the new value of a state that all coordinates share. */
  String next(State state) {
    return next.get(state);
  }

  /** The names in use, to be continued with the locals of one method. */
  Names names() {
    return names.copy();
  }

  /** The array that the model reads its weights from: a state's own, or a separate one. */
  String parameters() {
    return aliased.map(state -> array(new Source.StateValue(state), "")).orElse("parameters");
  }

  boolean hasBuffer() {
    return aliased.isEmpty();
  }

  /**
   * Whether the parameters' buffer is scratch while the model does not read it: where it has one
   * row, what is read from it and written to it stand in one place.
   */
  boolean isScratch() {
    return hasBuffer() && components == 1;
  }

  /** The field for the values of an element. */
  String array(Element element, String suggestion) {
    return arrays.computeIfAbsent(element, _ -> names.fresh(suggestion));
  }

  /** The field for the sum of an accumulator's contributions. */
  String sum(Accumulator accumulator) {
    Source.Sum sum = new Source.Sum(accumulator);
    return array(sum, Suggestions.of(sum) + "Sum");
  }

  /** Whether some method asked for the field. */
  boolean has(Element element) {
    return arrays.containsKey(element);
  }

  /** The fields beside states, in the order in which they were asked for. */
  Map<Element, String> extra() {
    Map<Element, String> extra = new LinkedHashMap<>(arrays);
    extra.keySet().removeIf(Source.StateValue.class::isInstance);
    return extra;
  }

  /**
   * The scratch array number {@code index} of a method. The first is the parameters' buffer, where
   * there is one: it is written anew after every use of scratch.
   */
  String scratch(int index) {
    int extra = isScratch() ? index - 1 : index;
    if (extra < 0) {
      return parameters();
    }
    while (work.size() <= extra) {
      work.add(names.fresh("work"));
    }
    return work.get(extra);
  }

  /** The place of a field among the others. */
  int rank(String name) {
    int place = List.copyOf(arrays.values()).indexOf(name);
    return place < 0 ? LAST : place;
  }

  /** The scratch arrays beside the parameters' buffer. */
  List<String> work() {
    return List.copyOf(work);
  }
}
