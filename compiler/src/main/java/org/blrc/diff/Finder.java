package org.blrc.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.blrc.derive.Derivation;
import org.blrc.family.FamilyFacts;
import org.blrc.program.Program;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Noise;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Walk;

/**
 * Finds what corresponds in what two derivations start from: the random variable, the loss, the
 * prior, the states of the posterior and their rates.
 */
final class Finder {

  private final Parts left;
  private final Parts right;
  private final Derivation ofLeft;
  private final Derivation ofRight;
  private final Correspondence found;
  private final List<Equation> hypers = new ArrayList<>();
  private final List<Equation> states = new ArrayList<>();

  private static final int MAX_POWER = 4;

  /** An equation between an expression of the left side and one of the right side. */
  private record Equation(Expr left, Expr right) {}

  private Finder(Derivation ofLeft, Derivation ofRight) {
    this.ofLeft = ofLeft;
    this.ofRight = ofRight;
    this.left = Parts.of(ofLeft);
    this.right = Parts.of(ofRight);
    this.found = new Correspondence(ofLeft, ofRight);
  }

  /**
   * What corresponds, with loss functions paired as given.
   *
   * @param functions pairs of loss functions
   */
  static Correspondence find(
      Derivation ofLeft, Derivation ofRight, List<LossFunctions.Pairing> functions) {
    Finder finder = new Finder(ofLeft, ofRight);
    finder.variables();
    finder.noises();
    functions.forEach(finder::images);
    functions.forEach(finder::weights);
    finder.explicitLoss();
    finder.prior();
    finder.draws();
    finder.posteriors();
    finder.componentWeights();
    finder.solve();
    // Once more, since the sizes of axes are settled now.
    functions.forEach(finder::images);
    return finder.found;
  }

  /** How many components both have. */
  private int components() {
    return Math.min(left.components().size(), right.components().size());
  }

  private void variables() {
    for (int k = 0; k < components(); k++) {
      Sym mine = left.components().get(k).posterior().variable();
      Sym other = right.components().get(k).posterior().variable();
      found.rename(mine, other);
      if (left.isMixture() && right.isMixture()) {
        String function = Derivation.responsibility(k + 1);
        int rank = Derivation.rankOfResponsibility(k + 1);
        found.right().put(function, new Translation.Image(function, rank, Optional.empty()));
      }
    }
    if (left.choice().isPresent() && right.choice().isPresent()) {
      found.rename(left.choice().get().variable(), right.choice().get().variable());
    }
  }

  /** Weights count up to a factor that all have. */
  private void componentWeights() {
    if (left.choice().isEmpty() && right.choice().isEmpty()) {
      for (int k = 1; k < components(); k++) {
        Expr mine = left.components().get(k).weight();
        Expr other = right.components().get(k).weight();
        hypers.add(
            new Equation(
                Exprs.divide(mine, left.first().weight()),
                Exprs.divide(other, right.first().weight())));
        hypers.add(new Equation(mine, other));
      }
      hypers.add(new Equation(left.first().weight(), right.first().weight()));
    }
  }

  private void noises() {
    pair(left.first().posterior().noises(), right.first().posterior().noises());
    pair(ofRules(ofLeft), ofRules(ofRight));
  }

  private void pair(List<Noise> mine, List<Noise> others) {
    for (int i = 0; i < Math.min(mine.size(), others.size()); i++) {
      if (mine.get(i).distribution() == others.get(i).distribution()) {
        found.right().put(others.get(i), mine.get(i));
      }
    }
  }

  /** The noise that rules bring along, in the order in which they do. */
  private static List<Noise> ofRules(Derivation derivation) {
    Program program = derivation.program();
    int sampler = Parts.of(derivation).first().posterior().noises().size();
    return Stream.of(
            program.phases().stream().map(Program.Phase::point),
            program.phases().stream().flatMap(phase -> phase.direction().stream()),
            program.accumulators().stream().map(Program.Accumulator::body),
            program.update().stream().map(Program.Assign::value))
        .flatMap(Function.identity())
        .flatMap(expr -> Walk.find(expr, Noise.class::isInstance).stream())
        .map(Noise.class::cast)
        .filter(noise -> noise.rank() >= sampler)
        .sorted(Comparator.comparingInt(Noise::rank))
        .distinct()
        .toList();
  }

