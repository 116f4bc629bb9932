package org.blrc.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code blrc check}: finds errors. */
@Command(name = "check", description = "Check a spec, its derivation included.")
final class Check implements Callable<Integer> {

  @ParentCommand private Blrc blrc;
  @Mixin private SpecArguments spec;

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
