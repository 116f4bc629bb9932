package org.blrc.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.blrc.check.Checker;
import org.blrc.derive.Derivation;
import org.blrc.derive.Deriver;
import org.blrc.diff.Differ;
import org.blrc.diff.Subject;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.cuda.CudaBackEnd;
import org.blrc.emit.java.Emission;
import org.blrc.emit.java.EmitOptions;
import org.blrc.emit.java.GeneratedFile;
import org.blrc.emit.java.InMemoryCompiler;
import org.blrc.emit.java.JavaBackEnd;
import org.blrc.emit.java.LauncherBackEnd;
import org.blrc.emit.report.DiffText;
import org.blrc.emit.report.TextReport;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;
import org.junit.jupiter.api.Test;

/** What the readme shows is what the compiler does. */
final class ReadmeTest {

  private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");
  private static final Path SPEC = ROOT.resolve("specs/zoo/rmsprop.blr");

  @Test
  void showsTheSpecOfTheZoo() throws IOException {
    String shown = block("blr", 0);
    assertTrue(Files.readString(SPEC).endsWith(shown), shown);
  }

  @Test
  void showsLinesOfTheDerivation() throws IOException, SpecException {
    String report = new TextReport().write(derivation());
    List<String> lines = block("", 0).lines().filter(line -> !line.equals("...")).toList();
    assertTrue(lines.size() > 5);
    lines.forEach(line -> assertTrue(report.contains(line + "\n"), line));
  }

  @Test
  void showsLinesOfAComparison() throws IOException, SpecException {
    String report = DiffText.write(Differ.compare(subject("ogn"), subject("vogn")));
    List<String> lines = block("", 1).lines().filter(line -> !line.equals("...")).toList();
    assertTrue(lines.size() > 5);
    lines.forEach(line -> assertTrue(report.contains(line + "\n"), line));
  }

  @Test
  void showsTheEmittedLoop() throws IOException, SpecException {
    EmitOptions options = new EmitOptions("my.optimizers", "RMSprop", "blrc", List.of());
    Emission emission = JavaBackEnd.emit(derivation().program(), options);
    String emitted = ((Emission.Emitted) emission).files().getLast().text();
    assertTrue(emitted.contains("class RMSpropFloat"));
    assertTrue(emitted.contains(block("java", 0).indent(4)), emitted);
  }

  /** In a method that has what it takes for granted. */
  @Test
  void showsHowAnOptimizerOnAGpuIsUsed() throws IOException, SpecException {
    EmitOptions options = new EmitOptions("my.optimizers", "IVON", "blrc", List.of());
    GeneratedFile launcher =
        LauncherBackEnd.emit(
            CudaBackEnd.emit(
                subject("ivon").derivation().program(), Precision.FLOAT, List.of("Test.")),
            options);
    String use =
        """
        package my.optimizers;

        import org.blrc.runtime.cuda.CudaDevice;
        import org.blrc.runtime.cuda.DeviceArray;

        abstract class Use {
          boolean training;

          abstract void backward();

          void train(
              long stream, float[] initial, long[] lengths, long[] weights, long[] gradients) {
        %s  }
        }
        """
            .formatted(block("java", 2).indent(4));
    InMemoryCompiler.load(List.of(launcher, new GeneratedFile("my/optimizers/Use.java", use)));
  }

  private static Derivation derivation() throws SpecException {
    return subject("rmsprop").derivation();
  }

  private static Subject subject(String name) throws SpecException {
    Path spec = ROOT.resolve("specs/zoo/" + name + ".blr");
    Unit unit = Checker.read(spec.toString());
    assertEquals(1, unit.optimizers().size());
    Optimizer optimizer = unit.optimizers().getFirst();
    return new Subject(spec.toString(), optimizer, Deriver.derive(unit, optimizer));
  }

  /** The text of the n-th block with an info string. */
  private static String block(String info, int index) throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    List<String> blocks =
        Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$")
            .matcher(readme)
            .results()
            .filter(match -> match.group(1).equals(info))
            .map((MatchResult match) -> match.group(2))
            .toList();
    return blocks.get(index);
  }
}
