package org.blrc.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.blrc.derive.Quantity;
import org.blrc.derive.Setting;
import org.blrc.derive.Step;
import org.blrc.derive.Step.Line;
import org.blrc.diff.Difference.Assumption;
import org.blrc.diff.Difference.Kind;
import org.blrc.family.FamilyFacts;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Exprs;
import org.blrc.syntax.Declaration;

/** What two specs declare differently. The rest of a derivation up to its rules follows from it. */
final class Differences {

  private final Subject left;
  private final Subject right;
  private final Correspondence names;
  private final Parts leftParts;
  private final Parts rightParts;
  private final List<Difference> found = new ArrayList<>();

  private Differences(Subject left, Subject right, Correspondence names) {
    this.left = left;
    this.right = right;
    this.names = names;
    this.leftParts = Parts.of(left.derivation());
    this.rightParts = Parts.of(right.derivation());
  }

  /** All assumptions that separate two derivations, in the order of the derivations. */
  static List<Difference> of(Subject left, Subject right, Correspondence names, List<Row> rows) {
    Differences differences = new Differences(left, right, names);
    differences.loss();
    differences.prior();
    differences.posterior();
    differences.gradient();
    differences.step();
    differences.rates();
    differences.found.addAll(
        RuleDifferences.of(left.derivation(), right.derivation(), names, rows));
    return differences.found.stream().sorted(Comparator.comparingInt(Difference::first)).toList();
  }

  private void loss() {
    if (!names.equal(leftParts.first().loss(), rightParts.first().loss())) {
      add(
          "loss",
          subject -> index(subject, Quantity.Loss.class::isInstance),
          subject -> Optional.of(subject.spec().loss().span().oneLine()));
    }
  }

  private void prior() {
    if (!Equality.alike(leftParts.first().prior(), rightParts.first().prior(), this::sameDensity)) {
      add(
          "prior",
          subject -> index(subject, Quantity.Loss.class::isInstance),
          subject -> subject.spec().prior().map(Differences::text));
    }
  }

  private void posterior() {
    if (!samePosterior()) {
      add(
          "posterior",
          subject -> index(subject, Differences::isOfPosterior),
          subject -> Optional.of(text(subject.spec().posterior())));
    }
  }

