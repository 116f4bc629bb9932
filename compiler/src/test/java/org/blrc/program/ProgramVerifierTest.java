package org.blrc.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.blrc.program.Program.AnswerKind;
import org.blrc.program.Program.Assign;
import org.blrc.program.Program.Phase;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Distribution;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Expr.Sym.Kind;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Function;
import org.junit.jupiter.api.Test;

final class ProgramVerifierTest {

  private static final Sym STRAY = new Sym(Kind.LOCAL, "stray", 99, Domain.REAL);
  private static final Expr NOISE =
      new Expr.Noise("eps", 1, Distribution.STANDARD_NORMAL, Optional.empty());

  @Test
  void programsOfPublishedAlgorithmsPass() {
    for (Program program :
        List.of(
            ZooPrograms.rmsprop(), ZooPrograms.vogn(), ZooPrograms.ivon(), ZooPrograms.bsam())) {
      assertEquals(List.of(), ProgramVerifier.problems(program));
    }
  }

  @Test
  void symbolsAreDefinedBeforeTheirUse() {
    assertProblem("undefined", updateOf((m, g) -> STRAY));
    assertProblem("undefined", updateOf((m, g) -> new Sym(Kind.NEW, "m", 0, Domain.REAL)));
    assertProblem("undefined", updateOf((m, g) -> new Sym(Kind.HYPER, "rho", 0, Domain.REAL)));
    assertProblem("undefined", updateOf((m, g) -> new Sym(Kind.CONSTANT, "e", 0, Domain.REAL)));
  }

  @Test
  void symbolsAreVisibleWhereTheyAreUsed() {
    ProgramBuilder b = new ProgramBuilder("Test");
    Sym m = b.state("m");
    b.ask(m, AnswerKind.GRADIENT, "g");
    b.scalar("c", m);
    assertProblem("scalar c may not refer to m", b.build(m));
    assertProblem("may not refer to x", updateOf((s, g) -> sym(Kind.VARIABLE, "x")));
    assertProblem("may not refer to x", updateOf((s, g) -> sym(Kind.META, "x")));
  }

  @Test
  void answersBelongToADraw() {
    ProgramBuilder b = new ProgramBuilder("Test");
    Sym m = b.state("m");
    Expr eps = b.noise("eps", Distribution.STANDARD_NORMAL);
    b.samples(Exprs.TWO);
    Sym g = b.ask(Exprs.add(m, eps), AnswerKind.GRADIENT, "g");
    b.update(m, Exprs.mul(g, eps));
    Program program = b.build(m);
    assertProblem("may not refer to g", program);
    assertProblem("noise eps outside a draw", program);
  }

  @Test
  void answersComeAfterTheirPhase() {
    ProgramBuilder b = new ProgramBuilder("Test");
    Sym m = b.state("m");
    Sym later = b.symbol(Kind.ANSWER, "g", Domain.REAL);
    b.ask(Exprs.add(m, later), AnswerKind.GRADIENT, "g");
    assertProblem("a point uses g", b.build(m));
  }

  @Test
  void sumsAreTakenWhenWhatTheyAreMadeOfIsKnown() {
    ProgramBuilder b = new ProgramBuilder("Test");
    Sym m = b.state("m");
    Sym early = b.symbol(Kind.ANSWER, "g", Domain.REAL);
    b.sum("early", early, 0);
    Sym g = b.ask(m, AnswerKind.GRADIENT, "g");
    b.sum("late", g, 2);
    Sym known = b.sum("known", g, 1);
    b.update(m, known);
    Program program = b.build(m);
    assertProblem("sum early uses g", program);
    assertProblem("sum late is computed at no time", program);
  }

  @Test
  void sumsOfOneDrawAreNoPartOfTheUpdate() {
    ProgramBuilder b = new ProgramBuilder("Test");
    Sym m = b.state("m");
    b.samples(Exprs.TWO);
    Sym g = b.ask(m, AnswerKind.GRADIENT, "g");
    Sym sum = b.sum("sum", g, 1);
    Sym mean = b.accumulate("mean", Exprs.mul(g, sum));
    b.update(m, Exprs.mul(mean, sum));
    assertProblem("the update of m uses sum", b.build(m));
  }

  @Test
  void nothingOpaqueIsLeft() {
    assertProblem(
        "still holds", updateOf((m, g) -> new Expr.Oracle("ell", 0, 1, Optional.empty(), m)));
    assertProblem("still holds", updateOf((m, g) -> new Expr.Expect(g, g)));
    assertProblem("still holds", updateOf((m, g) -> new Expr.Draw(m, Exprs.ONE)));
  }

  @Test
  void reductionsRunOverPerExampleAnswers() {
    assertProblem(
        "does not depend on the example", updateOf((m, g) -> ProgramBuilder.batchMean(m)));
    assertEquals(List.of(), ProgramVerifier.problems(perExample(ProgramBuilder::batchMean)));
    assertProblem("outside a minibatch", perExample(g -> g));
    assertProblem(
        "something else than the minibatch",
        perExample(g -> ProgramBuilder.batchMean(ProgramBuilder.batchMean(g))));
  }

  @Test
  void declarationsAreConsistent() {
    ProgramBuilder b = new ProgramBuilder("Test");
    Sym m = b.state("m");
    b.state("m");
    b.phase(new Phase(List.of(), m, List.of()));
    b.accumulate("a", Exprs.call(Function.EXP, NOISE));
    Program program = b.build(m);
    assertProblem("state m is defined twice", program);
    assertProblem("a phase asks nothing", program);
    assertProblem("noise eps undeclared", program);
  }

  @Test
  void callsHaveTheirArguments() {
    assertProblem(
        "wrong number of arguments", updateOf((m, g) -> new Expr.Call(Function.MAX, List.of(m))));
  }

  @Test
  void assignmentsGoToStatesAndLocals() {
    ProgramBuilder b = new ProgramBuilder("Test");
    Sym m = b.state("m");
    b.ask(List.of(new Assign(m, m)), m, AnswerKind.GRADIENT, "g");
    b.update(sym(Kind.STATE, "q"), m);
    b.update(m, m);
    b.update(m, m);
    Program program = b.build(m);
    assertProblem("local m is of kind STATE", program);
    assertProblem("q is assigned but is no state", program);
    assertProblem("new value m is defined twice", program);
    assertThrows(IllegalArgumentException.class, () -> ProgramVerifier.verified(program));
  }

  private static Sym sym(Kind kind, String name) {
    return new Sym(kind, name, 50, Domain.REAL);
  }

  /** A program with the state m and the mean gradient g. */
  private static Program updateOf(BiFunction<Sym, Sym, Expr> value) {
    ProgramBuilder b = new ProgramBuilder("Test");
    Sym m = b.state("m");
    Sym g = b.accumulate("g_mean", b.ask(m, AnswerKind.GRADIENT, "g"));
    b.update(m, value.apply(m, g));
    return b.build(m);
  }

  private static Program perExample(UnaryOperator<Expr> body) {
    ProgramBuilder b = new ProgramBuilder("Test");
    Sym m = b.state("m");
    b.accumulate("a", body.apply(b.ask(m, AnswerKind.PER_EXAMPLE_GRADIENTS, "g")));
    return b.build(m);
  }

  private static void assertProblem(String expected, Program program) {
    List<String> problems = ProgramVerifier.problems(program);
    assertTrue(problems.stream().anyMatch(p -> p.contains(expected)), problems.toString());
  }
}
