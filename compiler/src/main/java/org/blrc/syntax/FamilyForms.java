package org.blrc.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.blrc.syntax.Declaration.Distribution;
import org.blrc.syntax.Declaration.Family;
import org.blrc.syntax.Declaration.Template;

/** The families that a file may use, of one size and of any, and those made for its uses. */
final class FamilyForms {

  private final Unit unit;
  private final List<Family> made = new ArrayList<>();

  FamilyForms(Unit unit) {
    this.unit = unit;
  }

  Unit unit() {
    return unit;
  }

  /** The families that were made of those of any size. */
  List<Family> made() {
    return made;
  }

  /**
   * The family that a use means, where that can be told here; a use that names no family and no
   * parameters that are declared is left to the checks.
   *
   * @param size the size that the use gives
   * @param report takes what is wrong about the size
   */
  Optional<Family> resolve(Distribution use, Optional<Integer> size, Consumer<Diagnostic> report) {
    String name = use.family().text();
    Set<String> given =
        use.arguments().stream().map(each -> each.name().text()).collect(Collectors.toSet());
    Optional<Template> template =
        unit.templates(name).stream()
            .filter(each -> each.parameterNames().equals(given))
            .findFirst();
    Optional<Family> plain =
        unit.families(name).stream().filter(each -> declared(each).equals(given)).findFirst();
    if (use.size().isEmpty()) {
      if (plain.isEmpty()) {
        sized(name).ifPresent(each -> report.accept(without(use, each, template.isPresent())));
      }
      return plain;
    }
    if (template.isPresent()) {
      return size.flatMap(number -> of(template.get(), number, use, report));
    }
    if (sized(name).isPresent()) {
      report.accept(misfit(use, sized(name).get()));
    } else if (!unit.families(name).isEmpty()) {
      report.accept(
          Diagnostic.at(use.size().get().span(), Code.ARGUMENTS, "`%s` has no size".formatted(name))
              .withHint("write `%s(...)`".formatted(name)));
    }
    return Optional.empty();
  }

  private Optional<Family> of(
      Template template, int size, Distribution use, Consumer<Diagnostic> report) {
    List<Diagnostic> problems = new ArrayList<>();
    Optional<Family> family = Templates.family(template, size, problems::add);
    if (!problems.isEmpty()) {
      Span place = use.size().orElseThrow().span();
      report.accept(
          Diagnostic.at(
                  place,
                  Code.SHAPE,
                  "there is no `%s` of the size %d".formatted(template.name().text(), size))
              .withNote(problems.getFirst().message()));
    }
    family
        .filter(each -> made.stream().noneMatch(other -> isSame(each, other)))
        .ifPresent(made::add);
    return family;
  }

  private static boolean isSame(Family left, Family right) {
    return left.name().text().equals(right.name().text())
        && Unit.parameterNames(left).equals(Unit.parameterNames(right));
  }

  private Optional<Template> sized(String name) {
    return unit.templates(name).stream().findFirst();
  }

  private Diagnostic without(Distribution use, Template template, boolean fits) {
    return fits
        ? Diagnostic.at(
                use.family().span(),
                Code.ARGUMENTS,
                "`%s` lacks its size".formatted(template.name().text()))
            .withNote("declared as " + form(template))
            .withHint("write the number, as in `%s[3](...)`".formatted(template.name().text()))
        : misfit(use, template);
  }

  private Diagnostic misfit(Distribution use, Template template) {
    return Diagnostic.at(
            use.family().span(),
            Code.ARGUMENTS,
            "no `%s` has these parameters".formatted(template.name().text()))
        .withNote(
            unit.templates(template.name().text()).stream()
                .map(FamilyForms::form)
                .collect(Collectors.joining(", ", "declared as ", "")));
  }

  private static String form(Template template) {
    return template.parameters().stream()
        .map(parameter -> parameter.name().text())
        .collect(
            Collectors.joining(
                ", ",
                "`%s[%s](".formatted(template.name().text(), template.size().orElseThrow().text()),
                ")`"));
  }

  private static Set<String> declared(Family family) {
    return Unit.parameterNames(family).stream()
        .map(ComponentNames::declared)
        .collect(Collectors.toSet());
  }
}