  /** The same distributions with the same weights, up to a factor, and all of them together. */
  private boolean samePosterior() {
    int count = leftParts.components().size();
    if (count != rightParts.components().size()
        || isTogether(left) != isTogether(right)
        || !Equality.alike(
            leftParts.choice(),
            rightParts.choice(),
            (one, its) -> sameDensity(one.posterior(), its.posterior()))) {
      return false;
    }
    for (int k = 0; k < count; k++) {
      Parts.Part part = leftParts.components().get(k);
      Parts.Part its = rightParts.components().get(k);
      Expr weight = Exprs.divide(part.weight(), leftParts.first().weight());
      Expr itsWeight = Exprs.divide(its.weight(), rightParts.first().weight());
      if (!sameDensity(part.posterior(), its.posterior(), k + 1)
          || !names.equal(weight, itsWeight)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTogether(Subject subject) {
    return subject.spec().mixture().stream().anyMatch(Declaration.Component::together);
  }

  /** What a posterior is: natural parameters, the element of a group, or components. */
  private static boolean isOfPosterior(Quantity quantity) {
    return quantity instanceof Quantity.Natural
        || quantity instanceof Quantity.Identity
        || quantity instanceof Quantity.LogResponsibility;
  }

  /** The same family at the same parameters: the log density then differs by no statistic. */
  private boolean sameDensity(FamilyFacts one, FamilyFacts other) {
    return sameDensity(one, other, 1);
  }

  private boolean sameDensity(FamilyFacts one, FamilyFacts other, int component) {
    return names.equal(one.logBaseMeasure(), other.logBaseMeasure(), component)
        && Equality.sameSets(
            indices(one),
            indices(other),
            (i, j) ->
                names.equal(one.statistics().get(i), other.statistics().get(j), component)
                    && names.equal(one.natural().get(i), other.natural().get(j), component));
  }

  private static List<Integer> indices(FamilyFacts family) {
    return IntStream.range(0, family.statistics().size()).boxed().toList();
  }

  /** Ways to take the gradient have sources of their own. */
  private void gradient() {
    Predicate<Quantity> integrand = Quantity.Integrand.class::isInstance;
    Optional<Step> mine = step(left, integrand);
    Optional<Step> other = step(right, integrand);
    if (mine.isPresent()
        && other.isPresent()
        && mine.get().source().isPresent()
        && other.get().source().isPresent()
        && !mine.get().source().equals(other.get().source())) {
      add(
          "gradient of the expectation",
          subject -> index(subject, integrand),
          subject -> step(subject, integrand).map(step -> step.justification().text()));
    }
  }

  private void step() {
    if (setting(left).mode() != setting(right).mode()) {
      add(
          "step",
          subject -> next(index(subject, Quantity.Integrand.class::isInstance)),
          subject ->
              Optional.of(
                  switch (setting(subject).mode()) {
                    case JOINT -> "one step of all natural parameters";
                    case BLOCKWISE -> "a step of each state by itself";
                    case GROUP -> "a step along the group that moves the posterior";
                    case CURVED -> "a step in the states, which tie the family's parameters";
                  }));
    }
  }

  private static OptionalInt next(OptionalInt index) {
    return index.isPresent() ? OptionalInt.of(index.getAsInt() + 1) : index;
  }

  private void rates() {
    names
        .states()
        .forEach(
            (state, other) -> {
              Optional<Expr> rate = leftParts.rate(state);
              Optional<Expr> otherRate = rightParts.rate(other);
              if (rate.isPresent()
                  && otherRate.isPresent()
                  && !names.equal(rate.get(), otherRate.get())) {
                add(
                    "rate of " + state.name(),
                    Differences::rateStep,
                    rate.map(ExprPrinter.TEXT::print),
                    otherRate.map(ExprPrinter.TEXT::print));
              }
            });
  }

  /** The last step before the rules, but for the one in which the derivation ends. */
  private static OptionalInt rateStep(Subject subject) {
    List<Step> steps = subject.derivation().steps();
    return IntStream.range(0, steps.size() - 1).filter(i -> steps.get(i).rule().isEmpty()).max();
  }

  private void add(
      String about, Function<Subject, OptionalInt> step, Function<Subject, Optional<String>> text) {
    add(about, step, text.apply(left), text.apply(right));
  }

  private void add(
      String about,
      Function<Subject, OptionalInt> step,
      Optional<String> mine,
      Optional<String> other) {
    found.add(
        new Difference(
            Kind.DECLARED,
            about,
            mine.map(its -> declared(step.apply(left), its)),
            other.map(its -> declared(step.apply(right), its))));
  }

  private static Assumption declared(OptionalInt step, String text) {
    return new Assumption(step, text, Optional.empty(), Optional.empty(), List.of(), List.of());
  }

  private static Optional<Step> step(Subject subject, Predicate<Quantity> shownBy) {
    OptionalInt index = index(subject, shownBy);
    return index.isPresent()
        ? Optional.of(subject.derivation().steps().get(index.getAsInt()))
        : Optional.empty();
  }

  /** The first step that shows a quantity. */
  private static OptionalInt index(Subject subject, Predicate<Quantity> shownBy) {
    List<Step> steps = subject.derivation().steps();
    return IntStream.range(0, steps.size())
        .filter(
            i ->
                steps.get(i).lines().stream()
                    .anyMatch(
                        line ->
                            line instanceof Line.Equation(Quantity quantity, Expr _)
                                && shownBy.test(quantity)))
        .findFirst();
  }

  private static String text(Declaration.Distribution distribution) {
    return distribution.span().oneLine();
  }

  private static Setting setting(Subject subject) {
    return subject.derivation().setting();
  }
}
