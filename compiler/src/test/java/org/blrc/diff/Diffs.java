package org.blrc.diff;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.blrc.check.Checker;
import org.blrc.derive.Deriver;
import org.blrc.derive.Specs;
import org.blrc.diff.Difference.Assumption;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Loaded;
import org.blrc.syntax.Loader;
import org.blrc.syntax.Severity;
import org.blrc.syntax.SourceFile;
import org.blrc.syntax.SpecException;

/** Comparisons for tests. */
public final class Diffs {

  private static final Map<String, Subject> ZOO = new ConcurrentHashMap<>();

  private Diffs() {}

  /** The comparison of two specs of the zoo. */
  public static DerivationDiff ofZoo(String left, String right) {
    return Differ.compare(zoo(left), zoo(right));
  }

  private static Subject zoo(String name) {
    return ZOO.computeIfAbsent(name, _ -> subject(name + ".blr", Specs.text(name)));
  }

  /** The comparison of the last optimizers of two texts. */
  static DerivationDiff of(String left, String right) {
    return Differ.compare(subject("left.blr", left), subject("right.blr", right));
  }

  private static Subject subject(String name, String text) {
    Loaded loaded = Loader.load(new SourceFile(name, text), Path.of("."));
    List<Diagnostic> problems =
        Checker.diagnostics(loaded).stream()
            .filter(each -> each.severity() == Severity.ERROR)
            .toList();
    if (!problems.isEmpty()) {
      throw new AssertionError(problems);
    }
    Optimizer optimizer = loaded.unit().optimizers().getLast();
    try {
      return new Subject(name, optimizer, Deriver.derive(loaded.unit(), optimizer));
    } catch (SpecException e) {
      throw new AssertionError(e.diagnostics().toString(), e);
    }
  }

  /** Each difference on a line: what it is about, and what each side assumes. */
  static String differences(DerivationDiff diff) {
    return diff.differences().stream()
        .map(each -> "%s: %s | %s".formatted(each.subject(), text(each.left()), text(each.right())))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String text(Optional<Assumption> assumption) {
    return assumption.map(Assumption::text).orElse("-");
  }

  /** Each pair that corresponds on a line. */
  static String names(DerivationDiff diff) {
    Names names = diff.names();
    return Stream.of(names.functions(), names.states(), names.hypers())
        .flatMap(List::stream)
        .map(
            pair ->
                ExprPrinter.TEXT.print(pair.left()) + " | " + ExprPrinter.TEXT.print(pair.right()))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** How many steps are the same before the first that is not. */
  static int shared(DerivationDiff diff) {
    return (int) diff.rows().stream().takeWhile(Row::isEqual).count();
  }
}
