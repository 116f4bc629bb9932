package org.blrc.derive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.derive.Step.Line;
import org.blrc.program.Safeguard;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Declaration.Action;
import org.blrc.syntax.Span;

/** Applies one rule to the update equations. */
final class RulePass {

  /**
   * The equations after a rule, with the states that exist and the names that later rules may use.
   */
  record Result(
      Equations equations,
      List<Model.State> states,
      Scope names,
      List<Replacement> replacements,
      Grade grade,
      AppliedRule applied) {}

  private final Model model;
  private final RuleInstance rule;
  private final EquationForm form;
  private Scope scope;
  private Scope names;
  private Equations equations;
  private final List<Model.State> states;
  private final List<Replacement> replacements = new ArrayList<>();
  private final List<AppliedRule.Target> added = new ArrayList<>();
  private Grade grade;

  private RulePass(
      Model model, RuleInstance rule, Equations equations, List<Model.State> states, Scope names) {
    this.model = model;
    this.rule = rule;
    this.form = new EquationForm(model.posterior());
    this.equations = equations;
    this.states = new ArrayList<>(states);
    this.names = names;
    this.scope = rule.scope();
    this.grade = rule.grade();
  }

  static Result apply(
      Model model, RuleInstance rule, Equations equations, List<Model.State> states, Scope names) {
    RulePass pass = new RulePass(model, rule, equations, states, names);
    pass.run();
    return new Result(
        pass.equations,
        List.copyOf(pass.states),
        pass.names,
        List.copyOf(pass.replacements),
        pass.grade,
        rule.applied(pass.scope, pass.added, model.variable()));
  }

  private void run() {
    scope = rule.withSubject(scope, model, model.posterior());
    bindArguments();
    for (Action action : rule.actions()) {
      switch (action) {
        case Action.AddState add -> addState(add);
        // Taken account of before the gradient was.
        case Action.Relax _ -> {}
        case Action.Assign(Span span, var state, var value) -> assign(span, state.text(), value);
        case Action.Rewrite rewrite -> rewrite(rewrite);
      }
    }
  }

  private void bindArguments() {
    for (RuleInstance.Argument argument : rule.arguments()) {
      Scope reading = argument.fromRule() ? scope : names;
      Value value = lowering(reading, argument.value().span()).value(argument.value());
      scope =
          scope.with(
              argument.parameter(),
              value instanceof Value.Scalar(Expr expr)
                  ? new Value.Scalar(
                      SingleDraws.asEstimated(
                          expr, equations.updates().stream().map(Update::value).toList()))
                  : value);
    }
  }

  private void addState(Action.AddState add) {
    RuleInstance.Added declared =
        rule.added().stream()
            .filter(each -> each.variable().equals(add.variable()))
            .findFirst()
            .orElseThrow();
    String name = declared.name().text();
    if (names.find(name).isPresent()) {
      throw Failure.at(
              declared.name().span(),
              Code.DUPLICATE_NAME,
              "this rule adds a state `" + name + "`, but the name is taken")
          .hint(
              "choose another, as in `"
                  + declared.inRule()
                  + " = other` among the rule's arguments");
    }
    Sym symbol =
        new Sym(
            Sym.Kind.STATE,
            name,
            states.size(),
            FamilyLowering.domain(declared.variable().domain()));
    states.add(
        new Model.State(
            symbol, declared.variable().value().map(term -> Lowering.plain(scope).expr(term))));
    scope = scope.with(declared.inRule(), symbol);
    names = names.with(name, symbol);
    added.add(new AppliedRule.Target(declared.inRule(), symbol));
  }

  private void assign(Span span, String state, org.blrc.syntax.Term value) {
    Lowering lowering = lowering(scope, span);
    Sym symbol = lowering.state(new org.blrc.syntax.Term.Reference(span, state));
    Expr right = form.of(lowering.expr(value));
    equations = equations.and(new Update(symbol, new Update.Form.Plain(Exprs.ONE, right)));
  }

  private void rewrite(Action.Rewrite rewrite) {
    Lowering lowering = lowering(withRate(rewrite), rewrite.from().span());
    Rewriter rewriter = new Rewriter(rewrite.from(), rewrite.to(), lowering, form);
    if (rewriter.pattern() instanceof Pattern.Exactly(Expr what) && what.equals(model.variable())) {
      String name = rewrite.from().span().text();
      throw Failure.at(
              rewrite.from().span(),
              Code.PATTERN,
              "`" + name + "` is the random variable here, not a pattern")
          .hint("a name that nothing declares matches anything; use another one");
    }
    if (rewrite.scope().isEmpty()) {
      if (rewriter.pattern() instanceof Pattern.Any) {
        throw Failure.at(
                rewrite.from().span(),
                Code.PATTERN,
                "`" + rewrite.from().span().text() + "` would match everything")
            .hint("say where, as in `in direction of m: x ~> ...`");
      }
      equations = equations.map(update -> everywhere(update, rewriter));
    } else {
      Update update = target(rewrite.scope().get());
      Update changed =
          switch (rewrite.scope().get().part()) {
            case DIRECTION -> update.withDirection(rewriter.apply(update.direction()));
            case STEP -> update.withIncrement(rewriter.apply(update.increment()));
            case UPDATE -> update(update, rewriter);
          };
      if (!rewriter.replacements().isEmpty()) {
        equations = equations.with(changed);
      }
    }
    replacements.addAll(rewriter.replacements());
    // What holds under the expectation holds for draws in the mean only.
    if (!rewriter.replacements().isEmpty()
        && grade == Grade.EXACT
        && rewriter.pattern().mentionsDraws()) {
      grade = Grade.UNBIASED;
    }
  }

