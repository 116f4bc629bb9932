package org.blrc.derive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.blrc.derive.Step.Line;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Declaration.Action;
import org.blrc.syntax.Declaration.Action.Rewrite;
import org.blrc.syntax.Span;
import org.blrc.syntax.Term;

/** Applies one rule to the update equations. */
final class RulePass {

  /**
   * What a rule has come to.
   *
   * @param facts lines on which the rule builds
   */
  record Result(
      Progress progress,
      List<Replacement> replacements,
      List<Line> facts,
      Grade grade,
      AppliedRule applied) {}

  private final Model model;

  /** Whose states move. */
  private final Model moved;

  private final RuleInstance rule;
  private final EquationForm form;
  private Scope scope;
  private Scope names;
  private Equations equations;
  private final List<Model.State> states;
  private RuleNoise noise;
  private final List<Replacement> replacements = new ArrayList<>();
  private final List<Line> facts = new ArrayList<>();
  private final Map<List<Sym>, JointConnection> joints = new HashMap<>();
  private final List<AppliedRule.Target> added = new ArrayList<>();
  private Grade grade;

  private RulePass(Model model, Model moved, RuleInstance rule, Progress before) {
    this.model = model;
    this.moved = moved;
    this.rule = rule;
    this.form = new EquationForm(model.posterior());
    this.equations = before.equations();
    this.states = new ArrayList<>(before.states());
    this.noise = before.noise();
    this.names = before.names();
    this.scope = rule.scope();
    this.grade = rule.grade();
  }

  /**
   * Applies a rule.
   *
   * @param model over whose random variable expectations are taken
   * @param moved whose states move: the same but for the weights of a mixture
   */
  static Result apply(Model model, Model moved, RuleInstance rule, Progress before) {
    RulePass pass = new RulePass(model, moved, rule, before);
    pass.run();
    return pass.result();
  }

  /** With those of the added states shared, too, that shared states move with. */
  private Result result() {
    Progress progress = new Progress(equations, states, noise, names);
    Set<Sym> shared =
        SharedStates.among(added.stream().map(AppliedRule.Target::state).toList(), equations);
    UnaryOperator<Expr> inShared = Progress.inShared(shared);
    return new Result(
        progress.sharing(shared),
        replacements.stream()
            .map(each -> new Replacement(inShared.apply(each.from()), inShared.apply(each.to())))
            .toList(),
        List.copyOf(facts),
        grade,
        rule.applied(
            scope,
            added.stream()
                .map(
                    each -> new AppliedRule.Target(each.name(), (Sym) inShared.apply(each.state())))
                .toList(),
            model.variable()));
  }

  private void run() {
    scope = rule.withSubject(scope, model, model.posterior());
    bindArguments();
    for (Action action : rule.actions()) {
      switch (action) {
        case Action.AddState add -> addState(add);
        case Action.AddNoise(Span _, Declaration.Draw draw) -> addNoise(draw);
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
      if (model.responsibilities().isEmpty() || equations.of(state).isPresent()) {
        states.add(state);
      }
    }
    if (states.isEmpty()) {
      throw Failure.at(rule.span(), Code.NO_MATCH, "none of these states has an update yet");
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
            FamilyLowering.domain(declared.variable().domain()),
            declared.variable().shared());
    states.add(
        new Model.State(
            symbol, declared.variable().value().map(term -> Lowering.plain(scope).expr(term))));
    scope = scope.with(declared.inRule(), symbol);
    names = names.with(name, symbol);
    added.add(new AppliedRule.Target(declared.inRule(), symbol));
  }

  private void addNoise(Declaration.Draw draw) {
    Expr.Noise added = noise.next(draw, model.posterior());
    noise = noise.and(added);
    scope = scope.with(draw.name().text(), added);
  }

  private void assign(Span span, String state, Term value) {
    Lowering lowering = lowering(scope, span);
    Sym symbol = lowering.state(new Term.Reference(span, state));
    Expr right = form.of(RuleNoise.drawn(lowering.expr(value)));
    equations = equations.and(new Update(symbol, new Update.Form.Plain(Exprs.ONE, right)));
  }

  private void rewrite(Rewrite rewrite) {
    if (rewrite.scope().isPresent()) {
      inScope(rewrite, rewrite.scope().get());
      return;
    }
    Rewriter rewriter = rewriter(rewrite, lowering(scope, rewrite.from().span()), form::of);
    if (rewriter.pattern() instanceof Pattern.Any) {
      throw Failure.at(
              rewrite.from().span(),
              Code.PATTERN,
              "`" + rewrite.from().span().text() + "` would match everything")
          .hint("say where, as in `in direction of m: x ~> ...`");
    }
    equations = equations.map(update -> PartRewrite.everywhere(update, rewriter));
    record(rewriter);
  }

  /** In the updates that a scope names: all of them read the equations as they are before. */
  private void inScope(Rewrite rewrite, Declaration.Scope where) {
    List<Update> together = targets(where);
    List<Scope> places =
        together.stream()
            .map(update -> place(update).with(wholes(rewrite.from(), update, where.part())))
            .toList();
    for (Update update : together) {
      Lowering outer = lowering(place(update), rewrite.from().span());
      Lowering lowering =
          outer.withConnection(
              named ->
                  outer.expr(named) instanceof Expr.Vector
                      ? joint(together).in(update.state(), places)
                      : outer.connection().apply(named));
      // Products of steps stay products: multiplied out, they would be many.
      Rewriter rewriter =
          rewriter(rewrite, lowering, together.size() > 1 ? form::asWritten : form::of);
      Update changed = PartRewrite.of(update, where.part(), rewriter);
      if (!rewriter.replacements().isEmpty()) {
        equations = equations.with(changed);
      }
      record(rewriter);
    }
  }

  /** What names stand for in one update: {@code rate} is the rate there. */
  private Scope place(Update update) {
    return scope.with("rate", update.rate());
  }

  /** What a left side that stands for a part of an update as a whole is bound to there. */
  private Map<String, Value> wholes(Term from, Update update, Declaration.Scope.Part part) {
    return from instanceof Term.Reference(Span _, String name) && scope.find(name).isEmpty()
        ? Map.of(name, new Value.Scalar(PartRewrite.part(update, part)))
        : Map.of();
  }

  private JointConnection joint(List<Update> together) {
    return joints.computeIfAbsent(
        together.stream().map(Update::state).toList(),
        states -> {
          JointConnection connection = new Connections(moved, rule.span()).of(states);
          facts.addAll(connection.lines());
          return connection;
        });
  }

  private Rewriter rewriter(Rewrite rewrite, Lowering lowering, UnaryOperator<Expr> toForm) {
    Rewriter rewriter = new Rewriter(rewrite.from(), rewrite.to(), lowering, toForm);
    if (rewriter.pattern() instanceof Pattern.Exactly(Expr what) && what.equals(model.variable())) {
      String name = rewrite.from().span().text();
      throw Failure.at(
              rewrite.from().span(),
              Code.PATTERN,
              "`" + name + "` is the random variable here, not a pattern")
          .hint("a name that nothing declares matches anything; use another one");
    }
    return rewriter;
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
          targets(where).forEach(update -> result.add(PartRewrite.part(update, where.part())));
        }
      }
    }
    return result;
  }

  private Lowering lowering(Scope inScope, Span span) {
    return new Lowering(
        inScope,
        Optional.of(model.variable()),
        named -> new Connections(moved, span).of(lowering(inScope, span).state(named)),
        function -> Atoms.estimate(function, targets(), span));
  }
}
