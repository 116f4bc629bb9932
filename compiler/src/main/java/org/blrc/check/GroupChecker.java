package org.blrc.check;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.blrc.family.Support;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Declaration.NamedTerm;
import org.blrc.syntax.Declaration.Parameter;
import org.blrc.syntax.Span;
import org.blrc.syntax.Spelling;
import org.blrc.syntax.Term;

/** Checks what a family of a group has beside its parameters and its support. */
final class GroupChecker {

  private final Report report;
  private final Declaration.Family family;
  private final Declarations declarations;
  private final Expressions expressions;

  GroupChecker(Report report, Declaration.Family family, Declarations declarations) {
    this.report = report;
    this.family = family;
    this.declarations = declarations;
    this.expressions = new Expressions(report);
  }

  void check() {
    continuous();
    identity();
    Names names = Names.CONSTANTS;
    for (Parameter parameter : family.parameters()) {
      names = names.with(parameter.name().text(), Meaning.PARAMETER);
    }
    Declaration.Sampler sampler = family.sampler().orElseThrow();
    FamilyChecker.check(sampler, names, report, declarations, expressions);
    if (family.components().isPresent()) {
      report.add(
          family.support().span(),
          Code.FAMILY,
          "a group moves one number, but the variable of `%s` has components"
              .formatted(family.name().text()),
          "declare an exponential family, with statistics and natural parameters");
    } else if (sampler.draws().size() != 1) {
      report.add(
          sampler.span(),
          Code.FAMILY,
          "a group moves one number, but the sampler draws %d".formatted(sampler.draws().size()),
          "write it as a function of one draw, as in `sample a * x with x ~ Uniform`");
    }
    Set<String> used = new HashSet<>();
    sampler.terms().forEach(term -> used.addAll(TermNames.all(term)));
    for (Parameter parameter : family.parameters()) {
      if (!used.contains(parameter.name().text())) {
        report.add(
            parameter.name().span(),
            Code.FAMILY,
            "the sampler of `%s` does not depend on the parameter `%s`"
                .formatted(family.name().text(), parameter.name().text()));
      }
    }
  }

  private void continuous() {
    boolean counts =
        family.support() instanceof Declaration.Domain.Named(Span _, Term.Name name)
            && name.text().equals(Support.COUNTS);
    if (counts || family.support() instanceof Declaration.Domain.Finite) {
      report.add(
          family.support().span(),
          Code.FAMILY,
          "a group moves its elements smoothly, and no number stays whole",
          "give an interval such as `real` or `positive`");
    }
  }

  /** The identity is one element: a number for each parameter that moves. */
  private void identity() {
    Set<String> given = new HashSet<>();
    List<String> free =
        family.parameters().stream().filter(p -> !p.fixed()).map(this::name).toList();
    for (NamedTerm each : family.identity()) {
      String name = each.name().text();
      if (!given.add(name)) {
        report.add(each.name().span(), Code.ARGUMENTS, "`%s` is given twice".formatted(name));
      } else if (!free.contains(name)) {
        boolean fixed = family.parameters().stream().map(this::name).anyMatch(name::equals);
        report.add(
            each.name().span(),
            Code.ARGUMENTS,
            fixed
                ? "`%s` is fixed, so it is no part of the group".formatted(name)
                : "`%s` has no parameter `%s`".formatted(family.name().text(), name),
            Spelling.hint(name, free)
                .orElse("the group's parameters are " + Spelling.list(free, "and")));
      } else if (expressions.check(each.value(), Names.CONSTANTS)) {
        inside(each);
      }
    }
    List<String> missing = free.stream().filter(name -> !given.contains(name)).toList();
    if (!missing.isEmpty()) {
      NamedTerm first = family.identity().getFirst();
      report.add(
          first.name().span(),
          Code.ARGUMENTS,
          "the identity has no " + Spelling.list(missing, "and"),
          "give a number for each parameter that is not `fixed`");
    }
  }

  private void inside(NamedTerm each) {
    Intervals intervals = new Intervals(report);
    family.parameters().stream()
        .filter(parameter -> name(parameter).equals(each.name().text()))
        .forEach(
            parameter ->
                intervals.checkInside(
                    "the identity's `%s`".formatted(each.name().text()),
                    each.value(),
                    new Intervals(new Report()).check(parameter.domain()),
                    parameter.domain(),
                    Map.of()));
  }

  private String name(Parameter parameter) {
    return parameter.name().text();
  }
}
