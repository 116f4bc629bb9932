package org.blrc.syntax;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;

/** The clauses of one declaration: which are there, and that none is there twice. */
final class Clauses {

  private final TermBuilder terms;
  private final Term.Name owner;
  private final Map<String, ParserRuleContext> seen = new HashMap<>();

  /** The declaration's name, at which missing clauses are reported. */
  Clauses(TermBuilder terms, Term.Name owner) {
    this.terms = terms;
    this.owner = owner;
  }

  /** Notes a clause that may be given once; false where it was given before. */
  boolean once(ParserRuleContext clause) {
    String word = clause.getStart().getText();
    ParserRuleContext first = seen.putIfAbsent(word, clause);
    if (first == null) {
      return true;
    }
    terms.report(
        Diagnostic.at(
                terms.span(clause.getStart()),
                Code.REPEATED_CLAUSE,
                "`%s` is given twice in `%s`".formatted(word, owner.text()))
            .withNote("the first is in line " + first.getStart().getLine()));
    return false;
  }

  /** Reports the clause where it is absent. */
  <T> Optional<T> required(String word, Optional<T> value, String hint) {
    if (value.isEmpty()) {
      terms.report(
          Diagnostic.at(
                  owner.span(),
                  Code.MISSING_CLAUSE,
                  "`%s` has no `%s` clause".formatted(owner.text(), word))
              .withHint(hint));
    }
    return value;
  }
}
