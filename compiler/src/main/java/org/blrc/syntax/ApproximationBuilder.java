package org.blrc.syntax;

import java.util.List;
import java.util.Optional;
import org.blrc.grammar.BlrParser;
import org.blrc.syntax.Declaration.Action.Rewrite;
import org.blrc.syntax.Declaration.Approximation;
import org.blrc.syntax.Declaration.Scope;
import org.blrc.syntax.Term.Argument;
import org.blrc.syntax.Term.Name;

/** Turns the entries of {@code approximate} into records. */
final class ApproximationBuilder {

  private final TermBuilder terms;

  ApproximationBuilder(TermBuilder terms) {
    this.terms = terms;
  }

  /** Empty where the entry is neither a rule nor a rewrite. */
  Optional<Approximation> build(BlrParser.ApproximationContext context) {
    Span span = terms.span(context);
    Optional<Name> target = Optional.ofNullable(context.target).map(terms::name);
    if (context.to != null) {
      target.ifPresent(
          name ->
              terms.report(
                  Diagnostic.at(
                          name.span(), Code.SYNTAX, "`of` belongs to a rule, not to a rewrite")
                      .withHint("a rewrite has a scope: `in direction of m: from ~> to`")));
      Term from = terms.term(context.from);
      Term to = terms.term(context.to);
      Optional<Scope> scope = new RuleBuilder(terms).scope(context.scope());
      return scope.isEmpty() && context.scope() != null
          ? Optional.empty()
          : Optional.of(new Approximation.Inline(span, new Rewrite(span, scope, from, to)));
    }
    Term from = terms.term(context.from);
    if (context.scope() != null) {
      terms.report(
          Diagnostic.at(terms.span(context.scope()), Code.SYNTAX, "a scope belongs to a rewrite")
              .withHint("write `from ~> to` after it, or name the state with `rule of m`"));
      return Optional.empty();
    }
    return switch (from) {
      case Term.Reference(Span at, String rule) ->
          Optional.of(new Approximation.Use(span, new Name(at, rule), List.of(), target));
      case Term.Apply(_, Term.Reference(Span at, String rule), List<Argument> arguments) ->
          Optional.of(new Approximation.Use(span, new Name(at, rule), arguments, target));
      default -> {
        terms.report(
            Diagnostic.at(from.span(), Code.SYNTAX, "this is neither a rule nor a rewrite")
                .withHint("name a rule, as in `delta_method`, or write a rewrite `from ~> to`"));
        yield Optional.empty();
      }
    };
  }
}
