package org.blrc.syntax;

import java.util.Optional;
import org.blrc.grammar.BlrLexer;
import org.blrc.grammar.BlrParser;
import org.blrc.syntax.Declaration.Domain;
import org.blrc.syntax.Declaration.Variable;

/** Turns the parse trees of domains, and of what has one, into records. */
final class DomainBuilder {

  private DomainBuilder() {}

  static Domain domain(TermBuilder terms, BlrParser.DomainContext context) {
    return switch (context) {
      case BlrParser.NamedDomainContext named ->
          new Domain.Named(terms.span(named), terms.name(named.ID()));
      case BlrParser.SizedDomainContext sized ->
          new Domain.Sized(terms.span(sized), terms.name(sized.ID()), terms.term(sized.size));
      case BlrParser.IntervalDomainContext interval ->
          new Domain.Interval(
              terms.span(interval),
              terms.term(interval.lower),
              interval.left.getType() == BlrLexer.LEFT_BRACKET,
              terms.term(interval.upper),
              interval.right.getType() == BlrLexer.RIGHT_BRACKET);
      case BlrParser.FiniteDomainContext finite ->
          new Domain.Finite(terms.span(finite), terms.terms(finite.expr()));
      case BlrParser.RangeDomainContext range ->
          new Domain.Range(terms.span(range), terms.term(range.lower), terms.term(range.upper));
      default -> throw new IllegalStateException("not in the grammar: " + context.getClass());
    };
  }

  static Variable variable(TermBuilder terms, BlrParser.DeclarationContext context) {
    return new Variable(
        terms.span(context),
        terms.name(context.ID()),
        Optional.ofNullable(context.count).map(terms::term),
        domain(terms, context.domain()),
        Optional.ofNullable(context.value).map(value -> terms.term(value.expr())),
        Optional.ofNullable(context.value).flatMap(terms::running),
        context.SHARED() != null);
  }
}
