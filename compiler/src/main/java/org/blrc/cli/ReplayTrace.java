package org.blrc.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.blrc.derive.Deriver;
import org.blrc.emit.cuda.HostDevice;
import org.blrc.emit.cuda.HostKernels;
import org.blrc.emit.cuda.Numbers;
import org.blrc.output.OutputFile;
import org.blrc.program.Program;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.replay.Replay;
import org.blrc.replay.ReplayReport;
import org.blrc.replay.ReplayResult;
import org.blrc.replay.Trace;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.OutOfDomainException;
import org.blrc.runtime.cuda.CudaOptimizer;
import org.blrc.runtime.cuda.MirroredOptimizer;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** {@code blrc replay}: compares the derived update with a recorded trajectory. */
final class ReplayTrace implements Callable<Integer> {

  enum BackEnd {
    REFERENCE,
    JAVA,
    CUDA_HOST
  }

  enum Dtype {
    F64,
    F32
  }

  private final Blrc blrc;
  private final SpecArguments spec = new SpecArguments();
  private final OptionSpec traceFile =
      Arguments.option(Path.class, "FILE", "--trace")
          .description("The recording.")
          .required(true)
          .build();
  private final OptionSpec backEnd =
      Arguments.choice(BackEnd.REFERENCE, "NAME", "--backend")
          .description(
              "What computes: reference (the default), java, or cuda-host: the kernels of --target cuda, compiled for this machine's processor by g++.")
          .build();
  private final OptionSpec precision =
      Arguments.choice(Dtype.F64, "TYPE", "--dtype")
          .description("f64 (the default) or f32.")
          .build();
  private final OptionSpec tolerance =
      Arguments.option(Double.class, "X", "--tolerance")
          .description("The largest relative error, in place of the trace's own.")
          .build();
  private final OptionSpec output =
      Arguments.option(Path.class, "FILE", "-o", "--output")
          .description("Write what was computed, as JSON.")
          .build();

  private ReplayTrace(Blrc blrc) {
    this.blrc = blrc;
  }

  static CommandSpec command(Blrc blrc) {
    ReplayTrace self = new ReplayTrace(blrc);
    return self.spec
        .to(Arguments.command(self, "Compare the update with a recorded trajectory."))
        .addOption(self.traceFile)
        .addOption(self.backEnd)
        .addOption(self.precision)
        .addOption(self.tolerance)
        .addOption(self.output);
  }

  @Override
  public Integer call() throws SpecException, IOException {
    BackEnd chosen = backEnd.getValue();
    Dtype dtype = precision.getValue();
    Double limit = tolerance.getValue();
    if (chosen == BackEnd.REFERENCE && dtype == Dtype.F32) {
      throw usage("the reference back end computes in f64 only; use --backend java");
    }
    if (chosen == BackEnd.CUDA_HOST && !HostKernels.isAvailable()) {
      throw usage("there is no g++, which the back end cuda-host compiles kernels with");
    }
    if (limit != null && !(limit > 0 && Double.isFinite(limit))) {
      throw usage("the tolerance has to be positive");
    }
    Unit unit = spec.read(blrc);
    Declaration.Optimizer optimizer = spec.one(unit);
    Program program = Deriver.derive(unit, optimizer).program();
    Trace trace = Trace.read(traceFile.getValue());
    Replay replay = Replay.of(trace, program);
    ReplayResult result = run(replay, create(chosen, dtype, optimizer, program, trace), limit);
    blrc.out().print(ReplayReport.text(result));
    Path file = output.getValue();
    if (file != null) {
      OutputFile.write(file, ReplayReport.json(result));
    }
    return result.agrees() ? ExitCode.OK : ExitCode.DISAGREEMENT;
  }

  private static ReplayResult run(Replay replay, Optimizer<?> optimizer, Double limit)
      throws SpecException {
    try {
      return replay.run(
          optimizer, limit == null ? OptionalDouble.empty() : OptionalDouble.of(limit));
    } catch (OutOfDomainException left) {
      throw new SpecException(
          List.of(
              new Diagnostic(
                  Code.TRACE,
                  "with the answers of the trace, " + left.getMessage(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of("declare `" + left.state() + "` with a domain that it stays in"))));
    }
  }

  private static Optimizer<?> create(
      BackEnd backEnd,
      Dtype precision,
      Declaration.Optimizer optimizer,
      Program program,
      Trace trace)
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
      case CUDA_HOST ->
          switch (precision) {
            case F64 ->
                MirroredOptimizer.doubles(onHost(optimizer, program, Numbers.DOUBLE, trace));
            case F32 -> MirroredOptimizer.floats(onHost(optimizer, program, Numbers.FLOAT, trace));
          };
    };
  }

  private static CudaOptimizer onHost(
      Declaration.Optimizer optimizer, Program program, Numbers numbers, Trace trace)
      throws SpecException {
    return Executable.launcher(optimizer, program, numbers)
        .create(new HostDevice(), trace.dimension(), trace.hyperParameters(), trace.initialState());
  }

  private ParameterException usage(String message) {
    return new ParameterException(output.command().commandLine(), message);
  }
}