  /** The equations that a pair of loss functions gives. */
  private void weights(LossFunctions.Pairing pairing) {
    LossFunctions.Term mine = pairing.left();
    LossFunctions.Term other = pairing.right();
    if (mine.axis().isPresent() && other.axis().isPresent()) {
      hypers.add(new Equation(mine.axis().get().size(), other.axis().get().size()));
    }
    if (asMean(pairing)) {
      hypers.add(new Equation(mine.weightOfMean(), other.weightOfMean()));
    }
  }

  /**
   * Takes a pair of loss functions for the same. Where only one is that of a single example, the
   * other one is its mean over the data, or its sum.
   */
  private void images(LossFunctions.Pairing pairing) {
    LossFunctions.Term mine = pairing.left();
    LossFunctions.Term other = pairing.right();
    Optional<Axis.Data> axis = mine.axis().map(found.left()::image);
    if (axis.isPresent() && other.axis().isPresent()) {
      found.right().put(other.axis().get().rank(), axis.get());
    }
    boolean asMean = asMean(pairing);
    Optional<Translation.Over> ofRight =
        axis.filter(_ -> other.axis().isEmpty()).map(over -> new Translation.Over(asMean, over));
    Optional<Translation.Over> ofLeft =
        other
            .axis()
            .filter(_ -> mine.axis().isEmpty())
            .map(over -> new Translation.Over(asMean, found.right().image(over)));
    found.left().put(mine.function(), new Translation.Image(mine.function(), mine.rank(), ofLeft));
    found
        .right()
        .put(other.function(), new Translation.Image(mine.function(), mine.rank(), ofRight));
  }

  private boolean asMean(LossFunctions.Pairing pairing) {
    LossFunctions.Term mine = pairing.left();
    LossFunctions.Term other = pairing.right();
    return mine.axis().isPresent() == other.axis().isPresent()
        || agree(mine.weightOfMean(), other.weightOfMean());
  }

  /** Whether two weights can be the same without that one of them is a constant. */
  private static boolean agree(Expr mine, Expr other) {
    return Correspondence.symbols(mine, Sym.Kind.HYPER).isEmpty()
        == Correspondence.symbols(other, Sym.Kind.HYPER).isEmpty();
  }

  /** What the loss holds beside its opaque functions, by powers of the variable and as a whole. */
  private void explicitLoss() {
    Expr mine = LossFunctions.explicit(left.first().loss());
    Expr other = LossFunctions.explicit(right.first().loss());
    Optional<List<Expr>> powers = powers(mine, left.first().posterior().variable());
    Optional<List<Expr>> others = powers(other, right.first().posterior().variable());
    if (powers.isPresent() && others.isPresent()) {
      for (int i = 1; i <= MAX_POWER; i++) {
        hypers.add(new Equation(powers.get().get(i), others.get().get(i)));
      }
    }
    hypers.add(new Equation(mine, other));
  }

  private static Optional<List<Expr>> powers(Expr loss, Sym variable) {
    return Equality.guarded(
        () -> Normal.coefficients(loss, variable, MAX_POWER), Optional.<List<Expr>>empty());
  }

  private void prior() {
    if (left.first().prior().isPresent() && right.first().prior().isPresent()) {
      FamilyFacts mine = left.first().prior().get();
      FamilyFacts other = right.first().prior().get();
      for (int i = 0; i < mine.natural().size(); i++) {
        OptionalInt at = indexOf(mine.statistics().get(i), other);
        if (at.isPresent()) {
          hypers.add(new Equation(mine.natural().get(i), other.natural().get(at.getAsInt())));
        }
      }
    }
  }

  private void draws() {
    Optional<Expr> mine = ofLeft.program().samples();
    Optional<Expr> other = ofRight.program().samples();
    if (mine.isPresent() && other.isPresent()) {
      hypers.add(new Equation(mine.get(), other.get()));
    }
  }

