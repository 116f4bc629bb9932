package org.blrc.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.blrc.derive.Deriver;
import org.blrc.output.OutputFile;
import org.blrc.program.Program;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.replay.Replay;
import org.blrc.replay.ReplayReport;
import org.blrc.replay.ReplayResult;
import org.blrc.replay.Trace;
import org.blrc.runtime.Optimizer;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code blrc replay}: compares the derived update with a recorded trajectory. */
@Command(name = "replay", description = "Compare the update with a recorded trajectory.")
final class ReplayTrace implements Callable<Integer> {

  enum BackEnd {
    REFERENCE,
    JAVA
  }

  enum Precision {
    F64,
    F32
  }

  @ParentCommand private Blrc blrc;
  @Mixin private SpecArguments spec;
  @Spec private CommandSpec command;

  @Option(names = "--trace", paramLabel = "FILE", required = true, description = "The recording.")
  private Path traceFile;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "What computes: reference (the default) or java.")
  private BackEnd backEnd = BackEnd.REFERENCE;

  @Option(names = "--dtype", paramLabel = "TYPE", description = "f64 (the default) or f32.")
  private Precision precision = Precision.F64;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      description = "The largest relative error, in place of the trace's own.")
  private Double tolerance;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write what was computed, as JSON.")
  private Path output;

  @Override
  public Integer call() throws SpecException, IOException {
    if (backEnd == BackEnd.REFERENCE && precision == Precision.F32) {
      throw usage("the reference back end computes in f64 only; use --backend java");
    }
    if (tolerance != null && !(tolerance > 0 && Double.isFinite(tolerance))) {
      throw usage("the tolerance has to be positive");
    }
    Unit unit = spec.read(blrc);
    Declaration.Optimizer optimizer = spec.one(unit);
    Program program = Deriver.derive(unit, optimizer).program();
    Trace trace = Trace.read(traceFile);
    Replay replay = Replay.of(trace, program);
    ReplayResult result =
        replay.run(
            create(optimizer, program, trace),
            tolerance == null ? OptionalDouble.empty() : OptionalDouble.of(tolerance));
    blrc.out().print(ReplayReport.text(result));
    if (output != null) {
      OutputFile.write(output, ReplayReport.json(result));
    }
    return result.agrees() ? ExitCode.OK : ExitCode.DISAGREEMENT;
  }

  private Optimizer<?> create(Declaration.Optimizer optimizer, Program program, Trace trace)
      throws SpecException {
    return switch (backEnd) {
      case REFERENCE -> new ReferenceOptimizer(program, trace.dimension(), trace.hyperParameters());
      case JAVA ->
          switch (precision) {
            case F64 ->
                Executable.of(optimizer, program)
                    .doubles(trace.dimension(), trace.hyperParameters(), trace.initialState());
            case F32 ->
                Executable.of(optimizer, program)
                    .floats(trace.dimension(), trace.hyperParameters(), trace.initialState());
          };
    };
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
