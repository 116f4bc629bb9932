package org.blrc.emit.java;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static com.google.testing.compile.Compiler.javac;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.JavaFileObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import javax.tools.JavaFileObject;
import org.blrc.program.Program;
import org.blrc.program.Program.AnswerKind;
import org.blrc.program.ProgramBuilder;
import org.blrc.program.ZooPrograms;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Optimizer;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.junit.jupiter.api.Test;

/** What emitted classes look like and how they behave beside their arithmetic. */
class EmittedClassTest {

  private static List<GeneratedFile> emit(Program program, String... derivation) {
    EmitOptions options =
        new EmitOptions(
            "org.example", JavaBackEnd.className(program.name()), "blrc 1", List.of(derivation));
    return assertInstanceOf(Emission.Emitted.class, JavaBackEnd.emit(program, options)).files();
  }

  @Test
  void compilesWithoutWarnings() {
    List<JavaFileObject> files = new ArrayList<>();
    for (Program program : Programs.all().values()) {
      String folder = "p" + files.size();
      EmitOptions options = new EmitOptions(folder, "Emitted", "blrc 1", List.of());
      Emission emission = JavaBackEnd.emit(program, options);
      for (GeneratedFile file : assertInstanceOf(Emission.Emitted.class, emission).files()) {
        files.add(JavaFileObjects.forSourceString(className(file), file.text()));
      }
    }
    assertThat(javac().withOptions("-Xlint:all", "-Werror").compile(files))
        .succeededWithoutWarnings();
  }

  private static String className(GeneratedFile file) {
    return file.path().replace(".java", "").replace('/', '.');
  }

  @Test
  void oneFileForEachPrecision() {
    List<String> paths = emit(ZooPrograms.ivon()).stream().map(GeneratedFile::path).toList();
    assertEquals(List.of("org/example/IVONDouble.java", "org/example/IVONFloat.java"), paths);
  }

  @Test
  void theUpdateIsReadable() {
    String text = emit(Programs.rmsprop()).getLast().text();
    assertTrue(
        text.contains(
            """
                for (int i = from; i < to; i++) {
                  float g = gradient[i];
                  float sNew = oneMinusRho * s[i] + rho * g * g;
                  s[i] = sNew;
                  m[i] -= alpha * g / ((float) Math.sqrt(sNew) + delta);
                }
            """),
        text);
  }

  @Test
  void noLineIsTooLong() {
    for (Program program : Programs.all().values()) {
      for (GeneratedFile file : emit(program)) {
        file.text().lines().forEach(line -> assertTrue(line.length() <= 100, line));
      }
    }
  }

  @Test
  void theTextDependsOnNothingElse() {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    for (Program program : Programs.all().values()) {
      List<GeneratedFile> expected = emit(program);
      try {
        Locale.setDefault(Locale.forLanguageTag("tr-TR-u-nu-arab"));
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
        assertEquals(expected, emit(program));
      } finally {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
      }
    }
  }

  @Test
  void anyDerivationFitsIntoTheComment() {
    Program program = Programs.rmsprop();
    String[] lines = {"a */ b", "\\uXYZ", "{ { }", "<b> & @param $L $$", "}}", "\\u002a/", "x\ny"};
    for (GeneratedFile file : emit(program, lines)) {
      JavaFileObject source = JavaFileObjects.forSourceString(className(file), file.text());
      assertThat(javac().compile(source)).succeededWithoutWarnings();
    }
  }

  @Test
  void parametersAreTheStateWhereTheLossIsAskedThere() {
    Optimizer<float[]> optimizer =
        CompiledProgram.of(Programs.rmsprop()).floats(3, Map.of(), Map.of("m", new double[3]));
    assertSame(optimizer.state("m"), optimizer.parameters());
  }

  @Test
  void parametersAreRestoredOnEveryExit() {
    Map<String, Double> hypers =
        Map.of(
            "alpha", 0.1, "beta1", 0.9, "rho", 0.1, "r", 0.1, "wd", 0.1, "damping", 0.1, "N", 2.0);
    double[] mean = {1, 2, 3};
    Optimizer<double[]> optimizer =
        CompiledProgram.of(ZooPrograms.bsam()).doubles(3, hypers, Map.of("m", mean));
    assertNotSame(optimizer.state("m"), optimizer.parameters());
    assertThrows(
        IllegalArgumentException.class,
        () -> {
          try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
            assertTrue(optimizer.parameters()[0] != 1);
            evaluation.gradient(new double[] {1, 1, 1});
            evaluation.gradient(new double[2]);
          }
        });
    assertArrayEquals(mean, optimizer.parameters());
  }

  @Test
  void whatIsMissingIsNamed() {
    CompiledProgram compiled = CompiledProgram.of(ZooPrograms.ivon());
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class, () -> compiled.doubles(2, Map.of("N", 1.0), Map.of()));
    assertEquals(
        "IVON needs the hyper-parameter alpha and the initial values of m", e.getMessage());
  }

  @Test
  void whatDoesNotFitIsRejected() {
    CompiledProgram compiled = CompiledProgram.of(positiveState());
    Map<String, double[]> mean = Map.of("m", new double[] {1, 2});
    rejects(compiled, Map.of("rho", 1.5), mean);
    rejects(compiled, Map.of("rho", Double.NaN), mean);
    rejects(compiled, Map.of("tau", 1.0), mean);
    rejects(compiled, Map.of(), Map.of("m", new double[3]));
    rejects(compiled, Map.of(), Map.of("m", new double[2], "q", new double[2]));
    rejects(compiled, Map.of(), Map.of("m", new double[] {1, 2}, "h", new double[] {1, 0}));
    rejects(compiled, Map.of("scale", -1.0), mean);
  }

  private static void rejects(
      CompiledProgram compiled, Map<String, Double> hypers, Map<String, double[]> states) {
    assertThrows(IllegalArgumentException.class, () -> compiled.doubles(2, hypers, states));
    assertThrows(IllegalArgumentException.class, () -> compiled.floats(2, hypers, states));
  }

  /** A state that starts at a hyper-parameter of any sign, but has to be positive. */
  private static Program positiveState() {
    ProgramBuilder b = new ProgramBuilder("positive state");
    Sym rho = b.hyper("rho", Domain.UNIT, 0.5);
    Sym scale = b.hyper("scale", Domain.REAL, 2);
    Sym m = b.state("m");
    Sym g = b.ask(m, AnswerKind.GRADIENT, "g");
    b.update(m, Exprs.subtract(m, Exprs.mul(rho, g)));
    Program program = b.build(m);
    Sym h = new Sym(Sym.Kind.STATE, "h", 99, Domain.POSITIVE);
    List<Program.State> states =
        List.of(
            program.states().getFirst(),
            new Program.State(h, Optional.of(Exprs.mul(Exprs.TWO, scale))));
    return new Program(
        program.name(),
        program.hypers(),
        states,
        program.noises(),
        program.samples(),
        program.scalars(),
        program.phases(),
        program.sums(),
        program.accumulators(),
        program.update(),
        program.rest());
  }

  @Test
  void initialValuesMayDependOnHyperParameters() {
    Optimizer<double[]> optimizer =
        CompiledProgram.of(positiveState())
            .doubles(2, Map.of("scale", 3.0), Map.of("m", new double[2]));
    assertArrayEquals(new double[] {6, 6}, optimizer.state("h"));
  }
}
