package org.blrc.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.blrc.grammar.BlrParser;
import org.blrc.symbolic.Rational;
import org.blrc.syntax.Declaration.Approximation;
import org.blrc.syntax.Declaration.DataAxis;
import org.blrc.syntax.Declaration.Distribution;
import org.blrc.syntax.Declaration.Mixing;
import org.blrc.syntax.Declaration.NamedTerm;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.Declaration.Rates;
import org.blrc.syntax.Declaration.Variable;
import org.blrc.syntax.Term.Name;

/** Turns the parse tree of an optimizer into a record. */
final class OptimizerBuilder {

  private final TermBuilder terms;
  private final BlrParser.OptimizerDeclContext context;
  private final Name name;
  private final Clauses clauses;
  private final ApproximationBuilder approximationBuilder;

  private final List<Variable> hypers = new ArrayList<>();
  private final List<Variable> states = new ArrayList<>();
  private final List<DataAxis> data = new ArrayList<>();
  private final List<Approximation> approximations = new ArrayList<>();
  private Optional<Distribution> posterior = Optional.empty();
  private Optional<Distribution> prior = Optional.empty();
  private Optional<Term> loss = Optional.empty();
  private Optional<Rates> rates = Optional.empty();
  private Optional<Name> step = Optional.empty();
  private Optional<Name> gradient = Optional.empty();

  OptimizerBuilder(TermBuilder terms, BlrParser.OptimizerDeclContext context) {
    this.terms = terms;
    this.context = context;
    this.name = terms.name(context.ID());
    this.clauses = new Clauses(terms, name);
    this.approximationBuilder = new ApproximationBuilder(terms);
  }

  /**
   * Empty where there is no posterior; where the loss or the rate is missing, a term with an empty
   * span stands for it, so that the rest can be checked.
   */
  Optional<Declaration> build() {
    context.optimizerClause().forEach(this::read);
    clauses.required(
        "posterior", posterior, "give one, as in `posterior each theta ~ Normal(mean = m, ...)`");
    clauses.required("loss", loss, "give one, as in `loss ell(theta)`");
    clauses.required("rate", rates, "give one, as in `rate rho`; the exact rule has `rate 1`");
    if (posterior.isEmpty()) {
      return Optional.empty();
    }
    Span here = name.span();
    Span nowhere = new Span(here.source(), here.end(), here.end());
    Term one = new Term.Literal(nowhere, Rational.ONE);
    return Optional.of(
        new Optimizer(
            terms.span(context),
            name,
            List.copyOf(hypers),
            List.copyOf(states),
            List.copyOf(data),
            posterior.get(),
            List.of(),
            Optional.empty(),
            prior,
            loss.orElse(one),
            rates.orElse(new Rates.Common(nowhere, one)),
            step,
            gradient,
            List.copyOf(approximations)));
  }

  private void read(BlrParser.OptimizerClauseContext clause) {
    switch (clause) {
      case BlrParser.HyperClauseContext ctx -> {
        variables(ctx.declaration(), hypers);
        ctx.declaration().forEach(this::refuseShared);
      }
      case BlrParser.StateClauseContext ctx -> variables(ctx.declaration(), states);
      case BlrParser.DataClauseContext ctx ->
          ctx.dataAxis().stream()
              .map(a -> new DataAxis(terms.span(a), terms.name(a.ID()), terms.term(a.size)))
              .forEach(data::add);
      case BlrParser.PosteriorClauseContext ctx when clauses.once(ctx) ->
          posterior = Optional.of(distribution(ctx.distribution()));
      case BlrParser.PriorClauseContext ctx when clauses.once(ctx) ->
          prior = Optional.of(distribution(ctx.distribution()));
      case BlrParser.LossClauseContext ctx when clauses.once(ctx) ->
          loss = Optional.of(terms.term(ctx.expr()));
      case BlrParser.RateClauseContext ctx when clauses.once(ctx) ->
          rates = Optional.of(rates(ctx.rates()));
      case BlrParser.StepClauseContext ctx when clauses.once(ctx) ->
          step = oneOf(ctx.ID(), "kind of step", "step", List.of("joint", "blockwise"));
      case BlrParser.GradientClauseContext ctx when clauses.once(ctx) ->
          gradient =
              oneOf(
                  ctx.ID(),
                  "way to take the gradient of an expectation",
                  "gradient",
                  List.of("differences", "pathwise", "score"));
      case BlrParser.ApproximateClauseContext ctx when clauses.once(ctx) ->
          ctx.approximationEntry().stream()
              .map(entry -> approximationBuilder.build(entry.approximation()))
              .flatMap(Optional::stream)
              .forEach(approximations::add);
      // A repetition, which has been reported.
      default -> {}
    }
  }

