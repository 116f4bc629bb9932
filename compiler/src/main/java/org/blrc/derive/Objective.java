package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blrc.family.FamilyFacts;
import org.blrc.symbolic.CoordinateSums;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;

/**
 * The objective E[loss] - E[log prior] - H(q), split for the rule.
 *
 * <p>A natural parameter that does not depend on any state is a constant: its statistic belongs to
 * the base measure. A prior over the same statistics contributes its natural parameters, exactly;
 * what else it holds joins the loss.
 *
 * @param varying which natural parameters depend on the state
 * @param priorNatural the prior's natural parameters for those statistics; zero where there is no
 *     prior
 * @param baseMeasure log h with the statistics of constant natural parameters
 * @param priorRest what of log prior is not covered by {@code priorNatural}, up to constants
 */
record Objective(
    Model model,
    Coordinates coordinates,
    List<Integer> varying,
    List<Expr> priorNatural,
    Expr baseMeasure,
    Expr priorRest) {

  static Objective of(Model model) {
    Coordinates coordinates = Coordinates.of(model);
    FamilyFacts posterior = coordinates.facts();
    List<Integer> varying = new ArrayList<>();
    List<Expr> fixed = new ArrayList<>(List.of(posterior.logBaseMeasure()));
    for (int j = 0; j < posterior.natural().size(); j++) {
      Expr natural = posterior.natural().get(j);
      if (coordinates.mentionedIn(natural)) {
        varying.add(j);
      } else {
        fixed.add(Exprs.mul(natural, posterior.statistics().get(j)));
      }
    }
    List<Expr> priorNatural = new ArrayList<>();
    Expr rest = Exprs.ZERO;
    if (model.prior().isPresent()) {
      FamilyFacts prior = model.prior().get();
      List<Expr> uncovered = new ArrayList<>(List.of(prior.logBaseMeasure()));
      Expr[] covered = new Expr[varying.size()];
      for (int k = 0; k < prior.statistics().size(); k++) {
        Optional<Integer> at = indexOf(prior.statistics().get(k), varying, posterior);
        Expr natural = Normal.tidy(prior.natural().get(k));
        if (at.isPresent()) {
          covered[at.get()] = natural;
        } else {
          uncovered.add(Exprs.mul(natural, prior.statistics().get(k)));
        }
      }
      for (Expr natural : covered) {
        priorNatural.add(natural == null ? Exprs.ZERO : natural);
      }
      rest = Normal.tidy(Exprs.add(uncovered));
    } else {
      varying.forEach(_ -> priorNatural.add(Exprs.ZERO));
    }
    return new Objective(
        model,
        coordinates,
        List.copyOf(varying),
        List.copyOf(priorNatural),
        Normal.tidy(Exprs.add(fixed)),
        rest);
  }

  private static Optional<Integer> indexOf(
      Expr statistic, List<Integer> varying, FamilyFacts posterior) {
    for (int i = 0; i < varying.size(); i++) {
      if (Normal.equal(statistic, posterior.statistics().get(varying.get(i)))) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** The natural parameters that depend on the state. */
  List<Expr> natural() {
    return varying.stream().map(coordinates.facts().natural()::get).toList();
  }

  /** The expectation parameters of the same statistics. */
  List<Expr> expectation() {
    return varying.stream()
        .map(j -> coordinates.facts().expectation().get(j).orElseThrow())
        .toList();
  }

  /** Whether the states tie natural parameters together, in a coordinate or between them. */
  boolean isCurved() {
    return model.coordinates().size() < varying.size()
        || !(model.blockwise() || Coordinates.sharesParameters(model));
  }

  /** Whether all coordinates share them. */
  List<Boolean> sharedNatural() {
    return natural().stream().map(each -> !CoordinateSums.varies(each)).toList();
  }

  List<Expr> statistics() {
    return varying.stream().map(coordinates.facts().statistics()::get).toList();
  }

  /**
   * What stands under the expectation in the rule: loss + log h, and the part of the prior that is
   * not conjugate.
   */
  Expr integrand() {
    return Exprs.add(model.loss(), besideLoss());
  }

  /** The same without the loss. Where draws are a rule's, this is still the family's own. */
  Expr besideLoss() {
    return Exprs.subtract(baseMeasure, priorRest);
  }

  boolean hasPrior() {
    return model.prior().isPresent();
  }
}
