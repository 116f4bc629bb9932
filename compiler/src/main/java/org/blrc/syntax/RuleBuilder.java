package org.blrc.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.blrc.grammar.BlrLexer;
import org.blrc.grammar.BlrParser;
import org.blrc.syntax.Declaration.Action;
import org.blrc.syntax.Declaration.Listed;
import org.blrc.syntax.Declaration.Rule;
import org.blrc.syntax.Declaration.RuleParameter;
import org.blrc.syntax.Declaration.Scope;
import org.blrc.syntax.Declaration.Subject;
import org.blrc.syntax.Term.Name;

/** Turns the parse trees of rules and rewrites into records. */
final class RuleBuilder {

  private final TermBuilder terms;

  RuleBuilder(TermBuilder terms) {
    this.terms = terms;
  }

  /** Empty where an entry makes no sense. */
  Optional<Declaration> build(BlrParser.RuleDeclContext context) {
    Name name = terms.name(context.ID(0));
    Clauses clauses = new Clauses(terms, name);
    Optional<Name> grade = Optional.empty();
    Optional<String> source = Optional.empty();
    List<Action> actions = new ArrayList<>();
    boolean whole = true;
    for (BlrParser.RuleEntryContext entry : context.ruleEntry()) {
      switch (entry.ruleClause()) {
        case BlrParser.GradeClauseContext ctx -> {
          grade = clauses.once(ctx) ? Optional.of(terms.name(ctx.ID())) : grade;
        }
        case BlrParser.SourceClauseContext ctx -> {
          source = clauses.once(ctx) ? Optional.of(TermBuilder.string(ctx.STRING())) : source;
        }
        case BlrParser.RuleStateClauseContext ctx ->
            ctx.declaration().stream()
                .map(d -> DomainBuilder.variable(terms, d))
                .map(variable -> new Action.AddState(variable.span(), variable))
                .forEach(actions::add);
        case BlrParser.NoiseClauseContext ctx ->
            ctx.draw().stream()
                .map(draw -> FamilyBuilder.draw(terms, draw))
                .map(draw -> new Action.AddNoise(draw.span(), draw))
                .forEach(actions::add);
        case BlrParser.RelaxClauseContext ctx ->
            actions.add(
                new Action.Relax(
                    terms.span(ctx),
                    terms.name(ctx.ID()),
                    FamilyBuilder.sampler(
                        terms,
                        ctx,
                        List.of(new Listed(terms.term(ctx.expr()), Optional.empty())),
                        ctx.draw())));
        case BlrParser.RewriteClauseContext ctx -> {
          Optional<Action> action = action(ctx.rewrite());
          action.ifPresent(actions::add);
          whole &= action.isPresent();
        }
        default -> throw new IllegalStateException("not in the grammar: " + entry.getText());
      }
    }
    if (!whole) {
      return Optional.empty();
    }
    return Optional.of(
        new Rule(
            terms.span(context),
            name,
            parameters(context.ruleParameters()),
            Optional.ofNullable(context.target).map(terms::name),
            Optional.ofNullable(context.subject()).map(this::subject),
            grade,
            source,
            List.copyOf(actions)));
  }

  /** Empty where the part that it names does not exist. */
  Optional<Scope> scope(BlrParser.ScopeContext context) {
    if (context == null) {
      return Optional.empty();
    }
    Name part = terms.name(context.part);
    Optional<Scope.Part> known =
        Stream.of(Scope.Part.values())
            .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(part.text()))
            .findFirst();
    if (known.isEmpty()) {
      terms.report(
          Diagnostic.at(
                  part.span(), Code.SYNTAX, "`%s` is no part of an update".formatted(part.text()))
              .withHint("a scope names the `direction`, the `step` or the `update` of a state"));
    }
    return known.map(each -> new Scope(terms.span(context), each, terms.name(context.state)));
  }

  private List<RuleParameter> parameters(BlrParser.RuleParametersContext context) {
    return context == null
        ? List.of()
        : context.ruleParameter().stream()
            .map(
                p ->
                    new RuleParameter(
                        terms.name(p.ID()),
                        p.several != null,
                        Optional.ofNullable(p.expr()).map(terms::term)))
            .toList();
  }

  private Subject subject(BlrParser.SubjectContext context) {
    return new Subject(
        terms.span(context),
        terms.name(context.variable),
        Optional.ofNullable(context.family).map(terms::name),
        context.subjectParameter().stream().map(p -> terms.name(p.ID())).toList());
  }

  private Optional<Action> action(BlrParser.RewriteContext context) {
    Span span = terms.span(context);
    Term from = terms.term(context.from);
    Term to = terms.term(context.to);
    if (context.arrow.getType() == BlrLexer.REWRITES) {
      Optional<Scope> scope = scope(context.scope());
      return scope.isEmpty() && context.scope() != null
          ? Optional.empty()
          : Optional.of(new Action.Rewrite(span, scope, from, to));
    }
    if (context.scope() == null && from instanceof Term.Reference(Span at, String state)) {
      return Optional.of(new Action.Assign(span, new Name(at, state), to));
    }
    terms.report(
        Diagnostic.at(
                context.scope() == null ? from.span() : terms.span(context.scope()),
                Code.SYNTAX,
                "only a state can be assigned, as in `v <- value`")
            .withHint("a rewrite is written `from ~> to`"));
    return Optional.empty();
  }
}
