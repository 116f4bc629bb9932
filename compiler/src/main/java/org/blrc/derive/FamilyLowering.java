package org.blrc.derive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.blrc.family.Domains;
import org.blrc.family.FamilyFacts;
import org.blrc.family.Group;
import org.blrc.family.Support;
import org.blrc.program.ExprEvaluator;
import org.blrc.symbolic.Bounds;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Periods;
import org.blrc.symbolic.Rational;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Code;
import org.blrc.syntax.ComponentNames;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Span;
import org.blrc.syntax.Term;

/** Turns a declared family into facts. */
final class FamilyLowering {

  private FamilyLowering() {}

  static FamilyFacts facts(Declaration.Family declaration) {
    Scope scope = Scope.ROOT;
    Scope ofVariable = Scope.ROOT;
    List<Sym> parameters = new ArrayList<>();
    List<Sym> fixed = new ArrayList<>();
    for (Declaration.Parameter parameter : declaration.parameters()) {
      Sym symbol =
          new Sym(
              Sym.Kind.PARAMETER,
              parameter.name().text(),
              parameters.size(),
              domain(parameter.domain()));
      parameters.add(symbol);
      scope = scope.with(symbol.name(), symbol);
      if (parameter.fixed()) {
        fixed.add(symbol);
        ofVariable = ofVariable.with(symbol.name(), symbol);
      }
    }
    Support support = support(declaration.support(), ofVariable);
    if (declaration.isGroup()) {
      return group(declaration, parameters, support, scope);
    }
    Sym variable = new Sym(Sym.Kind.VARIABLE, variableName(declaration), 0, support.hull());
    Lowering inParameters = Lowering.plain(scope);
    Lowering inVariable =
        Lowering.plain(ofVariable.withVariable(variable.name(), variable, support));
    List<Expr> statistics =
        declaration.statistics().stream()
            .map(term -> Normal.simplify(inVariable.expr(term)))
            .toList();
    List<Expr> natural = declaration.natural().stream().map(inParameters::expr).toList();
    Scope scopeOfSampler = scope;
    Lowering inBoth = Lowering.plain(scope.withVariable(variable.name(), variable, support));
    try {
      FamilyFacts facts =
          FamilyFacts.derive(
              declaration.name().text(),
              parameters,
              fixed,
              variable,
              support,
              statistics,
              natural,
              inParameters.expr(declaration.logPartition()),
              declaration.baseMeasure().map(inVariable::expr).orElse(Exprs.ZERO),
              declaration.sampler().map(sampler -> sampler(sampler, scopeOfSampler)),
              declaration.cdf().map(inBoth::expr));
      checkPeriods(declaration, facts);
      checkSigns(declaration, facts);
      return facts;
    } catch (FamilyFacts.NotMinimal problem) {
      throw Failure.at(
              declaration.name().span(),
              Code.FAMILY,
              "`"
                  + declaration.name().text()
                  + "` is not a minimal exponential family: "
                  + problem.getMessage())
          .hint("give it as many independent natural parameters as parameters");
    }
  }

  /** On a circle, the density is the same after a turn. */
  private static void checkPeriods(Declaration.Family declaration, FamilyFacts facts) {
    if (!(facts.support() instanceof Support.Circle)) {
      return;
    }
    for (int j = 0; j < facts.statistics().size(); j++) {
      requirePeriod(facts, facts.statistics().get(j), declaration.statistics().get(j));
    }
    declaration.baseMeasure().ifPresent(term -> requirePeriod(facts, facts.logBaseMeasure(), term));
  }

  private static void requirePeriod(FamilyFacts facts, Expr expr, Term place) {
    if (!Periods.isPeriodic(expr, facts.variable())) {
      throw Failure.at(
              place.span(),
              Code.FAMILY,
              "this is not the same after a turn, and `" + facts.name() + "` lives on a circle")
          .hint("use sines and cosines of the variable and of whole multiples of it");
    }
  }

  private static FamilyFacts group(
      Declaration.Family declaration, List<Sym> parameters, Support support, Scope scope) {
    Declaration.Sampler declared = declaration.sampler().orElseThrow();
    Sym variable = new Sym(Sym.Kind.VARIABLE, "x", 0, support.hull());
    Map<Sym, Expr> identity = new LinkedHashMap<>();
    for (Sym parameter : parameters) {
      declaration.identity().stream()
          .filter(each -> each.name().text().equals(parameter.name()))
          .forEach(each -> identity.put(parameter, Lowering.plain(Scope.ROOT).expr(each.value())));
    }
    Expr sampler = sampler(declared, scope);
    Expr.Noise noise =
        Walk.find(sampler, Expr.Noise.class::isInstance).stream()
            .map(Expr.Noise.class::cast)
            .findFirst()
            .orElseThrow();
    try {
      Group group = Group.derive(identity, noise, sampler, variable);
      return FamilyFacts.of(declaration.name().text(), parameters, variable, support, group);
    } catch (Group.NoGroup problem) {
      throw Failure.at(
              declared.span(),
              Code.FAMILY,
              "the draws of `%s` are not moved by a group".formatted(declaration.name().text()))
          .note(problem.getMessage())
          .hint(problem.hint());
    }
  }

  /** A log-partition that is not the declared density's often shows in signs already. */
  private static void checkSigns(Declaration.Family declaration, FamilyFacts facts) {
    for (Sym parameter : facts.parameters()) {
      Expr fisher = facts.fisher(List.of(parameter)).getFirst().getFirst();
      if (Bounds.of(fisher).isDisjointFrom(Domain.NONNEGATIVE)) {
        throw contradiction(
            declaration, "the Fisher information of `" + parameter.name() + "`", fisher);
      }
    }
    for (int j = 0; j < facts.statistics().size(); j++) {
      Domain values = Bounds.of(facts.statistics().get(j));
      Optional<Expr> mean = facts.expectation().get(j);
      if (mean.isPresent() && Bounds.of(mean.get()).isDisjointFrom(values)) {
        String statistic = ExprPrinter.TEXT.print(facts.statistics().get(j));
        throw contradiction(declaration, "the mean of `" + statistic + "`", mean.get());
      }
    }
  }

