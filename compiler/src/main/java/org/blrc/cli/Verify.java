package org.blrc.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.blrc.derive.Derivation;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;
import org.blrc.verify.Check;
import org.blrc.verify.VerificationTable;
import org.blrc.verify.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code blrc verify}: checks a derivation, and the code made of it, numerically. */
@Command(
    name = "verify",
    description = "Check every step of a derivation, and the emitted code, numerically.")
final class Verify implements Callable<Integer> {

  @ParentCommand private Blrc blrc;
  @Mixin private SpecArguments spec;

  @Override
  public Integer call() throws SpecException {
    Unit unit = spec.read(blrc);
    boolean holds = true;
    for (Derivation derivation : SpecArguments.derive(unit, spec.chosen(unit))) {
      List<Check> checks = Verifier.verify(derivation);
      blrc.out().print(VerificationTable.of(derivation, checks));
      holds &= checks.stream().allMatch(Check::passes);
    }
    return holds ? ExitCode.OK : ExitCode.DISAGREEMENT;
  }
}
