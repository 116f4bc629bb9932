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
import org.blrc.syntax.Declaration;

/** What two specs declare differently. The rest of a derivation up to its rules follows from it. */
final class Differences {

  private final Subject left;
  private final Subject right;
  private final Correspondence names;
  private final List<Difference> found = new ArrayList<>();

  private Differences(Subject left, Subject right, Correspondence names) {
    this.left = left;
    this.right = right;
    this.names = names;
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
    if (!names.equal(setting(left).loss(), setting(right).loss())) {
      add(
          "loss",
          subject -> index(subject, Quantity.Loss.class::isInstance),
          subject -> Optional.of(subject.spec().loss().span().oneLine()));
    }
  }

  private void prior() {
    if (!Equality.alike(setting(left).prior(), setting(right).prior(), this::sameDensity)) {
      add(
          "prior",
          subject -> index(subject, Quantity.Loss.class::isInstance),
          subject -> subject.spec().prior().map(Differences::text));
    }
  }

  private void posterior() {
    if (!sameDensity(setting(left).posterior(), setting(right).posterior())) {
      add(
          "posterior",
          subject -> index(subject, Differences::isOfPosterior),
          subject -> Optional.of(text(subject.spec().posterior())));
    }
  }

  /** What a posterior is: natural parameters, or the element of a group. */
  private static boolean isOfPosterior(Quantity quantity) {
    return quantity instanceof Quantity.Natural || quantity instanceof Quantity.Identity;
  }

  /** The same family at the same parameters: the log density then differs by no statistic. */
  private boolean sameDensity(FamilyFacts mine, FamilyFacts other) {
    return names.equal(mine.logBaseMeasure(), other.logBaseMeasure())
        && Equality.sameSets(
            indices(mine),
            indices(other),
            (i, j) ->
                names.equal(mine.statistics().get(i), other.statistics().get(j))
                    && names.equal(mine.natural().get(i), other.natural().get(j)));
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
            (mine, other) -> {
              Expr rate = setting(left).rates().get(mine);
              Expr otherRate = setting(right).rates().get(other);
              if (rate != null && otherRate != null && !names.equal(rate, otherRate)) {
                add(
                    "rate of " + mine.name(),
                    Differences::rateStep,
                    Optional.of(ExprPrinter.TEXT.print(rate)),
                    Optional.of(ExprPrinter.TEXT.print(otherRate)));
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
