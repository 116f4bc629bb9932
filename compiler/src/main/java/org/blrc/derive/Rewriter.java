package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Solver;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Code;
import org.blrc.syntax.Term;

/** Applies one rewrite to expressions, outermost places first, and keeps what it replaced. */
final class Rewriter {

  private final Pattern pattern;
  private final Term from;
  private final Term to;
  private final Lowering lowering;
  private final UnaryOperator<Expr> form;
  private final List<Replacement> replacements = new ArrayList<>();

  /**
   * A rewrite.
   *
   * @param form brings what was changed to the form that equations have between passes
   */
  Rewriter(Term from, Term to, Lowering lowering, UnaryOperator<Expr> form) {
    this.pattern = PatternCompiler.compile(from, lowering);
    this.from = from;
    this.to = to;
    this.lowering = lowering;
    this.form = form;
  }

  /** What was replaced so far, place by place. */
  List<Replacement> replacements() {
    return replacements;
  }

  Pattern pattern() {
    return pattern;
  }

  /** The expression with every match replaced; what was put in is not searched again. */
  Expr apply(Expr expr) {
    int before = replacements.size();
    Expr changed = expr;
    if (pattern instanceof Pattern.Exactly(Expr what) && !(what instanceof Expr.Sym)) {
      changed = replaceExpression(what, expr);
    }
    if (replacements.size() == before) {
      changed = rewrite(expr, RuleNoise::drawn);
    }
    return replacements.size() == before ? expr : form.apply(changed);
  }

  /** What takes the place of an expression that the pattern matches as a whole. */
  Expr replaceAll(Expr whole) {
    Expr replacement = form.apply(RuleNoise.drawn(replacement(Bindings.NONE)));
    replacements.add(new Replacement(whole, replacement));
    return replacement;
  }

  /**
   * @param placed what becomes of an expression that is put where this one stands
   */
  private Expr rewrite(Expr expr, UnaryOperator<Expr> placed) {
    List<Expr> results =
        Matcher.match(pattern, expr).stream()
            .map(match -> placed.apply(match.rest().join(replacement(match.bindings()))))
            .toList();
    if (results.isEmpty()) {
      UnaryOperator<Expr> inside = RuleNoise.within(expr, placed);
      return Walk.mapChildren(expr, child -> rewrite(child, inside));
    }
    Expr first = results.getFirst();
    if (!results.stream().allMatch(other -> Normal.equal(first, other))) {
      throw Failure.at(
              from.span(),
              Code.AMBIGUOUS,
              "`" + from.span().text() + "` matches in more than one way")
          .note("in: " + ExprPrinter.TEXT.print(expr))
          .hint("name what should stay, so that only one way is left");
    }
    replacements.add(new Replacement(expr, first));
    return first;
  }

  private Expr replacement(Bindings bindings) {
    Scope scope = lowering.scope().with(bindings.values());
    Lowering inner = lowering.in(scope);
    if (bindings.place().isPresent()) {
      Bindings.Place place = bindings.place().get();
      inner =
          new Lowering(
              scope,
              lowering.variable(),
              lowering.connection(),
              function -> function.apply(place.example(), place.point()));
    }
    return inner.expr(to);
  }

  /**
   * Replaces a whole expression under any scaling: {@code what = replacement} is solved for one of
   * its atoms, which is then put in everywhere.
   */
  private Expr replaceExpression(Expr what, Expr expr) {
    Expr replacement = RuleNoise.drawn(replacement(Bindings.NONE));
    Expr placeholder =
        new Expr.Sym(
            Expr.Sym.Kind.META, "placeholder", Integer.MAX_VALUE, org.blrc.symbolic.Domain.REAL);
    for (Expr atom : Atoms.byOpacity(what)) {
      Expr around = SingleDraws.apart(expr, atom);
      if (!Walk.contains(around, atom)) {
        continue;
      }
      Optional<Expr> solved = Solver.solveLinear(Exprs.subtract(what, placeholder), atom);
      if (solved.isEmpty()) {
        continue;
      }
      Expr changed = Normal.tidy(Walk.substitute(around, atom, solved.get()));
      if (Walk.contains(changed, placeholder) && !Walk.contains(changed, atom)) {
        replacements.add(new Replacement(what, replacement));
        return Walk.substitute(changed, placeholder, replacement);
      }
    }
    return expr;
  }
}
