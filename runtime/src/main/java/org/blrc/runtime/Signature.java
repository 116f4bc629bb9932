package org.blrc.runtime;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is fixed about an optimizer, whatever its dimension and precision.
 *
 * @param name as in the spec
 * @param hyperParameters in the order of the spec
 * @param states the names of the states, in the order of the spec
 * @param phases what each phase of an evaluation asks
 * @param draws whether the loss is evaluated at random draws; if not, a step takes one evaluation
 * @param sums the passes that take sums over all coordinates, in order; sums are numbered through
 * @param guards the states that an update may take out of their domains, in the order in which they
 *     are computed
 * @param backsOff whether steps can be made shorter; see {@link AbstractOptimizer#backOff}
 * @param shared the states of which all coordinates share one value
 * @param common the hyper-parameters on which such states, and means over all coordinates, depend,
 *     so that no group has one of its own
 */
public record Signature(
    String name,
    List<HyperParameter> hyperParameters,
    List<String> states,
    List<List<Question>> phases,
    boolean draws,
    List<SumPass> sums,
    List<Guard> guards,
    boolean backsOff,
    List<String> shared,
    List<String> common) {

  /** Where each coordinate has states of its own. */
  public Signature(
      String name,
      List<HyperParameter> hyperParameters,
      List<String> states,
      List<List<Question>> phases,
      boolean draws,
      List<SumPass> sums,
      List<Guard> guards,
      boolean backsOff) {
    this(
        name, hyperParameters, states, phases, draws, sums, guards, backsOff, List.of(), List.of());
  }

  /** The same where updates keep all states in their domains. */
  public Signature(
      String name,
      List<HyperParameter> hyperParameters,
      List<String> states,
      List<List<Question>> phases,
      boolean draws,
      List<SumPass> sums) {
    this(name, hyperParameters, states, phases, draws, sums, List.of(), false);
  }

  /** The same where nothing is summed over all coordinates. */
  public Signature(
      String name,
      List<HyperParameter> hyperParameters,
      List<String> states,
      List<List<Question>> phases,
      boolean draws) {
    this(name, hyperParameters, states, phases, draws, List.of());
  }

  public Signature {
    hyperParameters = List.copyOf(hyperParameters);
    states = List.copyOf(states);
    phases = phases.stream().map(List::copyOf).toList();
    sums = List.copyOf(sums);
    guards = List.copyOf(guards);
    shared = List.copyOf(shared);
    common = List.copyOf(common);
  }

  /** How many values a state has. */
  int length(String state, int dimension) {
    return shared.contains(state) ? 1 : dimension;
  }

  /** Whether something is summed up when all draws were accumulated. */
  boolean sumsOverDraws() {
    return sums.stream().anyMatch(pass -> pass.after() > phases.size());
  }

  /**
   * The index of a hyper-parameter.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  int hyperParameter(String wanted) {
    List<String> names = hyperParameters.stream().map(HyperParameter::name).toList();
    return find("hyper-parameter", wanted, names);
  }

  /**
   * The index of a hyper-parameter of which a group is to have a value of its own.
   *
   * @throws IllegalArgumentException if there is none of that name, or it has to be the same for
   *     all coordinates
   */
  int hyperParameterOfGroup(String wanted) {
    int index = hyperParameter(wanted);
    if (common.contains(wanted)) {
      throw new IllegalArgumentException(
          "%s is part of what all coordinates share, so that no group has a value of its own"
              .formatted(wanted));
    }
    return index;
  }

  /**
   * The index of a state.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  int state(String wanted) {
    return find("state", wanted, states);
  }

  /** What is asked and whether draws are made, as text. */
  String questions() {
    return phases.stream()
        .map(
            phase ->
                phase.stream()
                    .map(question -> question.kind() + " of " + question.function())
                    .collect(Collectors.joining(", ")))
        .collect(Collectors.joining("; then ", "", draws ? "; at draws" : ""));
  }

  private int find(String what, String wanted, List<String> names) {
    int index = names.indexOf(wanted);
    if (index < 0) {
      throw new IllegalArgumentException(
          "%s has no %s %s; it has %s".formatted(name, what, wanted, String.join(", ", names)));
    }
    return index;
  }
}
