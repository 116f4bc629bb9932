package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.blrc.derive.Step.Line;

/**
 * The steps of one component of a mixture.
 *
 * @param number of the component, from 1
 */
record ComponentSteps(int number, List<Step> steps) {

  /**
   * The steps of all components as those of one derivation: step by step where all took the same
   * ones, else one component after the other.
   */
  static List<Step> together(List<ComponentSteps> components) {
    boolean alike = components.stream().map(ComponentSteps::titles).distinct().count() == 1;
    List<Step> together = new ArrayList<>();
    if (alike) {
      for (int i = 0; i < components.getFirst().steps.size(); i++) {
        int at = i;
        together.add(step(components, components.getFirst().steps.get(i).title(), at));
      }
      return together;
    }
    for (ComponentSteps component : components) {
      for (int i = 0; i < component.steps.size(); i++) {
        together.add(step(List.of(component), component.steps.get(i).title(), i));
      }
    }
    return together;
  }

  private List<String> titles() {
    return steps.stream().map(Step::title).toList();
  }

  private static Step step(List<ComponentSteps> components, String title, int at) {
    Step first = components.getFirst().steps.get(at);
    return new Step(
        title,
        components.stream().flatMap(each -> each.lines(at)).toList(),
        first.justification(),
        first.source(),
        first.grade(),
        first
            .replacements()
            .map(
                _ ->
                    components.stream()
                        .flatMap(each -> each.steps.get(at).replacements().orElseThrow().stream())
                        .toList()),
        first.rule());
  }

  private Stream<Line> lines(int at) {
    return Stream.concat(Stream.of(new Line.Component(number)), steps.get(at).lines().stream());
  }
}
