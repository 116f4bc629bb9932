package org.blrc.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.blrc.derive.Derivation;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;
import org.blrc.verify.Check;
import org.blrc.verify.VerificationTable;
import org.blrc.verify.Verifier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code blrc verify}: checks a derivation, and the code made of it, numerically. */
final class Verify implements Callable<Integer> {

  private final Blrc blrc;
  private final SpecArguments spec = new SpecArguments();

  private Verify(Blrc blrc) {
    this.blrc = blrc;
  }

  static CommandSpec command(Blrc blrc) {
    Verify self = new Verify(blrc);
    return self.spec.to(
        Arguments.command(
            self, "Check every step of a derivation, and the emitted code, numerically."));
  }

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
