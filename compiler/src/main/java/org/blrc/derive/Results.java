package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.blrc.program.Program;
import org.blrc.syntax.Declaration;

/** The finished derivation, from that of each component of the posterior. */
record Results(
    Declaration.Optimizer optimizer,
    Mixture mixture,
    List<Branch> branches,
    List<Model.State> states) {

  Derivation derivation() {
    if (mixture.isPlain()) {
      return derivation(branches, branches.getFirst().steps(), List.of(), Optional.empty());
    }
    List<Step> steps =
        new ArrayList<>(
            ComponentSteps.together(
                branches.stream().filter(each -> !isChoice(each)).map(this::named).toList()));
    Optional<Branch> weights = branches.stream().filter(this::isChoice).findFirst();
    weights.ifPresent(branch -> steps.addAll(branch.steps()));
    return derivation(
        branches,
        steps,
        mixture.all().stream().map(this::component).toList(),
        weights.map(this::alone));
  }

  private boolean isChoice(Branch branch) {
    return mixture.choice().filter(branch.model()::equals).isPresent();
  }

  private Derivation alone(Branch branch) {
    return derivation(List.of(branch), writtenOut(branch), List.of(), Optional.empty());
  }

  private Derivation.Component component(Model model) {
    return new Derivation.Component(
        mixture.weights().get(mixture.number(model) - 1),
        model.posterior(),
        model.prior(),
        model.lossOfSpec(),
        branches.stream()
            .filter(branch -> branch.model().variable().equals(model.variable()))
            .findFirst()
            .map(this::alone));
  }

  private ComponentSteps named(Branch branch) {
    return new ComponentSteps(mixture.number(branch.model()), branch.steps());
  }

  private Derivation derivation(
      List<Branch> of,
      List<Step> steps,
      List<Derivation.Component> components,
      Optional<Derivation> weights) {
    Equations shown = all(of.stream().map(Branch::equations));
    Equations equations = all(of.stream().map(each -> writtenOut(each.equations(), each.model())));
    boolean ofWeights = of.stream().anyMatch(this::isChoice);
    List<Model> drawn = ofWeights ? mixture.all() : of.stream().map(Branch::model).toList();
    ProgramBuilder builder = new ProgramBuilder(mixture, drawn, equations, states);
    Program program = builder.build();
    return new Derivation(
        optimizer.name().text(),
        Stream.concat(
                steps.stream(), Stream.of(builder.step(components.isEmpty() ? equations : shown)))
            .toList(),
        equations.updates().stream()
            .map(update -> new Derivation.Result(update.state(), update.value()))
            .toList(),
        program,
        setting(of, components.isEmpty()),
        components,
        weights);
  }

  /** Of a mixture of which the weights alone are learned, that of its first component. */
  private Setting setting(List<Branch> of, boolean single) {
    Branch first = of.getFirst();
    if (single || !isChoice(first)) {
      return first.setting(isChoice(first) ? mixture.all() : List.of());
    }
    Model model = mixture.all().getFirst();
    return Setting.of(model, Objective.of(model), List.of());
  }

  private static Equations all(Stream<Equations> equations) {
    return new Equations(equations.flatMap(each -> each.updates().stream()).toList());
  }

  private static Equations writtenOut(Equations equations, Model model) {
    return Responsibility.allWrittenOut(model.responsibilities(), equations);
  }

  private static List<Step> writtenOut(Branch branch) {
    return Responsibility.allWrittenOut(branch.model().responsibilities(), branch.steps());
  }
}
