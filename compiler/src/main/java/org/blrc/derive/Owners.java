package org.blrc.derive;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.blrc.syntax.Declaration.Action;
import org.blrc.syntax.Declaration.Approximation;
import org.blrc.syntax.Span;

/**
 * On which components of a posterior an approximation acts: on those whose states it names, or on
 * all of them. On the weights of a mixture, and on components beside these, it acts where it finds
 * something.
 */
final class Owners {

  private Owners() {}

  static List<Branch> of(
      Approximation approximation, List<Branch> branches, List<Model.State> states) {
    Set<String> names = names(approximation);
    List<Branch> named =
        branches.stream()
            .filter(
                branch ->
                    branch.equations().updates().stream()
                        .anyMatch(update -> names.contains(update.state().name())))
            .toList();
    return named.isEmpty() ? all(approximation, branches, states) : named;
  }

  private static List<Branch> all(
      Approximation approximation, List<Branch> branches, List<Model.State> states) {
    List<Branch> components = branches.stream().filter(each -> !each.isOfWeights()).toList();
    List<Branch> weights =
        branches.stream()
            .filter(Branch::isOfWeights)
            .filter(each -> each.finds(approximation, states))
            .toList();
    if (weights.isEmpty()) {
      return components.isEmpty() ? branches : components;
    }
    boolean alone = components.stream().noneMatch(each -> each.finds(approximation, states));
    return alone ? weights : branches;
  }

  /** The state that it acts on, or else all names in it. */
  private static Set<String> names(Approximation approximation) {
    Set<String> names = new HashSet<>();
    switch (approximation) {
      case Approximation.Inline(Span _, Action.Rewrite rewrite) -> {
        if (rewrite.scope().isPresent()) {
          return Set.of(rewrite.scope().get().state().text());
        }
        names.addAll(References.of(rewrite.from()));
        names.addAll(References.of(rewrite.to()));
      }
      case Approximation.Use use -> {
        if (use.target().isPresent()) {
          return Set.of(use.target().get().text());
        }
        use.arguments().forEach(argument -> names.addAll(References.of(argument.value())));
      }
    }
    return names;
  }
}
