package org.blrc.check;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.blrc.family.Domains;
import org.blrc.family.Support;
import org.blrc.symbolic.Domain;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Span;
import org.blrc.syntax.Spelling;
import org.blrc.syntax.Term;

/** Checks domains, and that values lie in them. */
final class Intervals {

  private final Report report;
  private final Expressions expressions;

  Intervals(Report report) {
    this.report = report;
    this.expressions = new Expressions(report);
  }

  /** The domain, where it makes sense. */
  Optional<Domain> check(Declaration.Domain domain) {
    return switch (domain) {
      case Declaration.Domain.Named named -> named(named);
      case Declaration.Domain.Interval interval -> interval(interval, Names.CONSTANTS);
      case Declaration.Domain.Finite _, Declaration.Domain.Range _ -> {
        report.add(
            domain.span(),
            Code.DOMAIN,
            "only the support of a family may be a set of values",
            "an interval is written `[0, 1]`");
        yield Optional.empty();
      }
      case Declaration.Domain.Sized(Span span, Term.Name name, Term _) -> {
        report.add(
            span,
            Code.DOMAIN,
            "only the support of a family may be `%s`, of a number of components"
                .formatted(span.excerpt()),
            name.text().equals(Support.SIMPLEX)
                ? "parameters, states and hyper-parameters lie in an interval, one by one"
                : "an interval is written `[0, 1]`");
        yield Optional.empty();
      }
    };
  }

  /**
   * Reports a support that makes no sense.
   *
   * @param names what an end may depend on
   */
  void checkSupport(Declaration.Domain support, Names names) {
    switch (support) {
      case Declaration.Domain.Named(Span _, Term.Name name)
          when name.text().equals(Support.COUNTS) || name.text().equals(Support.CIRCLE) -> {}
      case Declaration.Domain.Finite(Span span, List<Term> values) -> finite(span, values);
      case Declaration.Domain.Sized sized -> sized(sized);
      case Declaration.Domain.Interval interval -> interval(interval, names);
      default -> check(support);
    }
  }

  private void sized(Declaration.Domain.Sized sized) {
    String name = sized.name().text();
    if (!name.equals(Support.SIMPLEX)) {
      report.unknown(
          sized.name().span(),
          Code.UNKNOWN_NAME,
          "no support of several components is called `%s`".formatted(name),
          name,
          List.of(Support.SIMPLEX));
    } else if (Constants.value(sized.size(), Map.of()).orElse(2) < 2) {
      report.add(
          sized.span(),
          Code.DOMAIN,
          "the one component of a `%s` is 1, which leaves nothing random".formatted(name),
          "a simplex has two or more");
    }
  }

  private void finite(Span span, List<Term> values) {
    Set<Double> seen = new HashSet<>();
    for (Term term : values) {
      OptionalDouble value = bound(term, Names.CONSTANTS);
      if (value.isPresent()
          && !(Double.isFinite(value.getAsDouble()) && seen.add(value.getAsDouble()))) {
        report.add(
            term.span(),
            Code.DOMAIN,
            Double.isFinite(value.getAsDouble())
                ? "this value is listed twice"
                : "a value of the random variable has to be finite");
      }
    }
    if (values.size() < 2) {
      report.add(
          span, Code.DOMAIN, "one value leaves nothing random", "list two or more, as in `{0, 1}`");
    }
  }

  /**
   * Reports a value outside a domain.
   *
   * @param what what the value is, such as {@code the default of `rho`}
   */
  void checkInside(
      String what,
      Term term,
      Optional<Domain> domain,
      Declaration.Domain written,
      Map<String, Double> names) {
    OptionalDouble value = Constants.value(term, names);
    if (value.isEmpty() || domain.isEmpty() || domain.get().contains(value.getAsDouble())) {
      return;
    }
    boolean literal = term instanceof Term.Literal;
    String text = Double.isNaN(value.getAsDouble()) ? "not a number" : number(value.getAsDouble());
    Diagnostic diagnostic =
        Diagnostic.at(
            term.span(),
            Code.DOMAIN,
            "%s is %s, which lies outside `%s`"
                .formatted(what, literal ? term.span().excerpt() : text, written.span().text()));
    report.add(
        written instanceof Declaration.Domain.Named
            ? diagnostic.withNote("`%s` is %s".formatted(written.span().text(), text(domain.get())))
            : diagnostic);
  }

  private Optional<Domain> named(Declaration.Domain.Named named) {
    Optional<Domain> domain = Domains.named(named.name().text());
    if (domain.isEmpty()) {
      Diagnostic unknown =
          Diagnostic.at(
                  named.span(),
                  Code.UNKNOWN_NAME,
                  "`%s` is no domain".formatted(named.name().text()))
              .withNote(
                  "the domains are %s, and intervals such as `[0, 1)`"
                      .formatted(Spelling.list(Domains.names(), "and")));
      Optional<String> hint =
          Spelling.hint(named.name().text(), Domains.names())
              .or(
                  () ->
                      Optional.ofNullable(Vocabulary.ELSEWHERE.get(named.name().text()))
                          .filter(Domains.names()::contains)
                          .map("did you mean `%s`?"::formatted));
      report.add(hint.map(unknown::withHint).orElse(unknown));
    }
    return domain;
  }

  private Optional<Domain> interval(Declaration.Domain.Interval interval, Names names) {
    OptionalDouble lower = bound(interval.lower(), names);
    OptionalDouble upper = bound(interval.upper(), names);
    if (lower.isEmpty() || upper.isEmpty()) {
      return Optional.empty();
    }
    Domain domain =
        new Domain(
            lower.getAsDouble(),
            interval.lowerClosed(),
            upper.getAsDouble(),
            interval.upperClosed());
    boolean point = domain.lower() == domain.upper() && domain.contains(domain.lower());
    if (!point && !(domain.lower() < domain.upper())) {
      report.add(
          interval.span(),
          Code.DOMAIN,
          "the interval `%s` is empty".formatted(interval.span().excerpt()),
          "write the lower bound first");
      return Optional.empty();
    }
    return Optional.of(domain);
  }

  private OptionalDouble bound(Term term, Names names) {
    return expressions.check(term, names)
        ? Constants.value(term, Map.of())
        : OptionalDouble.empty();
  }

  private static String text(Domain domain) {
    return (domain.lowerClosed() ? "[" : "(")
        + number(domain.lower())
        + ", "
        + number(domain.upper())
        + (domain.upperClosed() ? "]" : ")");
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "infinity" : "-infinity";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
