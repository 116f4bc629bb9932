package org.blrc.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.blrc.syntax.Declaration.Action;
import org.blrc.syntax.Declaration.Rule;
import org.blrc.syntax.Declaration.Scope;
import org.blrc.syntax.Span;
import org.blrc.syntax.Term;
import org.blrc.syntax.Term.Axis;

/** What a rule's parameters have to be, as their uses tell. */
final class RuleRoles {

  enum Role {
    STATE,
    FUNCTION,
    COUNT
  }

  private final Set<String> parameters;
  private final Map<String, Role> roles = new HashMap<>();

  private RuleRoles(Set<String> parameters) {
    this.parameters = parameters;
  }

  /** The parameters that cannot be just any expression. */
  static Map<String, Role> of(Rule rule) {
    RuleRoles result =
        new RuleRoles(
            rule.parameters().stream().map(p -> p.name().text()).collect(Collectors.toSet()));
    for (Action action : rule.actions()) {
      switch (action) {
        case Action.AddState _, Action.AddNoise _ -> {}
        case Action.Relax relax -> relax.sampler().terms().forEach(result::visit);
        case Action.Assign assign -> result.visit(assign.value());
        case Action.Rewrite rewrite -> {
          rewrite.scope().map(Scope::state).ifPresent(s -> result.note(s.text(), Role.STATE));
          result.visit(rewrite.from());
          result.visit(rewrite.to());
        }
      }
    }
    return result.roles;
  }

  private void note(String name, Role role) {
    if (parameters.contains(name)) {
      roles.putIfAbsent(name, role);
    }
  }

  private void visit(Term term) {
    switch (term) {
      case Term.Literal _, Term.Reference _, Term.Compact _ -> {}
      case Term.Negate negate -> visit(negate.operand());
      case Term.Binary binary -> {
        visit(binary.left());
        visit(binary.right());
      }
      case Term.Apply apply -> {
        if (apply.head() instanceof Term.Reference(Span _, String head)) {
          note(head, Role.FUNCTION);
          apply.arguments().stream().limit(1).forEach(argument -> argument(head, argument.value()));
        } else {
          visit(apply.head());
        }
        apply.arguments().forEach(argument -> visit(argument.value()));
      }
      case Term.Expectation expectation -> visit(expectation.body());
      case Term.Reduction reduction -> {
        if (reduction.axis() instanceof Axis.Range(Span _, Term _, Term.Reference upper)) {
          note(upper.name(), Role.COUNT);
        }
        visit(reduction.body());
      }
    }
  }

  private void argument(String head, Term argument) {
    if (!(argument instanceof Term.Reference(Span _, String name))) {
      return;
    }
    switch (head) {
      case Vocabulary.NEW, Vocabulary.CONNECTION -> note(name, Role.STATE);
      case Vocabulary.GRADIENT, Vocabulary.HESSIAN -> note(name, Role.FUNCTION);
      default -> {}
    }
  }
}
