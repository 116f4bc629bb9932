package org.blrc.syntax;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.blrc.grammar.BlrParser;
import org.blrc.symbolic.Rational;
import org.blrc.syntax.Declaration.Domain;
import org.blrc.syntax.Declaration.Draw;
import org.blrc.syntax.Declaration.Listed;
import org.blrc.syntax.Declaration.NamedTerm;
import org.blrc.syntax.Declaration.Parameter;
import org.blrc.syntax.Declaration.Sampler;
import org.blrc.syntax.Declaration.Template;

/** Turns the parse tree of a family into a record. */
final class FamilyBuilder {

  private final TermBuilder terms;
  private final BlrParser.FamilyDeclContext context;
  private final Clauses clauses;

  private Optional<Domain> support = Optional.empty();
  private Optional<List<Listed>> statistics = Optional.empty();
  private Optional<List<Listed>> natural = Optional.empty();
  private Optional<Term> logPartition = Optional.empty();
  private Optional<Term> baseMeasure = Optional.empty();
  private Optional<Sampler> sampler = Optional.empty();
  private Optional<Term> cdf = Optional.empty();
  private List<NamedTerm> identity = List.of();

  FamilyBuilder(TermBuilder terms, BlrParser.FamilyDeclContext context) {
    this.terms = terms;
    this.context = context;
    this.clauses = new Clauses(terms, terms.name(context.ID(0)));
  }

  /** Empty where a clause is missing, or where a family of one size does not hold together. */
  Optional<Declaration> build() {
    for (BlrParser.FamilyClauseContext clause : context.familyClause()) {
      if (clauses.once(clause)) {
        read(clause);
      }
    }
    clauses.required("support", support, "say where the variable lies, as in `support real`");
    if (!identity.isEmpty()) {
      return group();
    }
    clauses.required(
        "statistics", statistics, "list the sufficient statistics, as in `statistics x, x^2`");
    clauses.required("natural", natural, "give one natural parameter for each statistic");
    clauses.required(
        "log_partition", logPartition, "give the log-partition over the family's parameters");
    if (support.isEmpty() || statistics.isEmpty() || natural.isEmpty() || logPartition.isEmpty()) {
      return Optional.empty();
    }
    return made(statistics.get(), natural.get(), logPartition.get());
  }

  /** The family of a group has a sampler in place of what says what its density is. */
  private Optional<Declaration> group() {
    clauses.required(
        "sample", sampler, "say how the group moves noise, as in `sample a * x with x ~ Uniform`");
    for (BlrParser.FamilyClauseContext clause : context.familyClause()) {
      switch (clause) {
        case BlrParser.SupportClauseContext _,
            BlrParser.SampleClauseContext _,
            BlrParser.IdentityClauseContext _ -> {}
        default ->
            terms.report(
                Diagnostic.at(
                        terms.span(clause.getStart()),
                        Code.FAMILY,
                        "a family with an `identity` has no `%s`"
                            .formatted(clause.getStart().getText()))
                    .withHint(
                        "its density follows from `sample`; an exponential family has no"
                            + " `identity`"));
      }
    }
    return support.isEmpty() || sampler.isEmpty()
        ? Optional.empty()
        : made(
            List.of(),
            List.of(),
            new Term.Literal(identity.getFirst().name().span(), Rational.ZERO));
  }

  private Optional<Declaration> made(
      List<Listed> ofStatistics, List<Listed> ofNatural, Term ofLogPartition) {
    Template template =
        new Template(
            terms.span(context),
            terms.name(context.ID(0)),
            Optional.ofNullable(context.size).map(terms::name),
            context.parameter().stream().map(this::parameter).toList(),
            support.orElseThrow(),
            ofStatistics,
            ofNatural,
            ofLogPartition,
            baseMeasure,
            sampler,
            cdf,
            identity);
    return template.size().isPresent()
        ? Optional.of(template)
        : Templates.family(template, terms::report).map(Function.identity());
  }

  /** A way to draw, as written in a family or a rule. */
  static Sampler sampler(
      TermBuilder terms,
      ParserRuleContext context,
      List<Listed> values,
      List<BlrParser.DrawContext> draws) {
    return new Sampler(
        terms.span(context), values, draws.stream().map(draw -> draw(terms, draw)).toList());
  }

  static Draw draw(TermBuilder terms, BlrParser.DrawContext draw) {
    return new Draw(
        terms.span(draw),
        terms.name(draw.ID(0)),
        Optional.ofNullable(draw.count).map(terms::term),
        terms.name(draw.ID(1)));
  }

  private Parameter parameter(BlrParser.ParameterContext parameter) {
    return new Parameter(
        terms.name(parameter.ID()),
        Optional.ofNullable(parameter.count).map(terms::term),
        DomainBuilder.domain(terms, parameter.domain()),
        parameter.FIXED() != null);
  }

  private void read(BlrParser.FamilyClauseContext clause) {
    switch (clause) {
      case BlrParser.SupportClauseContext ctx ->
          support = Optional.of(DomainBuilder.domain(terms, ctx.domain()));
      case BlrParser.StatisticsClauseContext ctx ->
          statistics = Optional.of(terms.listed(ctx.listed()));
      case BlrParser.NaturalClauseContext ctx -> natural = Optional.of(terms.listed(ctx.listed()));
      case BlrParser.LogPartitionClauseContext ctx ->
          logPartition = Optional.of(terms.term(ctx.expr()));
      case BlrParser.BaseMeasureClauseContext ctx ->
          baseMeasure = Optional.of(terms.term(ctx.expr()));
      case BlrParser.SampleClauseContext ctx ->
          sampler = Optional.of(sampler(terms, ctx, terms.listed(ctx.listed()), ctx.draw()));
      case BlrParser.CdfClauseContext ctx -> cdf = Optional.of(terms.term(ctx.expr()));
      case BlrParser.IdentityClauseContext ctx ->
          identity =
              ctx.namedArgument().stream()
                  .map(each -> new NamedTerm(terms.name(each.ID()), terms.term(each.expr())))
                  .toList();
      default -> throw new IllegalStateException("not in the grammar: " + clause.getClass());
    }
  }
}