  private void refuseShared(BlrParser.DeclarationContext declaration) {
    if (declaration.SHARED() != null) {
      Name hyper = terms.name(declaration.ID());
      terms.report(
          Diagnostic.at(
                  terms.span(declaration),
                  Code.SYNTAX,
                  "`%s` is a hyper-parameter, which is no coordinate's own".formatted(hyper.text()))
              .withHint("leave `shared` out: only states differ between coordinates"));
    }
  }

  private void variables(List<BlrParser.DeclarationContext> contexts, List<Variable> into) {
    contexts.forEach(declaration -> into.add(DomainBuilder.variable(terms, declaration)));
  }

  private Optional<Name> oneOf(TerminalNode node, String what, String clause, List<String> words) {
    Name word = terms.name(node);
    if (words.contains(word.text())) {
      return Optional.of(word);
    }
    List<String> choices = words.stream().map(each -> clause + " " + each).toList();
    terms.report(
        Diagnostic.at(word.span(), Code.SYNTAX, "`%s` is no %s".formatted(word.text(), what))
            .withHint("write " + Spelling.list(choices, "or")));
    return Optional.empty();
  }

  private Distribution distribution(BlrParser.DistributionContext ctx) {
    requireEach(ctx);
    return new Distribution(
        terms.span(ctx),
        terms.name(ctx.variable),
        terms.name(ctx.family),
        Optional.ofNullable(ctx.size).map(terms::term),
        namedTerms(ctx.namedArgument()),
        mixing(ctx));
  }

  /** Either each coordinate is in a component of its own, or all of them are in one. */
  private void requireEach(BlrParser.DistributionContext ctx) {
    String variable = ctx.variable.getText();
    if (ctx.outer == null && (ctx.inner == null || ctx.mixing() == null)) {
      terms.report(
          Diagnostic.at(
                  terms.name(ctx.variable).span(),
                  Code.SYNTAX,
                  "`%s` stands for each coordinate".formatted(variable))
              .withHint("write `each %s ~ ...`".formatted(variable)));
    } else if (ctx.outer != null && ctx.inner != null) {
      terms.report(
          Diagnostic.at(terms.name(ctx.family).span(), Code.SYNTAX, "`each` stands here twice")
              .withHint(
                  "before `%s`, each coordinate is in a component of its own; before the family,"
                          .formatted(variable)
                      + " all of them are in one"));
    }
  }

  private Optional<Mixing> mixing(BlrParser.DistributionContext ctx) {
    BlrParser.WeightingContext weighting = ctx.weighting();
    if (weighting != null) {
      if (ctx.mixing() == null) {
        terms.report(
            Diagnostic.at(
                    terms.span(weighting),
                    Code.SYNTAX,
                    "only the components of a mixture have weights")
                .withHint("a mixture is written `mixture(k in 1..3) of Normal(mean = m[k], ...)`"));
      }
    }
    if (ctx.mixing() == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Mixing(
            terms.span(ctx.mixing()),
            terms.name(ctx.mixing().index),
            terms.axis(ctx.mixing().axis()),
            weighting instanceof BlrParser.FixedWeightsContext fixed
                ? Optional.of(terms.term(fixed.expr()))
                : Optional.empty(),
            weighting instanceof BlrParser.ChoiceContext choice
                ? Optional.of(choice(choice))
                : Optional.empty(),
            ctx.inner != null));
  }

  private Distribution choice(BlrParser.ChoiceContext ctx) {
    return new Distribution(
        terms.span(ctx),
        terms.name(ctx.index),
        terms.name(ctx.family),
        Optional.ofNullable(ctx.size).map(terms::term),
        namedTerms(ctx.namedArgument()),
        Optional.empty());
  }

  private Rates rates(BlrParser.RatesContext ctx) {
    return switch (ctx) {
      case BlrParser.BlockRatesContext blocks ->
          new Rates.Blocks(terms.span(blocks), namedTerms(blocks.namedArgument()));
      case BlrParser.CommonRateContext common ->
          new Rates.Common(terms.span(common), terms.term(common.expr()));
      default -> throw new IllegalStateException("not in the grammar: " + ctx.getClass());
    };
  }

  private List<NamedTerm> namedTerms(List<BlrParser.NamedArgumentContext> contexts) {
    return contexts.stream()
        .map(a -> new NamedTerm(terms.name(a.ID()), terms.term(a.expr())))
        .toList();
  }
}
