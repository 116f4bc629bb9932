package org.blrc.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;
import picocli.CommandLine.Model.CommandSpec;

/** {@code blrc check}: finds errors. */
final class Check implements Callable<Integer> {

  private final Blrc blrc;
  private final SpecArguments spec = new SpecArguments();

  private Check(Blrc blrc) {
    this.blrc = blrc;
  }

  static CommandSpec command(Blrc blrc) {
    Check self = new Check(blrc);
    return self.spec.to(Arguments.command(self, "Check a spec, its derivation included."));
  }

  @Override
  public Integer call() throws SpecException {
    Unit unit = spec.read(blrc);
    List<Optimizer> optimizers = unit.optimizers().isEmpty() ? List.of() : spec.chosen(unit);
    SpecArguments.derive(unit, optimizers);
    String names = optimizers.stream().map(o -> o.name().text()).collect(Collectors.joining(", "));
    blrc.out().println(unit.source().name() + ": ok" + (names.isEmpty() ? "" : " (" + names + ")"));
    return ExitCode.OK;
  }
}
