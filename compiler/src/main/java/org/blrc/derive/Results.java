package org.blrc.derive;

import java.util.List;
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
      return derivation(branches, branches.getFirst().steps(), List.of());
    }
    return derivation(
        branches,
        ComponentSteps.together(branches.stream().map(this::named).toList()),
        mixture.all().stream().map(this::component).toList());
  }

  private Derivation.Component component(Model model) {
    return new Derivation.Component(
        mixture.weights().get(mixture.number(model) - 1),
        model.posterior(),
        model.prior(),
        model.loss(),
        branches.stream()
            .filter(branch -> branch.model().variable().equals(model.variable()))
            .findFirst()
            .map(branch -> derivation(List.of(branch), writtenOut(branch), List.of())));
  }

  private ComponentSteps named(Branch branch) {
    return new ComponentSteps(mixture.number(branch.model()), branch.steps());
  }

  private Derivation derivation(
      List<Branch> of, List<Step> steps, List<Derivation.Component> components) {
    Equations shown = all(of.stream().map(Branch::equations));
    Equations equations = all(of.stream().map(each -> writtenOut(each.equations(), each.model())));
    ProgramBuilder builder =
        new ProgramBuilder(mixture, of.stream().map(Branch::model).toList(), equations, states);
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
        of.getFirst().setting(),
        components);
  }

  private static Equations all(Stream<Equations> equations) {
    return new Equations(equations.flatMap(each -> each.updates().stream()).toList());
  }

  private static Equations writtenOut(Equations equations, Model model) {
    return model.responsibility().map(known -> known.writtenOut(equations)).orElse(equations);
  }

  private static List<Step> writtenOut(Branch branch) {
    return branch.model().responsibility().orElseThrow().writtenOut(branch.steps());
  }
}
