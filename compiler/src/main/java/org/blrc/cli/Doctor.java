package org.blrc.cli;

import java.util.concurrent.Callable;
import org.blrc.emit.cuda.CudaSetup;
import org.blrc.emit.cuda.CudaSetup.Finding;
import picocli.CommandLine.Model.CommandSpec;

/** {@code blrc doctor}: what there is for the CUDA back end, and what to do about the rest. */
final class Doctor implements Callable<Integer> {

  private final Blrc blrc;

  private Doctor(Blrc blrc) {
    this.blrc = blrc;
  }

  static CommandSpec command(Blrc blrc) {
    return Arguments.command(
        new Doctor(blrc), "Say what the CUDA back end finds on this machine, and what it lacks.");
  }

  @Override
  public Integer call() {
    for (Finding finding : CudaSetup.findings()) {
      blrc.out()
          .println(
              "%-5s %-8s %s"
                  .formatted(finding.there() ? "ok" : "--", finding.what(), finding.found()));
      finding.advice().ifPresent(advice -> blrc.out().println(" ".repeat(15) + advice));
    }
    return ExitCode.OK;
  }
}