  private static Failure contradiction(Declaration.Family declaration, String what, Expr value) {
    return Failure.at(
            declaration.logPartition().span(),
            Code.FAMILY,
            "this cannot be the log-partition of `" + declaration.name().text() + "`")
        .note(what + " would be " + ExprPrinter.TEXT.print(value))
        .hint(
            "the log-partition is the logarithm of the integral of exp(log h + natural ."
                + " statistics)");
  }

  /** A draw as a function of what the scope knows and of noise. */
  static Expr sampler(Declaration.Sampler sampler, Scope scope) {
    Scope extended = scope;
    int rank = 0;
    for (Declaration.Draw draw : sampler.draws()) {
      Expr noise = new Expr.Noise(draw.name().text(), rank++, distribution(draw), Optional.empty());
      extended = extended.with(draw.name().text(), noise);
    }
    Lowering lowering = Lowering.plain(extended);
    List<Expr> values = sampler.terms().stream().map(lowering::expr).toList();
    return values.size() == 1 ? values.getFirst() : new Expr.Vector(values);
  }

  /**
   * @param names those of fixed parameters
   */
  private static Support support(Declaration.Domain domain, Scope names) {
    return switch (domain) {
      case Declaration.Domain.Finite(Span _, List<Term> values) ->
          new Support.Finite(values.stream().map(FamilyLowering::exact).sorted().toList());
      case Declaration.Domain.Named(Span _, Term.Name name)
          when name.text().equals(Support.COUNTS) ->
          new Support.Counts();
      case Declaration.Domain.Named(Span _, Term.Name name)
          when name.text().equals(Support.CIRCLE) ->
          new Support.Circle();
      case Declaration.Domain.Sized(Span _, Term.Name _, Term size) ->
          new Support.Simplex((int) constant(size));
      case Declaration.Domain.Interval(
              Span _,
              Term lower,
              boolean lowerClosed,
              Term upper,
              boolean upperClosed) -> {
        Optional<Expr> from = end(lower, names);
        Optional<Expr> to = end(upper, names);
        double least = from.isPresent() ? Double.NEGATIVE_INFINITY : constant(lower);
        double greatest = to.isPresent() ? Double.POSITIVE_INFINITY : constant(upper);
        Domain numbers = new Domain(least, lowerClosed, greatest, upperClosed);
        yield Support.Interval.within(numbers, from, to);
      }
      default -> new Support.Interval(domain(domain));
    };
  }

  /** An end that depends on fixed parameters. */
  private static Optional<Expr> end(Term term, Scope names) {
    return Optional.of(Lowering.plain(names).expr(term))
        .filter(
            expr ->
                Walk.contains(
                    expr,
                    part -> part instanceof Sym symbol && symbol.kind() == Sym.Kind.PARAMETER));
  }

  private static Rational exact(Term term) {
    if (Normal.simplify(Lowering.plain(Scope.ROOT).expr(term))
        instanceof Expr.Num(Rational value)) {
      return value;
    }
    throw Failure.at(
        term.span(), Code.DOMAIN, "`" + term.span().text() + "` is not a rational number");
  }

  static Expr.Distribution distribution(Declaration.Draw draw) {
    for (Expr.Distribution distribution : Expr.Distribution.values()) {
      if (distribution.label().equals(draw.distribution().text())) {
        return distribution;
      }
    }
    throw Failure.at(
        draw.distribution().span(),
        Code.UNKNOWN_NAME,
        "there is no noise `" + draw.distribution().text() + "`");
  }

  static Domain domain(Declaration.Domain domain) {
    return switch (domain) {
      case Declaration.Domain.Named(Span span, Term.Name name) ->
          Domains.named(name.text())
              .orElseThrow(
                  () ->
                      Failure.at(
                          span, Code.UNKNOWN_NAME, "there is no domain `" + name.text() + "`"));
      case Declaration.Domain.Interval(
              Span _,
              Term lower,
              boolean lowerClosed,
              Term upper,
              boolean upperClosed) ->
          new Domain(constant(lower), lowerClosed, constant(upper), upperClosed);
      case Declaration.Domain.Finite _, Declaration.Domain.Range _, Declaration.Domain.Sized _ ->
          throw Failure.at(domain.span(), Code.DOMAIN, "only a support may be a set of values");
    };
  }

  /** The value of an expression without names of the spec. */
  static double constant(Term term) {
    Expr expr = Lowering.plain(Scope.ROOT).expr(term);
    if (expr instanceof Expr.Num(Rational value)) {
      return value.toDouble();
    }
    return ExprEvaluator.evaluate(
        expr,
        symbol -> {
          throw Failure.at(
              term.span(), Code.DOMAIN, "`" + term.span().text() + "` is not a constant");
        });
  }

  /** The one name in the statistics that is no parameter. */
  private static String variableName(Declaration.Family declaration) {
    Set<String> known = new HashSet<>(Scope.ROOT.names().keySet());
    declaration.parameters().forEach(parameter -> known.add(parameter.name().text()));
    for (Term term : declaration.statistics()) {
      Optional<String> free =
          References.of(term).stream().filter(name -> !known.contains(name)).findFirst();
      if (free.isPresent()) {
        return ComponentNames.declared(free.get());
      }
    }
    throw Failure.at(
        declaration.name().span(), Code.FAMILY, "no statistic depends on the random variable");
  }
}
