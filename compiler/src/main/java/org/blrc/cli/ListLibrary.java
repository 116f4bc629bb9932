package org.blrc.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Declaration.Family;
import org.blrc.syntax.Declaration.Rule;
import org.blrc.syntax.Library;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code blrc list}: what the standard library offers. */
@Command(name = "list", description = "List the families or rules of the standard library.")
final class ListLibrary implements Callable<Integer> {

  enum Kind {
    FAMILIES,
    RULES
  }

  @ParentCommand private Blrc blrc;

  @Parameters(paramLabel = "KIND", description = "families or rules")
  private Kind kind;

  @Override
  public Integer call() {
    List<String> lines =
        Library.declarations().stream()
            .filter(declaration -> kind == kind(declaration))
            .map(ListLibrary::line)
            .sorted()
            .toList();
    lines.forEach(blrc.out()::println);
    return ExitCode.OK;
  }

  private static Kind kind(Declaration declaration) {
    return switch (declaration) {
      case Family _ -> Kind.FAMILIES;
      case Rule _ -> Kind.RULES;
      case Declaration.Optimizer _ -> null;
    };
  }

  private static String line(Declaration declaration) {
    return switch (declaration) {
      case Family family ->
          family.parameters().stream()
              .map(p -> p.name().text() + ": " + p.domain().span().text())
              .collect(Collectors.joining(", ", family.name().text() + "(", ")"));
      case Rule rule ->
          "%-44s %-9s %s"
              .formatted(
                  head(rule),
                  rule.grade().map(grade -> grade.text()).orElse(""),
                  rule.source().orElse(""))
              .stripTrailing();
      case Declaration.Optimizer optimizer -> optimizer.name().text();
    };
  }

  private static String head(Rule rule) {
    String parameters =
        rule.parameters().stream()
            .map(
                p ->
                    p.name().text()
                        + p.byDefault().map(value -> " = " + value.span().text()).orElse(""))
            .collect(Collectors.joining(", "));
    return rule.name().text()
        + (parameters.isEmpty() ? "" : "(" + parameters + ")")
        + rule.target().map(target -> " of " + target.text()).orElse("");
  }
}
