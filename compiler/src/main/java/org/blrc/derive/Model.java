package org.blrc.derive;

import java.util.List;
import java.util.Optional;
import org.blrc.family.FamilyFacts;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Unit;

/**
 * A spec whose names have their meaning: the input of the derivation.
 *
 * @param scope the names that rules written in the spec may use
 * @param variable the random variable
 * @param family the posterior's family in its own parameters
 * @param posterior the same with the spec's arguments in place of the parameters
 * @param coordinates the states that the posterior's arguments use, in order of declaration
 * @param loss a function of the random variable
 */
record Model(
    Declaration.Optimizer spec,
    Unit unit,
    Scope scope,
    List<Hyper> hypers,
    List<State> states,
    Sym variable,
    FamilyFacts family,
    FamilyFacts posterior,
    List<Sym> coordinates,
    Optional<FamilyFacts> prior,
    Expr loss) {

  record Hyper(Sym symbol, Optional<Double> byDefault) {}

  record State(Sym symbol, Optional<Expr> initial) {}
}
