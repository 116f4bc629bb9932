package org.blrc.check;

import org.blrc.syntax.Declaration;
import org.blrc.syntax.Declaration.Template;
import org.blrc.syntax.Templates;

/** Checks a family that has a size: its names, and the rest where the size is a small number. */
final class TemplateChecker {

  /** Small, but not so small that one component is easily all of them. */
  private static final int SIZE = 3;

  private final Report report;
  private final Template template;

  TemplateChecker(Report report, Template template) {
    this.report = report;
    this.template = template;
  }

  void check() {
    long before = report.errors();
    Declarations declarations = new Declarations(report, Vocabulary.RESERVED_IN_FAMILIES);
    declarations.declare(template.size().orElseThrow());
    for (Declaration.Parameter parameter : template.parameters()) {
      declarations.declare(parameter.name());
    }
    if (report.errors() == before) {
      Templates.family(template, SIZE, report::add)
          .ifPresent(family -> new FamilyChecker(report, family).check());
    }
  }
}
