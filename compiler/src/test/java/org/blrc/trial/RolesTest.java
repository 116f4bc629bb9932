package org.blrc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.blrc.program.Program;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Rational;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Declaration.DataAxis;
import org.blrc.syntax.Declaration.NamedTerm;
import org.blrc.syntax.Declaration.Rates;
import org.blrc.syntax.SourceFile;
import org.blrc.syntax.Span;
import org.blrc.syntax.Term;
import org.blrc.syntax.Term.Name;
import org.blrc.syntax.Term.Operator;
import org.junit.jupiter.api.Test;

/** The names mean nothing: x is the mean's rate, y the precision's, z a number of examples. */
class RolesTest {

  private static final Span SPAN = new Span(new SourceFile("test.blr", ""), 0, 0);
  private static final Term LOSS =
      new Term.Apply(
          SPAN, reference("f"), List.of(new Term.Argument(Optional.empty(), reference("w"))));

  @Test
  void theRateOfTheMeansBlockIsTuned() {
    Rates rates =
        new Rates.Blocks(
            SPAN, List.of(block("p", reference("y")), block("q", times(reference("x"), number()))));
    Roles roles = Roles.of(spec(LOSS, List.of(), rates), program("q"));
    assertEquals(List.of("x"), roles.rates());
    assertEquals(Set.of(), roles.sizes());
  }

  @Test
  void aCommonRateIsTuned() {
    Roles roles =
        Roles.of(spec(LOSS, List.of(), new Rates.Common(SPAN, reference("y"))), program("q"));
    assertEquals(List.of("y"), roles.rates());
  }

  @Test
  void aConstantRateIsNotTuned() {
    Roles roles = Roles.of(spec(LOSS, List.of(), new Rates.Common(SPAN, number())), program("q"));
    assertEquals(List.of(), roles.rates());
  }

  @Test
  void theFactorOfTheLossIsASize() {
    Rates rates = new Rates.Common(SPAN, reference("x"));
    Roles roles = Roles.of(spec(times(LOSS, reference("z")), List.of(), rates), program("q"));
    assertEquals(Set.of("z"), roles.sizes());
  }

  @Test
  void aFactorWithADefaultIsNoSize() {
    Rates rates = new Rates.Common(SPAN, reference("x"));
    Roles roles = Roles.of(spec(times(LOSS, reference("y")), List.of(), rates), program("q"));
    assertEquals(Set.of(), roles.sizes());
  }

  @Test
  void theLengthOfADataAxisIsASize() {
    DataAxis axis = new DataAxis(SPAN, name("rows"), reference("z"));
    Rates rates = new Rates.Common(SPAN, number());
    assertEquals(Set.of("z"), Roles.of(spec(LOSS, List.of(axis), rates), program("q")).sizes());
  }

  private static Declaration.Optimizer spec(Term loss, List<DataAxis> data, Rates rates) {
    Declaration.Distribution posterior =
        new Declaration.Distribution(
            SPAN, name("w"), name("F"), Optional.empty(), List.of(), Optional.empty());
    return new Declaration.Optimizer(
        SPAN,
        name("O"),
        List.of(),
        List.of(),
        data,
        posterior,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        loss,
        rates,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** Hyper-parameters x, y (with a default) and z; the mean is the state {@code mean}. */
  private static Program program(String mean) {
    List<Program.Hyper> hypers =
        List.of(
            new Program.Hyper(symbol(Sym.Kind.HYPER, "x"), Optional.empty()),
            new Program.Hyper(symbol(Sym.Kind.HYPER, "y"), Optional.of(0.1)),
            new Program.Hyper(symbol(Sym.Kind.HYPER, "z"), Optional.empty()));
    return new Program(
        "O",
        hypers,
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        symbol(Sym.Kind.STATE, mean));
  }

  private static Sym symbol(Sym.Kind kind, String name) {
    return new Sym(kind, name, 0, Domain.REAL);
  }

  private static NamedTerm block(String state, Term rate) {
    return new NamedTerm(name(state), rate);
  }

  private static Term times(Term left, Term right) {
    return new Term.Binary(SPAN, Operator.MULTIPLY, left, right);
  }

  private static Term number() {
    return new Term.Literal(SPAN, Rational.ONE);
  }

  private static Term reference(String name) {
    return new Term.Reference(SPAN, name);
  }

  private static Name name(String text) {
    return new Name(SPAN, text);
  }
}
