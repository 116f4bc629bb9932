package org.blrc.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.blrc.check.Checker;
import org.blrc.derive.Deriver;
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
import org.blrc.replay.ReplayReport;
import org.blrc.replay.ReplayResult;
import org.blrc.replay.Trace;
import org.blrc.runtime.cuda.CudaOptimizer;
import org.blrc.runtime.cuda.MirroredOptimizer;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is derived from the zoo's specs against recorded trajectories, on every back end. */
final class ConformanceTest {

  private static final Path BASE = Path.of(System.getProperty("basedir", "."));

  private static final Map<String, String> TRACES =
      Map.ofEntries(
          Map.entry("gd", "gd"),
          Map.entry("sgd", "torch_sgd_plain_quadratic"),
          Map.entry("newton-diagonal", "newton-diagonal"),
          Map.entry("rmsprop", "torch_rmsprop_default_quadratic"),
          Map.entry("adam", "torch_adam_default_quadratic"),
          Map.entry("ogn", "ogn"),
          Map.entry("vogn", "vogn_default_quadratic"),
          Map.entry("vprop", "vprop_default_quadratic"),
          Map.entry("vadam", "vadam_default_quadratic"),
          Map.entry("ivon", "ivon_price_quadratic"),
          Map.entry("ivon-squared", "ivon_gradsq_quadratic"));

  static Stream<String> specs() {
    return TRACES.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void referenceReachesWhatWasRecorded(String spec) throws SpecException {
    Program program = derive(spec);
    assertEquals(List.of(), ProgramVerifier.problems(program));
    Replay replay = replay(spec, program);
    agrees(
        replay.run(
            new ReferenceOptimizer(program, replay.dimension(), replay.hyperParameters()),
            OptionalDouble.empty()));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void emittedJavaReachesWhatWasRecorded(String spec) throws SpecException {
    Program program = derive(spec);
    CompiledProgram compiled = CompiledProgram.of(program);
    Replay replay = replay(spec, program);
    Map<String, double[]> zeros = zeros(program, replay.dimension());
    agrees(
        replay.run(
            compiled.doubles(replay.dimension(), replay.hyperParameters(), zeros),
            OptionalDouble.empty()));
    agrees(
        replay.run(
            compiled.floats(replay.dimension(), replay.hyperParameters(), zeros),
            OptionalDouble.empty()));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void kernelsReachWhatWasRecorded(String spec) throws SpecException {
    assumeTrue(HostKernels.isAvailable(), "there is no g++ to compile kernels for this processor");
    Program program = derive(spec);
    Replay replay = replay(spec, program);
    Map<String, double[]> zeros = zeros(program, replay.dimension());
    try (HostDevice device = new HostDevice()) {
      for (Precision precision : Precision.values()) {
        CudaOptimizer optimizer =
            CompiledLauncher.of(CudaBackEnd.emit(program, precision, List.of(spec)))
                .create(device, replay.dimension(), replay.hyperParameters(), zeros);
        try (MirroredOptimizer<?> mirrored =
            precision == Precision.DOUBLE
                ? MirroredOptimizer.doubles(optimizer)
                : MirroredOptimizer.floats(optimizer)) {
          agrees(replay.run(mirrored, OptionalDouble.empty()));
        }
      }
    }
  }

  /** A replay sets the states itself; what has no initial value only has to be there. */
  private static Map<String, double[]> zeros(Program program, int dimension) {
    return program.states().stream()
        .filter(state -> state.initial().isEmpty())
        .collect(Collectors.toMap(Program.State::name, _ -> new double[dimension]));
  }

  private static void agrees(ReplayResult result) {
    assertTrue(result.agrees(), ReplayReport.text(result));
  }

  private static Replay replay(String spec, Program program) throws SpecException {
    Path folder = BASE.resolve("src/test/resources/conformance");
    return Replay.of(Trace.read(folder.resolve(TRACES.get(spec) + ".json")), program);
  }

  private static Program derive(String spec) throws SpecException {
    Path file = BASE.resolve("../specs/zoo").resolve(spec + ".blr");
    Unit unit = Checker.read(file.toString());
    return Deriver.derive(unit, unit.optimizers().getFirst()).program();
  }
}
