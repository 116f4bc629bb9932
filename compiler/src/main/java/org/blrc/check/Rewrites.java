package org.blrc.check;

import java.util.Map;
import java.util.Set;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration.Action.Rewrite;
import org.blrc.syntax.Span;
import org.blrc.syntax.Term;

/** Checks rewrites: what the left side binds, and that the right side uses nothing else. */
final class Rewrites {

  private final Report report;
  private final Expressions expressions;

  Rewrites(Report report) {
    this.report = report;
    this.expressions = new Expressions(report);
  }

  /** Checks a rewrite where these names are known. */
  void check(Rewrite rewrite, Names around) {
    Names names = around.inUpdate();
    rewrite.scope().ifPresent(scope -> new Kinds(report).state(scope.state(), names));
    Map<String, Meaning> bound = PatternNames.of(rewrite.from(), names);
    Names inside = names.with(bound);
    expressions.check(rewrite.from(), inside);
    expressions.check(rewrite.to(), inside);
    pattern(rewrite, names, bound);
  }

  private void pattern(Rewrite rewrite, Names names, Map<String, Meaning> bound) {
    Term from = rewrite.from();
    Set<String> mentioned = TermNames.all(from);
    boolean constant = from instanceof Term.Literal || Vocabulary.CONSTANTS.containsAll(mentioned);
    boolean matchesAll =
        rewrite.scope().isEmpty()
            && from instanceof Term.Reference(Span _, String name)
            && bound.containsKey(name);
    if (constant && !(from instanceof Term.Expectation)) {
      report.add(
          from.span(),
          Code.PATTERN,
          "the left side `%s` is a constant, which stands for no part of the update"
              .formatted(from.span().excerpt()));
    } else if (matchesAll) {
      report.unknown(
          from.span(),
          Code.PATTERN,
          "`%s` is not declared, so this left side would match anything"
              .formatted(from.span().excerpt()),
          from.span().excerpt(),
          names.candidates());
    }
  }
}