  private void posteriors() {
    for (int k = 0; k < components(); k++) {
      posterior(left.components().get(k).posterior(), right.components().get(k).posterior());
    }
    if (left.choice().isPresent() && right.choice().isPresent()) {
      posterior(left.choice().get().posterior(), right.choice().get().posterior());
    }
  }

  /** Means of statistics say more about a state than natural parameters, which mix them. */
  private void posterior(FamilyFacts mine, FamilyFacts other) {
    List<Equation> natural = new ArrayList<>();
    for (int i = 0; i < mine.natural().size(); i++) {
      OptionalInt at = indexOf(mine.statistics().get(i), other);
      if (at.isPresent()) {
        int j = at.getAsInt();
        Equation equation = new Equation(mine.natural().get(i), other.natural().get(j));
        // One that no state moves is made of hyper-parameters.
        (isFixed(equation) ? hypers : natural).add(equation);
        if (mine.expectation().get(i).isPresent() && other.expectation().get(j).isPresent()) {
          states.add(
              new Equation(mine.expectation().get(i).get(), other.expectation().get(j).get()));
        }
      }
    }
    states.addAll(natural);
  }

  private static boolean isFixed(Equation equation) {
    return Correspondence.symbols(equation.left(), Sym.Kind.STATE).isEmpty()
        && Correspondence.symbols(equation.right(), Sym.Kind.STATE).isEmpty();
  }

  private OptionalInt indexOf(Expr statistic, FamilyFacts other) {
    for (int j = 0; j < other.statistics().size(); j++) {
      if (found.equal(statistic, other.statistics().get(j))) {
        return OptionalInt.of(j);
      }
    }
    return OptionalInt.empty();
  }

  /** Takes the equations that settle most first, until none settles anything. */
  private void solve() {
    while (hypers() || states(false) || states(true) || roles()) {
      // Each round settles a symbol.
    }
  }

  private boolean hypers() {
    return hypers.stream()
        .anyMatch(each -> found.settle(each.left(), each.right(), Sym.Kind.HYPER));
  }

  /**
   * @param open whether hyper-parameters in the equation may be open
   */
  private boolean states(boolean open) {
    if (!sameFamily()) {
      return false;
    }
    for (Equation each : states) {
      if (found.settleNames(each.left(), each.right())) {
        return paired();
      }
    }
    for (Equation each : states) {
      if ((open || isClosed(each)) && found.settle(each.left(), each.right(), Sym.Kind.STATE)) {
        return paired();
      }
    }
    return false;
  }

  private boolean sameFamily() {
    FamilyFacts mine = left.first().posterior();
    FamilyFacts other = right.first().posterior();
    return mine.statistics().size() == other.statistics().size()
        && mine.statistics().stream().allMatch(each -> indexOf(each, other).isPresent())
        && found.equal(mine.logBaseMeasure(), other.logBaseMeasure());
  }

  private boolean isClosed(Equation equation) {
    return found.openLeft(equation.left(), Sym.Kind.HYPER).isEmpty()
        && found.openRight(equation.right(), Sym.Kind.HYPER).isEmpty();
  }

  /** States that alone are open in the same parameter have the same part in the posterior. */
  private boolean roles() {
    for (Equation each : states) {
      List<Sym> mine = found.openLeft(each.left(), Sym.Kind.STATE);
      List<Sym> others = found.openRight(each.right(), Sym.Kind.STATE);
      if (mine.size() == 1 && others.size() == 1) {
        found.rename(mine.getFirst(), others.getFirst());
        return paired();
      }
    }
    return false;
  }

  /** The rates of states that correspond. */
  private boolean paired() {
    found
        .states()
        .forEach(
            (mine, other) -> {
              Optional<Expr> rate = left.rate(mine);
              Optional<Expr> otherRate = right.rate(other);
              if (rate.isPresent() && otherRate.isPresent()) {
                hypers.add(new Equation(rate.get(), otherRate.get()));
              }
            });
    return true;
  }
}
