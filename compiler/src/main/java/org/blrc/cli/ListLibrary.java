package org.blrc.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Declaration.Family;
import org.blrc.syntax.Declaration.Rule;
import org.blrc.syntax.Library;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code blrc list}: what the standard library offers. */
final class ListLibrary implements Callable<Integer> {

  enum Kind {
    FAMILIES,
    RULES
  }

  private final Blrc blrc;
  private final PositionalParamSpec kind =
      Arguments.positional(Kind.class, "KIND")
          .converters(new Choice<>(Kind.class))
          .description("families or rules")
          .build();

  private ListLibrary(Blrc blrc) {
    this.blrc = blrc;
  }

  static CommandSpec command(Blrc blrc) {
    ListLibrary self = new ListLibrary(blrc);
    return Arguments.command(self, "List the families or rules of the standard library.")
        .addPositional(self.kind);
  }

  @Override
  public Integer call() {
    Kind wanted = kind.getValue();
    List<String> lines =
        Library.get().declarations().stream()
            .filter(declaration -> wanted == kind(declaration))
            .map(ListLibrary::line)
            .sorted()
            .toList();
    lines.forEach(blrc.out()::println);
    return ExitCode.OK;
  }

  private static Kind kind(Declaration declaration) {
    return switch (declaration) {
      case Family _, Declaration.Template _ -> Kind.FAMILIES;
      case Rule _ -> Kind.RULES;
      case Declaration.Optimizer _ -> null;
    };
  }

  private static String line(Declaration declaration) {
    return switch (declaration) {
      case Family family ->
          family.parameters().stream()
              .map(ListLibrary::parameter)
              .collect(Collectors.joining(", ", family.name().text() + "(", ")"));
      case Declaration.Template template ->
          template.parameters().stream()
              .map(ListLibrary::parameter)
              .collect(
                  Collectors.joining(
                      ", ",
                      "%s[%s]("
                          .formatted(template.name().text(), template.size().orElseThrow().text()),
                      ")"));
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

  private static String parameter(Declaration.Parameter parameter) {
    return parameter.name().text()
        + parameter.count().map(count -> "[" + count.span().text() + "]").orElse("")
        + ": "
        + parameter.domain().span().text();
  }

  private static String head(Rule rule) {
    String parameters =
        rule.parameters().stream()
            .map(Declaration.RuleParameter::written)
            .collect(Collectors.joining(", "));
    return rule.name().text()
        + (parameters.isEmpty() ? "" : "(" + parameters + ")")
        + rule.target().map(target -> " of " + target.text()).orElse("");
  }
}
