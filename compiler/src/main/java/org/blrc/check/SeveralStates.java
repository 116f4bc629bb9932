package org.blrc.check;

import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration.Action;
import org.blrc.syntax.Declaration.Rule;
import org.blrc.syntax.Declaration.RuleParameter;
import org.blrc.syntax.Span;
import org.blrc.syntax.Term;
import org.blrc.syntax.Term.Name;

/**
 * Checks the parameter of a rule that takes several states: it comes last, and it stands only where
 * something has a meaning for all of them.
 */
final class SeveralStates {

  private final Report report;
  private final Rule rule;

  SeveralStates(Report report, Rule rule) {
    this.report = report;
    this.rule = rule;
  }

  void check() {
    for (int i = 0; i < rule.parameters().size(); i++) {
      RuleParameter parameter = rule.parameters().get(i);
      if (parameter.several() && i < rule.parameters().size() - 1) {
        report.add(
            parameter.name().span(),
            Code.ARGUMENTS,
            "`%s...` takes all arguments from its place on".formatted(parameter.name().text()),
            "write it last");
      } else if (parameter.several()) {
        uses(parameter.name().text());
      }
    }
  }

  private void uses(String states) {
    for (Action action : rule.actions()) {
      switch (action) {
        case Action.AddState add -> add.variable().value().ifPresent(value -> use(value, states));
        case Action.AddNoise _ -> {}
        case Action.Assign assign -> use(assign.value(), states);
        case Action.Relax relax -> relax.sampler().terms().forEach(term -> use(term, states));
        case Action.Rewrite rewrite -> {
          boolean scoped =
              rewrite.scope().filter(scope -> scope.state().text().equals(states)).isPresent();
          if (scoped) {
            whole(rewrite.from(), states);
          }
          use(rewrite.from(), states);
          use(rewrite.to(), scoped, states);
        }
      }
    }
  }

  /** Places in one update have no counterparts in others; its parts as a whole have. */
  private void whole(Term from, String states) {
    boolean name =
        from instanceof Term.Reference(Span _, String text)
            && rule.parameters().stream().map(RuleParameter::name).noneMatch(p -> is(p, text))
            && rule.target().stream().noneMatch(target -> is(target, text));
    if (!name) {
      report.add(
          from.span(),
          Code.PATTERN,
          "in the updates of several states, a part is replaced as a whole",
          "put a name of its own for it on the left side, as in `in step of %s: v ~> ...`"
              .formatted(states));
    }
  }

  private static boolean is(Name name, String text) {
    return name.text().equals(text);
  }

  private void use(Term term, String states) {
    use(term, false, states);
  }

  /**
   * @param connected whether the term may take the connection of the states
   */
  private void use(Term term, boolean connected, String states) {
    switch (term) {
      case Term.Literal _, Term.Compact _ -> {}
      case Term.Reference(Span span, String name) -> {
        if (name.equals(states)) {
          report.add(
              span,
              Code.SHAPE,
              "`%s` may be several states, and is no number".formatted(states),
              "it can stand in `in step of %1$s: v ~> ...` and there in `connection(%1$s)(v, v)`"
                  .formatted(states));
        }
      }
      case Term.Negate negate -> use(negate.operand(), connected, states);
      case Term.Binary binary -> {
        use(binary.left(), connected, states);
        use(binary.right(), connected, states);
      }
      case Term.Apply apply -> {
        boolean connection =
            connected
                && apply.head() instanceof Term.Reference(Span _, String head)
                && head.equals(Vocabulary.CONNECTION);
        if (!connection) {
          use(apply.head(), connected, states);
          apply.arguments().forEach(argument -> use(argument.value(), connected, states));
        }
      }
      case Term.Expectation expectation -> use(expectation.body(), connected, states);
      case Term.Reduction reduction -> use(reduction.body(), connected, states);
    }
  }
}
