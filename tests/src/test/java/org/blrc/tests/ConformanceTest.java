package org.blrc.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.cuda.CudaBackEnd;
import org.blrc.emit.cuda.HostDevice;
import org.blrc.emit.cuda.HostKernels;
import org.blrc.emit.java.CompiledLauncher;
import org.blrc.emit.java.CompiledProgram;
import org.blrc.program.Program;
import org.blrc.program.ProgramVerifier;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.replay.Replay;
import org.blrc.runtime.cuda.CudaOptimizer;
import org.blrc.runtime.cuda.MirroredOptimizer;
import org.blrc.syntax.SpecException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is derived from the zoo's specs against recorded trajectories, on every back end. */
final class ConformanceTest {

  static Stream<String> traces() throws IOException {
    return Traces.names();
  }

  @ParameterizedTest
  @MethodSource("traces")
  void referenceReachesWhatWasRecorded(String trace) throws SpecException, IOException {
    Program program = Zoo.program(Traces.spec(trace));
    assertEquals(List.of(), ProgramVerifier.problems(program));
    Replay replay = Traces.replay(trace, program);
    Traces.requireAgreement(
        replay.run(
            new ReferenceOptimizer(program, replay.dimension(), replay.hyperParameters()),
            OptionalDouble.empty()));
  }

  @ParameterizedTest
  @MethodSource("traces")
  void emittedJavaReachesWhatWasRecorded(String trace) throws SpecException, IOException {
    Program program = Zoo.program(Traces.spec(trace));
    CompiledProgram compiled = CompiledProgram.of(program);
    Replay replay = Traces.replay(trace, program);
    Map<String, double[]> zeros = Traces.zeros(program, replay.dimension());
    Traces.requireAgreement(
        replay.run(
            compiled.doubles(replay.dimension(), replay.hyperParameters(), zeros),
            OptionalDouble.empty()));
    Traces.requireAgreement(
        replay.run(
            compiled.floats(replay.dimension(), replay.hyperParameters(), zeros),
            OptionalDouble.empty()));
  }

  @ParameterizedTest
  @MethodSource("traces")
  void kernelsReachWhatWasRecorded(String trace) throws SpecException, IOException {
    assumeTrue(HostKernels.isAvailable(), "there is no g++ to compile kernels for this processor");
    Program program = Zoo.program(Traces.spec(trace));
    Replay replay = Traces.replay(trace, program);
    Map<String, double[]> zeros = Traces.zeros(program, replay.dimension());
    try (HostDevice device = new HostDevice()) {
      for (Precision precision : Precision.values()) {
        CudaOptimizer optimizer =
            CompiledLauncher.of(CudaBackEnd.emit(program, precision, List.of(trace)))
                .create(device, replay.dimension(), replay.hyperParameters(), zeros);
        try (MirroredOptimizer<?> mirrored =
            precision == Precision.DOUBLE
                ? MirroredOptimizer.doubles(optimizer)
                : MirroredOptimizer.floats(optimizer)) {
          Traces.requireAgreement(replay.run(mirrored, OptionalDouble.empty()));
        }
      }
    }
  }
}
