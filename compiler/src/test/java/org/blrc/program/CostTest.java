package org.blrc.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.blrc.check.Checker;
import org.blrc.derive.Deriver;
import org.blrc.program.Pass.Array;
import org.blrc.program.Program.AnswerKind;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Costs against counts made by hand from the published equations. */
final class CostTest {

  @TempDir private Path folder;

  /**
   * Arrays read and written, at 4 bytes: p, g / p for gradient descent, and so on. Newton's step is
   * looked at before it is made, for which s and H are read once more.
   */
  @ParameterizedTest
  @CsvSource({
    "gd, 12, 4",
    "sgd, 20, 8",
    "rmsprop, 20, 8",
    "adam, 28, 12",
    "newton-diagonal, 32, 8",
    "vprop, 32, 12",
    "vadam, 40, 16",
    "ivon, 40, 16",
    "ivon-squared, 40, 16",
  })
  void bytesAreThoseOfTheFusedMinimum(String spec, int moved, int held) throws SpecException {
    Cost cost = Cost.of(zoo(spec));
    assertEquals(new Bytes(moved, 0), cost.step().bytes());
    assertEquals(new Bytes(held, 0), Bytes.of(cost.held()));
    assertTrue(cost.furtherDraw().isEmpty());
  }

  /**
   * The usual count for VOGN with momentum is 44: the mean gradient and the mean square come as two
   * arrays. Here the update reads the gradients of the single examples instead.
   */
  @Test
  void examplesAreReadOneByOne() throws IOException, SpecException {
    String text =
        Files.readString(path("vogn"))
            .replace("monte_carlo", "momentum(grad(ell), 0.9) of m\n monte_carlo");
    Cost cost = Cost.of(derive(Files.writeString(folder.resolve("momentum.blr"), text)));
    assertEquals(new Bytes(44 - 2 * 4, 4), cost.step().bytes());
    assertEquals(new Bytes(28, 4), Cost.of(zoo("vogn")).step().bytes());
  }

  /** Sample mu, s; ascent mu, s, g1; update mu, m, s, g1, g2; the first gradient is kept. */
  @Test
  void everyPhaseIsAPass() {
    Cost cost = Cost.of(ZooPrograms.bsam());
    assertEquals(
        List.of(12, 16, 32),
        cost.step().passes().stream().map(pass -> pass.bytes().each()).toList());
    assertEquals(2, cost.step().evaluations().size());
    assertEquals(new Bytes(20, 0), Bytes.of(cost.held()));
    assertTrue(cost.held().contains(new Array(Array.Kind.ANSWER, "g1")));
  }

  /**
   * What sums are made of is read once for all that are due at once, but not before it is known.
   */
  @Test
  void sumsAreTakenTogether() {
    ProgramBuilder b = new ProgramBuilder("Test");
    Sym m = b.state("m");
    Sym s = b.state("s");
    Sym first = b.sum("first", Exprs.mul(m, s), 0);
    Sym second = b.sum("second", Exprs.square(m), 0);
    Sym needy = b.sum("needy", Exprs.mul(m, first), 0);
    Sym g = b.ask(Exprs.mul(m, needy), AnswerKind.GRADIENT, "g");
    Sym late = b.sum("late", Exprs.mul(m, g), 1);
    b.update(m, Exprs.mul(g, Exprs.add(second, late)));
    Cost cost = Cost.of(b.build(m));
    List<Pass> passes =
        cost.step().passes().stream()
            .filter(pass -> pass.purpose() instanceof Pass.Purpose.Sums)
            .toList();
    assertEquals(
        List.of(
            new Pass.Purpose.Sums(List.of("first", "second")),
            new Pass.Purpose.Sums(List.of("needy")),
            new Pass.Purpose.Sums(List.of("late"))),
        passes.stream().map(Pass::purpose).toList());
    assertEquals(List.of(8, 4, 8), passes.stream().map(pass -> pass.bytes().each()).toList());
  }

  /** A draw more: 12 for its point, and g, two sums / two sums. */
  @Test
  void furtherDrawsAreAccumulated() throws IOException, SpecException {
    String text = Files.readString(path("ivon"));
    String drawing =
        text.replace("samples = 1", "samples = K").replace("hyper ", "hyper K: [1, 9], ");
    Cost cost = Cost.of(derive(Files.writeString(folder.resolve("draws.blr"), drawing)));
    assertEquals(new Bytes(40, 0), cost.step().bytes());
    Cost.Work further = cost.furtherDraw().orElseThrow();
    assertEquals(new Bytes(32, 0), further.bytes());
    assertEquals(1, further.distinctNoises());
    assertEquals(2, further.noises());
    assertEquals(new Bytes(8, 0), Bytes.of(cost.heldForDraws()));
    // Point: h + delta, N *, square root, division, m +; then eps g, and both sums.
    assertEquals(new Operations(4, 2, 1, 1, 0, 0), further.operations());
  }

  @Test
  void noiseIsMadeAgainWhereItIsNeededAgain() throws SpecException {
    assertEquals(2, Cost.of(zoo("ivon")).step().noises());
    assertEquals(1, Cost.of(zoo("ivon")).step().distinctNoises());
    assertEquals(1, Cost.of(zoo("vogn")).step().noises());
    assertEquals(0, Cost.of(zoo("adam")).step().noises());
  }

  @Test
  void theMeanIsWrittenBackOnlyWhereThePointDiffersFromIt() throws SpecException {
    assertEquals(new Bytes(4, 0), Cost.of(zoo("ivon")).rest());
    assertEquals(Bytes.NONE, Cost.of(zoo("adam")).rest());
  }

  /**
   * Counted by hand. RMSprop: (1-rho)*s, rho*g*g, alpha*g; three sums; one root, one quotient.
   * IVON: the point takes (h + delta), N*, root, quotient, sum; the update computes N*(h + delta)
   * and its root again. VOGN: the means over the minibatch take a product each and, for each
   * example, two sums and a square.
   */
  @ParameterizedTest
  @CsvSource({
    "gd, 1, 1, 0, 0, 0, 0",
    "rmsprop, 3, 4, 1, 1, 0, 0",
    "adam, 4, 7, 1, 1, 0, 0",
    "ivon, 10, 12, 3, 2, 0, 2",
    "vogn, 6, 7, 2, 1, 0, 0",
  })
  void operationsAreThoseOfTheEquations(
      String spec, int sums, int products, int quotients, int roots, int functions, int selections)
      throws SpecException {
    assertEquals(
        new Operations(sums, products, quotients, roots, functions, selections),
        Cost.of(zoo(spec)).step().operations());
  }

  @Test
  void operationsOnExamplesAreCountedForEachExample() throws SpecException {
    assertEquals(new Operations(2, 1, 0, 0, 0, 0), Cost.of(zoo("vogn")).step().perExample());
    assertEquals(Operations.NONE, Cost.of(zoo("adam")).step().perExample());
  }

  static Program zoo(String name) throws SpecException {
    return derive(path(name));
  }

  private static Path path(String name) {
    return Path.of("..", "specs", "zoo", name + ".blr");
  }

  private static Program derive(Path file) throws SpecException {
    Unit unit = Checker.read(file.toString());
    return Deriver.derive(unit, unit.optimizers().getFirst()).program();
  }
}
