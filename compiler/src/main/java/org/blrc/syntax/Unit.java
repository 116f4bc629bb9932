package org.blrc.syntax;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A spec file together with all that it can refer to.
 *
 * @param source the file itself
 * @param optimizers those that the file declares, in its order
 * @param families the file's own, those of its imports, then those of the library that are not
 *     redeclared
 * @param rules likewise
 */
public record Unit(
    SourceFile source,
    List<Declaration.Optimizer> optimizers,
    List<Declaration.Family> families,
    List<Declaration.Rule> rules) {

  public Unit {
    optimizers = List.copyOf(optimizers);
    families = List.copyOf(families);
    rules = List.copyOf(rules);
  }

  /** The family that takes exactly these parameters, in any order. */
  public Optional<Declaration.Family> family(String name, Collection<String> parameters) {
    Set<String> wanted = Set.copyOf(parameters);
    return families(name).stream().filter(f -> parameterNames(f).equals(wanted)).findFirst();
  }

  /** All parameterisations of a family. */
  public List<Declaration.Family> families(String name) {
    return families.stream().filter(family -> family.name().text().equals(name)).toList();
  }

  public Optional<Declaration.Rule> rule(String name) {
    return rules.stream().filter(rule -> rule.name().text().equals(name)).findFirst();
  }

  public Optional<Declaration.Optimizer> optimizer(String name) {
    return optimizers.stream().filter(o -> o.name().text().equals(name)).findFirst();
  }

  static Set<String> parameterNames(Declaration.Family family) {
    return family.parameters().stream().map(p -> p.name().text()).collect(Collectors.toSet());
  }
}
