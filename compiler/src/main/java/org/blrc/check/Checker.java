package org.blrc.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Loaded;
import org.blrc.syntax.Loader;
import org.blrc.syntax.Span;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;

/** Checks what the user wrote. Warnings do not keep a spec from being compiled. */
public final class Checker {

  /** More diagnostics than this help nobody. */
  private static final int LIMIT = 200;

  private Checker() {}

  /**
   * Loads and checks a spec file; leaves its warnings aside.
   *
   * @param name its path, or {@code -} for standard input
   * @throws SpecException with every error and warning, if there are errors
   */
  public static Unit read(String name) throws SpecException {
    return check(Loader.load(name));
  }

  /**
   * Checks a spec; leaves its warnings aside.
   *
   * @throws SpecException with every error and warning, if there are errors
   */
  public static Unit check(Loaded loaded) throws SpecException {
    return check(loaded, _ -> {});
  }

  /**
   * Checks a spec.
   *
   * @param warnings takes the warnings where there are no errors
   * @throws SpecException with every error and warning, if there are errors
   */
  public static Unit check(Loaded loaded, Consumer<List<Diagnostic>> warnings)
      throws SpecException {
    List<Diagnostic> diagnostics = diagnostics(loaded);
    if (diagnostics.stream().anyMatch(Diagnostic::isError)) {
      throw new SpecException(diagnostics);
    }
    warnings.accept(diagnostics);
    return loaded.unit();
  }

  /** Every error and warning, those of reading included, in the order of files and lines. */
  public static List<Diagnostic> diagnostics(Loaded loaded) {
    Report report = new Report();
    duplicates(report, loaded.own());
    Families families = new Families(report, loaded);
    for (Declaration declaration : loaded.own()) {
      switch (declaration) {
        case Declaration.Family family -> new FamilyChecker(report, family).check();
        case Declaration.Template template -> new TemplateChecker(report, template).check();
        case Declaration.Rule rule -> new RuleChecker(report, rule, families).check();
        // Only those of the file itself are compiled.
        case Declaration.Optimizer _ -> {}
      }
    }
    for (Declaration.Optimizer optimizer : loaded.unit().optimizers()) {
      new OptimizerChecker(report, optimizer, loaded).check();
    }
    List<Diagnostic> all = new ArrayList<>(loaded.diagnostics());
    all.addAll(report.diagnostics());
    return all.isEmpty() ? all : inOrder(all, loaded);
  }

  private static void duplicates(Report report, List<Declaration> declarations) {
    Map<Object, Span> first = new HashMap<>();
    for (Declaration declaration : declarations) {
      Span span = declaration.name().span();
      Span earlier = first.putIfAbsent(identity(declaration), span);
      if (earlier != null) {
        report.add(
            Diagnostic.at(
                    span,
                    Code.DUPLICATE_NAME,
                    "the %s `%s` is declared twice"
                        .formatted(kind(declaration), declaration.name().text()))
                .withNote("the first declaration is in " + Declarations.place(earlier, span)));
      }
    }
  }

  /** Families of one name differ by their parameters; the file's own optimizers by their names. */
  private static Object identity(Declaration declaration) {
    String name = declaration.name().text();
    return switch (declaration) {
      case Declaration.Family family -> {
        Set<String> parameters = new HashSet<>();
        family.parameters().forEach(parameter -> parameters.add(parameter.name().text()));
        yield List.of("family", name, parameters);
      }
      case Declaration.Template template -> {
        Set<String> parameters = new HashSet<>();
        template.parameters().forEach(parameter -> parameters.add(parameter.name().text()));
        yield List.of("family", name, parameters);
      }
      case Declaration.Rule _ -> List.of("rule", name);
      case Declaration.Optimizer _ ->
          List.of("optimizer", name, declaration.span().source().name());
    };
  }

  private static String kind(Declaration declaration) {
    return switch (declaration) {
      case Declaration.Family _, Declaration.Template _ -> "family";
      case Declaration.Rule _ -> "rule";
      case Declaration.Optimizer _ -> "optimizer";
    };
  }

  /** The file itself first, then its imports by name. */
  private static List<Diagnostic> inOrder(List<Diagnostic> diagnostics, Loaded loaded) {
    String main = loaded.unit().source().name();
    return diagnostics.stream()
        .distinct()
        .sorted(Comparator.comparing(Diagnostic::severity))
        .limit(LIMIT)
        .sorted(
            Comparator.comparing((Diagnostic d) -> !file(d).equals(main))
                .thenComparing(Checker::file)
                .thenComparing(d -> d.span().map(Span::start).orElse(0)))
        .toList();
  }

  private static String file(Diagnostic diagnostic) {
    return diagnostic.span().map(span -> span.source().name()).orElse("");
  }
}
