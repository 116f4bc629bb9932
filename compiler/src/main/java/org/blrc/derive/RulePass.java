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
import org.blrc.syntax.Declaration.Action.Rewrite;
import org.blrc.syntax.Span;
import org.blrc.syntax.Term;

/** Applies one rule to the update equations. */
final class RulePass {

  /**
   * The equations after a rule, with the states that exist and the names that later rules may use.
   *
   * @param facts lines on which the rule builds
   */
  record Result(
      Equations equations,
      List<Model.State> states,
      Scope names,
      List<Replacement> replacements,
      List<Line> facts,
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
  private final List<Line> facts = new ArrayList<>();
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
        List.copyOf(pass.facts),
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
    if (model.posterior().sampler().isEmpty() && !RuleLines.draws(equations).isEmpty()) {
      throw Failure.at(
              rule.span(),
              Code.NO_SAMPLER,
              "the family `%s` has no sampler, so no draw can be made"
                  .formatted(model.posterior().name()))
          .hint("add a `sample` clause to the family");
    }
  }

  private void bindArguments() {
    for (RuleInstance.Argument argument : rule.arguments()) {
      List<Term> given = argument.values();
      scope =
          scope.with(
              argument.parameter(),
              given.size() == 1 ? value(argument, given.getFirst()) : states(given));
    }
  }

  /** States that are changed together: of a mixture, those of one component. */
  private Value states(List<Term> given) {
    List<Expr> states = new ArrayList<>();
    for (Term each : given) {
      Sym state = lowering(names, each.span()).state(each);
      if (model.responsibility().isEmpty() || equations.of(state).isPresent()) {
        states.add(state);
      }
    }
    return new Value.Scalar(states.size() == 1 ? states.getFirst() : new Expr.Vector(states));
  }

  private Value value(RuleInstance.Argument argument, Term given) {
    Scope reading = argument.fromRule() ? scope : names;
    Value value = lowering(reading, given.span()).value(given);
    return value instanceof Value.Scalar(Expr expr)
        ? new Value.Scalar(
            SingleDraws.asEstimated(expr, equations.updates().stream().map(Update::value).toList()))
        : value;
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

  private void assign(Span span, String state, Term value) {
    Lowering lowering = lowering(scope, span);
    Sym symbol = lowering.state(new Term.Reference(span, state));
    Expr right = form.of(lowering.expr(value));
    equations = equations.and(new Update(symbol, new Update.Form.Plain(Exprs.ONE, right)));
  }

  private void rewrite(Action.Rewrite rewrite) {
    List<Update> together = rewrite.scope().map(this::targets).orElse(List.of());
    if (together.size() > 1) {
      rewriteTogether(rewrite, together);
      return;
    }
    Lowering lowering = lowering(withRate(rewrite), rewrite.from().span());
    Rewriter rewriter = new Rewriter(rewrite.from(), rewrite.to(), lowering, form::of);
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
      Update changed = changed(together.getFirst(), rewrite.scope().get().part(), rewriter);
      if (!rewriter.replacements().isEmpty()) {
        equations = equations.with(changed);
      }
    }
    record(rewriter);
  }

  private static Update changed(Update update, Declaration.Scope.Part part, Rewriter rewriter) {
    return switch (part) {
      case DIRECTION -> update.withDirection(rewriter.apply(update.direction()));
      case STEP -> update.withIncrement(rewriter.apply(update.increment()));
      case UPDATE -> update(update, rewriter);
    };
  }

  /** Several states at once: what stands for a part of one update has a meaning in each. */
  private void rewriteTogether(Rewrite rewrite, List<Update> together) {
    Declaration.Scope.Part part = rewrite.scope().orElseThrow().part();
    String whole = ((Term.Reference) rewrite.from()).name();
    List<Sym> block = together.stream().map(Update::state).toList();
    List<Scope> places =
        together.stream()
            .map(update -> scope.with("rate", update.rate()).with(whole, part(update, part)))
            .toList();
    Connections connections = new Connections(model, rule.span());
    Map<Sym, Value.Bilinear> joint = new HashMap<>();
    for (Update update : together) {
      Lowering lowering =
          lowering(scope.with("rate", update.rate()), rewrite.from().span())
              .withConnection(
                  _ -> {
                    if (joint.isEmpty()) {
                      joint.putAll(connections.of(block, places));
                      facts.addAll(connections.lines(block));
                    }
                    return joint.get(update.state());
                  });
      // Products of steps stay products: multiplied out, they would be many.
      Rewriter rewriter = new Rewriter(rewrite.from(), rewrite.to(), lowering, form::asWritten);
      equations = equations.with(changed(update, part, rewriter));
      record(rewriter);
    }
  }

  private static Expr part(Update update, Declaration.Scope.Part part) {
    return switch (part) {
      case DIRECTION -> update.direction();
      case STEP -> update.increment();
      case UPDATE -> update.value();
    };
  }

  private void record(Rewriter rewriter) {
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
    return rewrite
        .scope()
        .map(where -> scope.with("rate", targets(where).getFirst().rate()))
        .orElse(scope);
  }

  /** The updates of the states that a scope names. */
  private List<Update> targets(Declaration.Scope where) {
    Term named = new Term.Reference(where.state().span(), where.state().text());
    Lowering lowering = lowering(scope, where.span());
    return lowering.expr(named) instanceof Expr.Vector(List<Expr> several)
        ? several.stream().map(state -> update((Sym) state)).toList()
        : List.of(update(lowering.state(named)));
  }

  private Update update(Sym state) {
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
          Declaration.Scope where = rewrite.scope().get();
          targets(where).forEach(update -> result.add(part(update, where.part())));
        }
      }
    }
    return result;
  }

  private Lowering lowering(Scope inScope, Span span) {
    return new Lowering(
        inScope,
        Optional.of(model.variable()),
        named -> new Connections(model, span).of(lowering(inScope, span).state(named)),
        function -> Atoms.estimate(function, targets(), span));
  }
}
