package org.blrc.diff;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.blrc.derive.Derivation;
import org.blrc.derive.Setting;
import org.blrc.family.FamilyFacts;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;

/**
 * What a derivation is about: one distribution, or the components of a mixture.
 *
 * @param choice the distribution of the component, where weights are learned
 */
record Parts(List<Part> components, Optional<Setting> choice) {

  /**
   * A component, or all there is.
   *
   * @param weight up to a factor that all components have
   * @param loss of the spec, without responsibilities
   * @param setting absent where no state moves it
   */
  record Part(
      Expr weight,
      FamilyFacts posterior,
      Optional<FamilyFacts> prior,
      Expr loss,
      Optional<Setting> setting) {}

  static Parts of(Derivation derivation) {
    Setting whole = derivation.setting();
    return derivation.components().isEmpty()
        ? new Parts(
            List.of(
                new Part(
                    Exprs.ONE, whole.posterior(), whole.prior(), whole.loss(), Optional.of(whole))),
            Optional.empty())
        : new Parts(
            derivation.components().stream().map(Parts::part).toList(),
            derivation.weights().map(Derivation::setting));
  }

  private static Part part(Derivation.Component component) {
    Optional<Setting> setting = component.derivation().map(Derivation::setting);
    return new Part(
        component.weight(),
        // With its draws as rules make them.
        setting.map(Setting::posterior).orElse(component.posterior()),
        component.prior(),
        component.loss(),
        setting);
  }

  Part first() {
    return components.getFirst();
  }

  boolean isMixture() {
    return components.size() > 1;
  }

  /** What each part of the derivation starts from. */
  Stream<Setting> settings() {
    return Stream.concat(
        components.stream().flatMap(part -> part.setting().stream()), choice.stream());
  }

  /** The rate of a state. */
  Optional<Expr> rate(Sym state) {
    return settings()
        .flatMap(setting -> Optional.ofNullable(setting.rates().get(state)).stream())
        .findFirst();
  }

  /** The coordinates of each component as functions of the states. */
  List<Map<Sym, Expr>> inStates() {
    return components.stream()
        .map(part -> part.setting().map(Setting::inStates).orElse(Map.of()))
        .toList();
  }
}
