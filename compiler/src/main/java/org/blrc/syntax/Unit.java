package org.blrc.syntax;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A spec file together with all that it can refer to: what it declares itself, what its imports
 * declare, and what of the library is not redeclared.
 *
 * @param source the file itself
 * @param optimizers those that the file declares, in its order
 * @param families the file's own, those of its imports, and of templates what optimizers use
 * @param templates the file's own families of any size, and those of its imports
 * @param rules the file's own, and those of its imports
 */
public record Unit(
    SourceFile source,
    List<Declaration.Optimizer> optimizers,
    List<Declaration.Family> families,
    List<Declaration.Template> templates,
    List<Declaration.Rule> rules) {

  public Unit {
    optimizers = List.copyOf(optimizers);
    families = List.copyOf(families);
    templates = List.copyOf(templates);
    rules = List.copyOf(rules);
  }

  /** The family that takes exactly these parameters, in any order. */
  public Optional<Declaration.Family> family(String name, Collection<String> parameters) {
    Set<String> wanted = Set.copyOf(parameters);
    return families(name).stream().filter(f -> parameterNames(f).equals(wanted)).findFirst();
  }

  /** All parameterisations of a family. */
  public List<Declaration.Family> families(String name) {
    return forms(name, families, Declaration.Family.class, Unit::parameterNames);
  }

  /** All parameterisations of a family that has a size. */
  public List<Declaration.Template> templates(String name) {
    return forms(name, templates, Declaration.Template.class, Declaration.Template::parameterNames);
  }

  /** The own declarations of a name, and those of the library that have other parameters. */
  private static <T extends Declaration> List<T> forms(
      String name, List<T> own, Class<T> type, Function<T, Set<String>> parameters) {
    List<T> found = new ArrayList<>(named(name, own));
    Set<Set<String>> declared = found.stream().map(parameters).collect(Collectors.toSet());
    Library.get().declarations(name).stream()
        .filter(type::isInstance)
        .map(type::cast)
        .filter(each -> !declared.contains(parameters.apply(each)))
        .forEach(found::add);
    return found;
  }

  /** The names of all families. */
  public Set<String> familyNames() {
    Set<String> names = names(families, Library.get().families());
    templates.forEach(template -> names.add(template.name().text()));
    return names;
  }

  /** The same with optimizers in single components, and the families that they use. */
  Unit with(List<Declaration.Optimizer> single, List<Declaration.Family> used) {
    List<Declaration.Family> all = new ArrayList<>(families);
    all.addAll(used);
    return new Unit(source, single, all, templates, rules);
  }

  /** The rule of a name. */
  public Optional<Declaration.Rule> rule(String name) {
    List<Declaration.Rule> own = named(name, rules);
    return own.isEmpty()
        ? Library.get().declarations(name).stream()
            .filter(Declaration.Rule.class::isInstance)
            .map(Declaration.Rule.class::cast)
            .findFirst()
        : Optional.of(own.getFirst());
  }

  /** The names of all rules. */
  public Set<String> ruleNames() {
    return names(rules, Library.get().rules());
  }

  public Optional<Declaration.Optimizer> optimizer(String name) {
    return named(name, optimizers).stream().findFirst();
  }

  private static <T extends Declaration> List<T> named(String name, List<T> declarations) {
    return declarations.stream().filter(each -> each.name().text().equals(name)).toList();
  }

  private static Set<String> names(List<? extends Declaration> own, Set<String> library) {
    Set<String> names = new TreeSet<>(library);
    own.forEach(declaration -> names.add(declaration.name().text()));
    return names;
  }

  static Set<String> parameterNames(Declaration.Family family) {
    return family.parameters().stream().map(p -> p.name().text()).collect(Collectors.toSet());
  }
}
