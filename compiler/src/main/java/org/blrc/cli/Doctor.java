package org.blrc.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
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
    for (Finding finding : CudaSetup.findings(Doctor::firstLine)) {
      blrc.out()
          .println(
              "%-5s %-8s %s"
                  .formatted(finding.there() ? "ok" : "--", finding.what(), finding.found()));
      finding.advice().ifPresent(advice -> blrc.out().println(" ".repeat(15) + advice));
    }
    return ExitCode.OK;
  }

  /** The first line that tells the version of a program; empty where there is none. */
  private static Optional<String> firstLine(List<String> command, String containing) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0
          ? text.lines().filter(line -> line.contains(containing)).findFirst()
          : Optional.empty();
    } catch (IOException none) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
