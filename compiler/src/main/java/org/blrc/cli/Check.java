package org.blrc.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
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
    Unit unit = spec.read();
    PrintStream out = blrc.out();
    List<String> names = unit.optimizers().stream().map(o -> o.name().text()).toList();
    out.println(
        unit.source().name()
            + ": ok"
            + (names.isEmpty() ? "" : " (" + String.join(", ", names) + ")"));
    return ExitCode.OK;
  }
}
