package org.blrc.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.blrc.program.Program;
import org.blrc.program.Program.CoordinateSum;
import org.blrc.symbolic.ExprPrinter;
import org.junit.jupiter.api.Test;

/** Rules with norms over all coordinates: what the program sums up, and when. */
final class NormRulesTest {

  private static Program program(String approximations) {
    return Specs.derive(
            """
            optimizer O {
              hyper      alpha: positive%s
              state      m: real
              posterior  each theta ~ Normal(mean = m, precision = 1)
              loss       ell(theta)
              rate       alpha
              approximate
                %s
            }
            """
                .formatted(
                    (approximations.contains("beta") ? ", beta: unit" : "")
                        + (approximations.contains("(c") || approximations.contains(" c ")
                            ? ", c: positive"
                            : ""),
                    approximations))
        .program();
  }

  private static List<String> sums(Program program) {
    return program.sums().stream().map(NormRulesTest::print).toList();
  }

  private static String print(CoordinateSum sum) {
    return sum.after() + ": " + ExprPrinter.TEXT.print(sum.body());
  }

  private static String update(Program program) {
    return ExprPrinter.TEXT.print(program.withSumsWritten(program.update().getLast().value()));
  }

  @Test
  void aWholeDirectionIsClipped() {
    Program program = program("delta_method, in direction of m: x ~> x * min(1, c / norm(x))");
    assertEquals(List.of("1: g^2"), sums(program));
    assertEquals("m - alpha*g*min(1, c/norm(g))", update(program));
  }

  /** Sums come before the update, so that new values are written out in them. */
  @Test
  void newValuesAreWrittenOut() {
    Program program = program("delta_method, momentum(grad(ell), beta) of m, clip_norm(c) of m");
    assertEquals(List.of("1: (beta*v + (1 - beta)*g)^2"), sums(program));
    assertEquals("m - alpha*new(v)*min(1, c/norm(beta*v + (1 - beta)*g))", update(program));
  }

  @Test
  void theNormOfAMeanOverDrawsIsTakenAfterThem() {
    Program program = program("monte_carlo(samples = 3), clip_norm(c) of m");
    assertEquals(List.of("2: mean_g^2"), sums(program));
  }

  @Test
  void theNormOfADrawsAnswerIsTakenInTheDraw() {
    Program program =
        program(
            "monte_carlo(samples = 3), grad(f)(x) ~> grad(f)(x) * min(1, c / norm(grad(f)(x)))");
    assertEquals(List.of("1: g^2"), sums(program));
    assertEquals(
        "g*min(1, c/norm(g))",
        ExprPrinter.TEXT.print(program.withSumsWritten(program.accumulators().getFirst().body())));
  }

  @Test
  void aNormMayBePartOfANorm() {
    Program program = program("delta_method, in direction of m: x ~> x / norm(x + m / norm(m))");
    assertEquals(List.of("0: m^2", "1: (m/sqrt(sum) + g)^2"), sums(program));
  }

  @Test
  void whatIsTheSameForAllCoordinatesComesOutOfANorm() {
    Program program =
        program("delta_method, in direction of m: x ~> x * norm(x * norm(m)) / norm(-2 * x)");
    assertEquals(List.of("0: m^2"), sums(program));
    assertEquals("m - alpha*g*norm(m)/2", update(program));
  }

  /** Groups of coordinates may have values of their own. */
  @Test
  void hyperParametersStayInsideANorm() {
    Program program = program("delta_method, in direction of m: x ~> x / norm(c * x)");
    assertEquals(List.of("1: c^2*g^2"), sums(program));
  }
}