  private static Update update(Update update, Rewriter rewriter) {
    return switch (rewriter.pattern()) {
      case Pattern.Any _ -> update.withValue(rewriter.apply(update.value()));
      case Pattern.Exactly(Expr what) when what.equals(update.rate()) ->
          update.withRate(shared(update.rate(), rewriter.replaceAll(update.rate())));
      default -> everywhere(update, rewriter);
    };
  }

  /** What takes the place of a part of a rate is made to be that part of it. */
  private static Expr shared(Expr rate, Expr replacement) {
    return Walk.contains(rate, Safeguard.SHARE) && !Walk.contains(replacement, Safeguard.SHARE)
        ? Exprs.mul(Safeguard.SHARE, replacement)
        : replacement;
  }

  /** The state's own old value stands outside the parts of most forms. */
  private static Update everywhere(Update update, Rewriter rewriter) {
    return rewriter.pattern() instanceof Pattern.Exactly(Expr what) && what.equals(update.state())
        ? update.withValue(rewriter.apply(update.value()))
        : update.map(rewriter::apply);
  }

  /** {@code rate} is the rate of the state in whose update the rewrite acts. */
  private Scope withRate(Action.Rewrite rewrite) {
    return rewrite.scope().map(where -> scope.with("rate", target(where).rate())).orElse(scope);
  }

  private Update target(Declaration.Scope where) {
    Sym state =
        lowering(scope, where.span())
            .state(new org.blrc.syntax.Term.Reference(where.state().span(), where.state().text()));
    return equations
        .of(state)
        .orElseThrow(
            () ->
                Failure.at(
                    rule.span(),
                    Code.NO_MATCH,
                    "the state `" + state.name() + "` has no update yet"));
  }

  /** The expressions on which the rule acts. */
  private List<Expr> targets() {
    List<Expr> result = new ArrayList<>();
    for (Action action : rule.actions()) {
      if (action instanceof Action.Rewrite rewrite) {
        if (rewrite.scope().isEmpty()) {
          equations.updates().forEach(update -> result.add(update.value()));
        } else {
          Update update = target(rewrite.scope().get());
          result.add(
              switch (rewrite.scope().get().part()) {
                case DIRECTION -> update.direction();
                case STEP -> update.increment();
                case UPDATE -> update.value();
              });
        }
      }
    }
    return result;
  }

  private Lowering lowering(Scope inScope, Span span) {
    return new Lowering(
        inScope,
        Optional.of(model.variable()),
        state -> connection(state, span),
        function -> Atoms.estimate(function, targets(), span));
  }

  private Expr connection(Sym state, Span span) {
    if (model.isPart(state)) {
      throw Failure.at(
          span,
          Code.SHAPE,
          "the components of a state have no connection each: they move together");
    }
    if (model.family().group().isPresent()) {
      throw Failure.at(
              span, Code.PATTERN, "a group moves the posterior, and its step follows no connection")
          .hint("leave the rule out: the exponential map is exact");
    }
    return model
        .connection(state)
        .orElseThrow(
            () ->
                Failure.at(
                    span,
                    Code.PATTERN,
                    "the posterior does not depend on `"
                        + state.name()
                        + "`, so there is no connection"));
  }

  /** The rewrites as they were written, for the report. */
  static List<Line> lines(RuleInstance rule, EquationForm form, Equations before, Equations after) {
    List<Line> lines = new ArrayList<>();
    for (Action action : rule.actions()) {
      if (action instanceof Action.Rewrite rewrite) {
        lines.add(new Line.Rule(rewrite.span().oneLine()));
      }
    }
    draws(after).stream()
        .filter(draw -> !draws(before).contains(draw))
        .map(
            draw ->
                new Line.Equation(new Quantity.Value(draw), form.draw(((Expr.Draw) draw).index())))
        .forEach(lines::add);
    Map<Sym, Update> old = new HashMap<>();
    before.updates().forEach(update -> old.put(update.state(), update));
    for (Update update : after.updates()) {
      Update was = old.get(update.state());
      if (was == null) {
        lines.add(new Line.Equation(new Quantity.NewValue(update.state()), update.value()));
      } else if (!was.equals(update)) {
        lines.add(
            new Line.Change(new Quantity.NewValue(update.state()), was.value(), update.value()));
      }
    }
    return lines;
  }

  private static List<Expr> draws(Equations equations) {
    return equations.updates().stream()
        .flatMap(update -> Walk.find(update.value(), Expr.Draw.class::isInstance).stream())
        .distinct()
        .toList();
  }
}
