package org.blrc.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.blrc.derive.Derivation;
import org.blrc.derive.Derivation.Result;
import org.blrc.derive.Step;
import org.blrc.diff.DerivationDiff.UpdatePair;
import org.blrc.diff.DerivationDiff.Verdict;
import org.blrc.diff.Names.Pair;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;

/** Compares two derivations. */
public final class Differ {

  private final Subject left;
  private final Subject right;
  private final List<LossFunctions.Pairing> functions;
  private Correspondence names;

  private Differ(Subject left, Subject right, List<LossFunctions.Pairing> functions) {
    this.left = left;
    this.right = right;
    this.functions = functions;
  }

  /** The comparison under the pairing of loss functions that brings the two closest. */
  public static DerivationDiff compare(Subject left, Subject right) {
    return LossFunctions.pairings(
            Parts.of(left.derivation()).first().loss(), Parts.of(right.derivation()).first().loss())
        .stream()
        .map(pairing -> new Differ(left, right, pairing).compare())
        .min(CLOSEST)
        .orElseThrow();
  }

  private static final Comparator<DerivationDiff> CLOSEST =
      Comparator.comparing(DerivationDiff::verdict)
          .thenComparingLong(diff -> -diff.rows().stream().filter(Row::isEqual).count())
          .thenComparingInt(diff -> diff.differences().size());

  private DerivationDiff compare() {
    names = Finder.find(left.derivation(), right.derivation(), functions);
    List<Step> mine = left.derivation().steps();
    List<Step> others = right.derivation().steps();
    settle(Alignment.of(mine, others, equality()));
    LeftOvers.Result result = LeftOvers.pair(left.derivation(), right.derivation(), names);
    names = result.names();
    Map<Sym, Agreement> agreements = result.agreements();
    List<Row> rows = Alignment.of(mine, others, equality());
    return new DerivationDiff(
        left,
        right,
        shown(),
        rows,
        Differences.of(left, right, names, rows),
        updates(agreements),
        StartValues.of(left.derivation(), right.derivation(), names),
        verdict(agreements));
  }

  private StepEquality equality() {
    return new StepEquality(left.derivation(), right.derivation(), names);
  }

  /** Rules that both apply say what corresponds in their arguments and which states they add. */
  private void settle(List<Row> rows) {
    for (Row row : rows) {
      if (row.left().isPresent() && row.right().isPresent()) {
        Step mine = left.derivation().steps().get(row.left().getAsInt());
        Step other = right.derivation().steps().get(row.right().getAsInt());
        if (equality().sameKind(mine, other) && mine.rule().isPresent()) {
          List<Sym> added = mine.rule().get().added().stream().map(each -> each.state()).toList();
          List<Sym> others = other.rule().get().added().stream().map(each -> each.state()).toList();
          for (int i = 0; i < Math.min(added.size(), others.size()); i++) {
            names.rename(added.get(i), others.get(i));
          }
          StepEquality.arguments(mine, other)
              .forEach(pair -> names.settle(pair.left(), pair.right(), Sym.Kind.HYPER));
        }
      }
    }
  }

  private Verdict verdict(Map<Sym, Agreement> agreements) {
    if (!Updates.isComplete(left.derivation(), right.derivation(), names)
        || agreements.values().stream()
            .anyMatch(each -> each == Agreement.NONE || each == Agreement.GIVEN_OTHERS)) {
      return Verdict.DIFFERENT;
    }
    return agreements.containsValue(Agreement.NUMERICAL) ? Verdict.SAME_NUMERICALLY : Verdict.SAME;
  }

  private List<UpdatePair> updates(Map<Sym, Agreement> agreements) {
    List<UpdatePair> pairs = new ArrayList<>();
    for (Result result : left.derivation().result()) {
      Sym other = names.states().get(result.state());
      pairs.add(
          new UpdatePair(
              Optional.of(result),
              Optional.ofNullable(other).flatMap(state -> result(right.derivation(), state)),
              other == null ? Agreement.NONE : agreements.get(result.state())));
    }
    for (Result result : right.derivation().result()) {
      if (!names.states().containsValue(result.state())) {
        pairs.add(new UpdatePair(Optional.empty(), Optional.of(result), Agreement.NONE));
      }
    }
    return pairs;
  }

  private static Optional<Result> result(Derivation derivation, Sym state) {
    return derivation.result().stream().filter(each -> each.state().equals(state)).findFirst();
  }

  private Names shown() {
    return new Names(
        functions.stream().map(this::shown).toList(),
        pairs(Sym.Kind.STATE),
        pairs(Sym.Kind.HYPER),
        Correspondence.symbols(left.derivation()).filter(names::isOpenLeft).toList(),
        Correspondence.symbols(right.derivation()).filter(names::isOpenRight).toList());
  }

  private List<Pair> pairs(Sym.Kind kind) {
    return names.pairs().stream()
        .filter(
            pair ->
                Stream.of(pair.left(), pair.right())
                    .anyMatch(expr -> expr instanceof Sym symbol && symbol.kind() == kind))
        .toList();
  }

  /** A loss function as each side knows it. */
  private Pair shown(LossFunctions.Pairing pairing) {
    return new Pair(
        written(pairing.left(), left, names.right().over(pairing.right().function())),
        written(pairing.right(), right, names.left().over(pairing.left().function())));
  }

  /** A function of the random variable, as the mean or sum that the other side knows it by. */
  private static Expr written(
      LossFunctions.Term term, Subject subject, Optional<Translation.Over> knownAs) {
    Sym variable = Parts.of(subject.derivation()).first().posterior().variable();
    if (term.axis().isEmpty() || knownAs.isEmpty()) {
      return new Expr.Oracle(term.function(), term.rank(), 0, Optional.empty(), variable);
    }
    Expr.Axis.Data axis = term.axis().get();
    Sym index = Translation.indexOf(axis.rank());
    return new Expr.Reduce(
        knownAs.get().mean(),
        index,
        axis,
        new Expr.Oracle(term.function(), term.rank(), 0, Optional.of(index), variable));
  }
}
