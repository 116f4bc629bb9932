package org.blrc.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration.Distribution;
import org.blrc.syntax.Declaration.Family;
import org.blrc.syntax.Declaration.NamedTerm;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Loaded;
import org.blrc.syntax.Span;
import org.blrc.syntax.Spelling;
import org.blrc.syntax.Term.Name;
import org.blrc.syntax.Unit;

/** Finds the family that a use means, among the parameterisations of the same name. */
final class Families {

  private final Report report;
  private final Unit unit;
  private final Set<String> broken;

  Families(Report report, Loaded loaded) {
    this.report = report;
    this.unit = loaded.unit();
    this.broken = loaded.broken();
  }

  /** The family with its arguments in order; reports where there is none. */
  Optional<Family> resolve(Distribution use) {
    Name name = use.family();
    List<Family> candidates = candidates(name);
    if (candidates.isEmpty() || repeated(use)) {
      return Optional.empty();
    }
    List<String> given = use.arguments().stream().map(a -> a.name().text()).toList();
    Optional<Family> exact = unit.family(name.text(), given);
    if (exact.isEmpty() && !broken.contains(name.text())) {
      Family nearest =
          candidates.stream()
              .max(
                  Comparator.comparingLong(
                      f -> parameters(f).stream().filter(given::contains).count()))
              .orElseThrow();
      misfit(use, nearest, given);
    }
    return exact;
  }

  /** Checks the family in the head of a rule. */
  void checkSubject(Name family, List<Name> parameters) {
    if (!unit.templates(family.text()).isEmpty()) {
      report.add(
          family.span(),
          Code.SHAPE,
          "a rule cannot be meant for `%s`, whose parameters have components"
              .formatted(family.text()),
          "leave the family out, as in `for theta`");
      return;
    }
    List<Family> candidates = candidates(family);
    List<String> given = parameters.stream().map(Name::text).toList();
    if (!candidates.isEmpty()
        && !broken.contains(family.text())
        && unit.family(family.text(), Set.copyOf(given)).isEmpty()) {
      report.add(
          Diagnostic.at(
                  family
                      .span()
                      .to(parameters.isEmpty() ? family.span() : parameters.getLast().span()),
                  Code.ARGUMENTS,
                  "no `%s` has the parameters %s"
                      .formatted(
                          family.text(), given.isEmpty() ? "()" : Spelling.list(given, "and")))
              .withNote(forms(candidates)));
    }
  }

  private List<Family> candidates(Name name) {
    List<Family> candidates = unit.families(name.text());
    if (candidates.isEmpty() && !broken.contains(name.text())) {
      List<String> families = List.copyOf(unit.familyNames());
      report.add(
          name.span(),
          Code.UNKNOWN_FAMILY,
          "there is no family `%s`".formatted(name.text()),
          Spelling.hint(name.text(), families)
              .orElse("known are " + Spelling.list(families, "and")));
    }
    return candidates;
  }

  private boolean repeated(Distribution use) {
    Map<String, Span> seen = new HashMap<>();
    boolean repeated = false;
    for (NamedTerm argument : use.arguments()) {
      if (seen.putIfAbsent(argument.name().text(), argument.name().span()) != null) {
        report.add(
            argument.name().span(),
            Code.ARGUMENTS,
            "`%s` is given twice".formatted(argument.name().text()));
        repeated = true;
      }
    }
    return repeated;
  }

  private void misfit(Distribution use, Family nearest, List<String> given) {
    List<Family> candidates = unit.families(use.family().text());
    List<String> missing = new ArrayList<>(parameters(nearest));
    missing.removeAll(given);
    boolean unknown = false;
    for (NamedTerm argument : use.arguments()) {
      String name = argument.name().text();
      if (!parameters(nearest).contains(name)) {
        unknown = true;
        Diagnostic diagnostic =
            Diagnostic.at(
                    argument.name().span(),
                    Code.ARGUMENTS,
                    known(candidates, name)
                        ? "`%s` does not go together with the other arguments".formatted(name)
                        : "`%s` has no parameter `%s`".formatted(use.family().text(), name))
                .withNote(forms(candidates));
        Optional<String> hint = Spelling.hint(name, missing);
        report.add(hint.map(diagnostic::withHint).orElse(diagnostic));
      }
    }
    if (!unknown) {
      report.add(
          Diagnostic.at(
                  use.family().span(),
                  Code.ARGUMENTS,
                  "`%s` lacks the argument%s %s"
                      .formatted(
                          use.family().text(),
                          missing.size() == 1 ? "" : "s",
                          Spelling.list(missing, "and")))
              .withNote(forms(candidates)));
    }
  }

  private static boolean known(List<Family> candidates, String parameter) {
    return candidates.stream().anyMatch(family -> parameters(family).contains(parameter));
  }

  private static List<String> parameters(Family family) {
    return family.parameters().stream().map(p -> p.name().text()).toList();
  }

  private static String forms(List<Family> candidates) {
    return candidates.stream()
        .map(f -> "`" + f.name().text() + "(" + String.join(", ", parameters(f)) + ")`")
        .distinct()
        .collect(Collectors.joining(", ", "declared as ", ""));
  }
}
