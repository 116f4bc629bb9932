package org.blrc.derive;

import java.util.List;
import java.util.Optional;
import org.blrc.derive.Step.Line;
import org.blrc.family.Support;
import org.blrc.symbolic.Expr;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration.Action;

/**
 * A rule that puts a differentiable function of parameters and noise in place of the random
 * variable. It acts before the gradient of the expectation is taken, which is then the pathwise one
 * through that function; means of statistics stay those of the family.
 */
final class Relaxation {

  private Relaxation() {}

  /** Whether a rule relaxes. */
  static boolean in(RuleInstance rule) {
    return rule.actions().stream().anyMatch(Action.Relax.class::isInstance);
  }

  /** Whether a rule does nothing else. */
  static boolean isAll(RuleInstance rule) {
    return rule.actions().stream().allMatch(Action.Relax.class::isInstance);
  }

  static Model apply(Model model, RuleInstance rule, List<Step> steps) {
    Model result = model;
    for (Action action : rule.actions()) {
      if (action instanceof Action.Relax relax) {
        requireOneNumber(model, relax);
        Scope scope = Scope.ROOT;
        for (RuleInstance.Argument argument : rule.arguments()) {
          Scope reading = argument.fromRule() ? scope : model.scope();
          scope =
              scope.with(
                  argument.parameter(), Lowering.plain(reading).expr(argument.values().getFirst()));
        }
        scope = rule.withSubject(scope, model, model.family());
        Expr sampler = FamilyLowering.sampler(relax.sampler(), scope);
        result = result.relaxed(sampler);
        steps.add(step(rule, relax, scope, result));
      }
    }
    return result;
  }

  private static void requireOneNumber(Model model, Action.Relax relax) {
    if (model.posterior().support() instanceof Support.Simplex) {
      throw Failure.at(
              relax.span(),
              Code.SHAPE,
              "this gives one number, but `%s` has components".formatted(model.variable().name()))
          .hint("the sampler of the family has derivatives already");
    }
  }

  private static Step step(RuleInstance rule, Action.Relax relax, Scope scope, Model model) {
    return new Step(
        rule.title(),
        List.of(
            new Line.Rule(relax.span().oneLine()),
            new Line.Equation(
                new Quantity.Value(model.variable()), model.posterior().sampler().orElseThrow())),
        Prose.of(
            "in gradients, a smooth function of parameters and noise stands for the random"
                + " variable"),
        rule.source(),
        rule.grade(),
        Optional.empty(),
        Optional.of(rule.applied(scope, List.of(), model.variable())));
  }
}
