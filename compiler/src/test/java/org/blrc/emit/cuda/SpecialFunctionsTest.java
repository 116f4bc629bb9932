package org.blrc.emit.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.java.CompiledLauncher;
import org.blrc.program.Program.AnswerKind;
import org.blrc.program.ProgramBuilder;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.cuda.MirroredOptimizer;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The special functions of kernels against the values with sixty digits that the runtime's are. */
@Execution(ExecutionMode.CONCURRENT)
final class SpecialFunctionsTest {

  private static final Path VALUES =
      Path.of("..", "runtime", "src", "test", "resources", "org", "blrc", "runtime", "special");

  @BeforeAll
  static void needsCompiler() {
    assumeTrue(HostKernels.isAvailable(), "there is no g++ to compile kernels for this processor");
  }

  /**
   * The kind of error that is allowed: so many units in the last place; of what has zeros between
   * poles, as much as of 1 there; or, of tails, as much as is left of exp(y) and a multiple of
   * that.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "lgamma, 1, zeros, 16",
    "digamma, 1, zeros, 16",
    "trigamma, 1, places, 16",
    "polygamma, 2, order, 16",
    "erfcx, 1, places, 16",
    "ndtr, 1, places, 16",
    "log_ndtr, 1, places, 16",
    "ndtri, 1, places, 16",
    "logaddexp, 2, places, 16",
    "bessel_i0, 1, places, 16",
    "bessel_i1, 1, places, 16",
    "bessel_i0e, 1, places, 16",
    "bessel_i1e, 1, places, 16",
    "log_bessel_i0, 1, places, 16",
    "bessel_ratio, 1, places, 16",
    "bessel_ratio_slope, 1, places, 16",
    "bessel_ratio_inverse, 1, places, 16",
    "gammainc, 2, tail, 64",
    "gammaincc, 2, tail, 64",
    "gammainc_da, 2, tail, 64",
    "gammaincinv, 2, tail, 64",
    "pdtrik, 2, places, 0",
    "bessel_i0inc, 2, tail, 64",
    "bessel_i0inc_dk, 2, tail, 64",
    "bessel_i0incinv, 2, tail, 64",
    "betainc, 3, tail, 256",
  })
  void isAccurateEverywhere(String name, int arity, String kind, double allowed)
      throws IOException {
    DoubleBuffer rows =
        ByteBuffer.wrap(Files.readAllBytes(VALUES.resolve(name + ".f64"))).asDoubleBuffer();
    int count = rows.remaining() / (arity + 1);
    assertTrue(count >= 1000, name + " has only " + count + " points");
    double[][] x = new double[arity][count];
    double[] expected = new double[count];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < arity; k++) {
        x[k][i] = rows.get();
      }
      expected[i] = rows.get();
    }
    double[] found = values(Function.valueOf(name.toUpperCase(Locale.ROOT)), x, count);
    for (int i = 0; i < count; i++) {
      double unit = Math.ulp(expected[i]);
      double tolerance =
          switch (kind) {
            case "zeros" ->
                allowed * (x[0][i] < 0 ? Math.ulp(Math.max(Math.abs(expected[i]), 1)) : unit);
            case "order" -> allowed * x[0][i] * unit;
            case "tail" ->
                allowed * (1 - Math.log(Math.abs(expected[i]) / (1 + Math.abs(expected[i])))) * unit
                    + (arity == 3 ? 32 * Math.ulp(1.0) : 0);
            default -> allowed * unit;
          };
      assertEquals(expected[i], found[i], tolerance, name + " at point " + i);
    }
  }

  /** By a program whose step makes a state the value of the function. */
  private static double[] values(Function function, double[][] x, int count) {
    ProgramBuilder b = new ProgramBuilder("Test");
    Sym y = b.state("y");
    List<Expr> arguments = new ArrayList<>();
    for (int k = 0; k < x.length; k++) {
      arguments.add(b.state("x" + k));
    }
    Sym g = b.ask(y, AnswerKind.GRADIENT, "g");
    b.update(y, Exprs.add(new Expr.Call(function, arguments), Exprs.mul(Exprs.ZERO, g)));
    for (int k = 0; k < x.length; k++) {
      b.update((Sym) arguments.get(k), arguments.get(k));
    }
    Map<String, double[]> states = new HashMap<>(Map.of("y", new double[count]));
    for (int k = 0; k < x.length; k++) {
      states.put("x" + k, Arrays.copyOf(x[k], count));
    }
    CudaProgram program = CudaBackEnd.emit(b.build(y), Precision.DOUBLE, List.of("Test."));
    try (HostDevice device = new HostDevice();
        MirroredOptimizer<double[]> optimizer =
            MirroredOptimizer.doubles(
                CompiledLauncher.of(program).create(device, count, Map.of(), states))) {
      try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
        evaluation.gradient(new double[count]);
      }
      optimizer.step();
      return optimizer.state("y");
    }
  }
}
