package org.blrc.check;

import java.util.HashSet;
import java.util.Set;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Declaration.Action;
import org.blrc.syntax.Declaration.Approximation;
import org.blrc.syntax.Declaration.Distribution;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.Declaration.Rates;
import org.blrc.syntax.Declaration.Variable;
import org.blrc.syntax.Span;
import org.blrc.syntax.Term;

/** Finds what an optimizer declares for nothing. */
final class Usage {

  private final Report report;
  private final Optimizer optimizer;
  private final Set<String> mentioned = new HashSet<>();

  Usage(Report report, Optimizer optimizer) {
    this.report = report;
    this.optimizer = optimizer;
  }

  void check() {
    distribution(optimizer.posterior());
    for (Declaration.Component component : optimizer.mixture()) {
      distribution(component.distribution());
      mention(component.weight());
    }
    optimizer.choice().ifPresent(this::distribution);
    if (optimizer.states().isEmpty()) {
      report.add(
          optimizer.posterior().span(),
          Code.STATES,
          "the posterior has no state, so there is nothing to learn",
          "declare what is stored, as in `state m: real`, and give it to the posterior");
    }
    for (Variable state : optimizer.states()) {
      if (!mentioned.contains(state.name().text())) {
        report.add(
            state.name().span(),
            Code.STATES,
            "the posterior does not depend on the state `%s`".formatted(state.name().text()),
            "a state that a rule needs, such as a momentum, is added by the rule itself");
      }
    }
    optimizer.hypers().forEach(this::initial);
    optimizer.states().forEach(this::initial);
    optimizer.data().forEach(axis -> mention(axis.size()));
    optimizer.prior().ifPresent(this::distribution);
    mention(optimizer.loss());
    switch (optimizer.rates()) {
      case Rates.Common common -> mention(common.value());
      case Rates.Blocks blocks -> blocks.values().forEach(rate -> mention(rate.value()));
    }
    for (Approximation approximation : optimizer.approximations()) {
      switch (approximation) {
        case Approximation.Use use ->
            use.arguments().forEach(argument -> mention(argument.value()));
        case Approximation.Inline(Span _, Action.Rewrite rewrite) -> {
          mention(rewrite.from());
          mention(rewrite.to());
        }
      }
    }
    optimizer.hypers().forEach(hyper -> unused("hyper-parameter", hyper.name()));
    optimizer.data().forEach(axis -> unused("data axis", axis.name()));
  }

  private void unused(String kind, Term.Name name) {
    if (!mentioned.contains(name.text())) {
      report.add(
          name.span(),
          Code.UNUSED_NAME,
          "the %s `%s` is never used".formatted(kind, name.text()),
          "remove it, or use it");
    }
  }

  private void initial(Variable variable) {
    variable.value().ifPresent(this::mention);
  }

  private void distribution(Distribution distribution) {
    distribution.arguments().stream().map(Declaration.NamedTerm::value).forEach(this::mention);
  }

  private void mention(Term term) {
    mentioned.addAll(TermNames.all(term));
  }
}
