package org.blrc.emit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.blrc.derive.Derivation;
import org.blrc.derive.Derivation.Result;
import org.blrc.derive.Step;
import org.blrc.diff.DerivationDiff;
import org.blrc.diff.Difference;
import org.blrc.diff.Difference.Assumption;
import org.blrc.diff.Names;
import org.blrc.diff.Parting;
import org.blrc.diff.Row;
import org.blrc.diff.StartValues;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.ExprPrinter;

/** Two derivations side by side, for the terminal. */
public final class DiffText {

  private static final String INDENT = "   ";
  private static final String NONE = "\u2013";
  private static final int LONGEST_CHANGE = 120;

  private final DerivationDiff diff;
  private final DiffLabels labels;
  private final StringBuilder text = new StringBuilder();

  private DiffText(DerivationDiff diff) {
    this.diff = diff;
    this.labels = DiffLabels.of(diff);
  }

  /** The whole document, ending with a line end. */
  public static String write(DerivationDiff diff) {
    DiffText report = new DiffText(diff);
    report.text.append(DiffLabels.title(diff)).append("\n\n");
    report.text.append(INDENT).append(DiffLabels.verdict(diff)).append("\n");
    report.names();
    report.prefix();
    report.parting();
    report.differences();
    report.shared();
    report.updates();
    report.start();
    report.cost();
    return report.text.toString();
  }

  private void heading(String words) {
    text.append("\n").append(words).append("\n\n");
  }

  private void names() {
    heading("What corresponds");
    Names names = diff.names();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of(labels.left(), labels.right()));
    names.functions().forEach(each -> rows.add(row(each)));
    names.states().forEach(each -> rows.add(row(each)));
    names.hypers().forEach(each -> rows.add(row(each)));
    names.onlyLeft().forEach(each -> rows.add(List.of(each.name(), NONE)));
    names.onlyRight().forEach(each -> rows.add(List.of(NONE, each.name())));
    table(rows);
  }

  private static List<String> row(Names.Pair pair) {
    return List.of(print(pair.left()), print(pair.right()));
  }

  private void prefix() {
    int shared = (int) diff.rows().stream().takeWhile(Row::isEqual).count();
    if (shared == 0) {
      return;
    }
    heading(
        shared == diff.rows().size()
            ? "All %d steps are the same".formatted(shared)
            : shared == 1
                ? "The first step is the same"
                : "The first %d steps are the same".formatted(shared));
    IntStream.range(0, shared)
        .mapToObj(i -> diff.rows().get(i))
        .forEach(row -> text.append(INDENT).append(outline(row)).append("\n"));
  }

  /** Number and title; both titles where they differ. */
  private String outline(Row row) {
    String mine = title(diff.left().derivation(), row.left());
    String other = title(diff.right().derivation(), row.right());
    return mine.equals(other) ? mine : mine + "  |  " + other;
  }

  private static String title(Derivation derivation, OptionalInt index) {
    return (index.getAsInt() + 1) + ". " + derivation.steps().get(index.getAsInt()).title();
  }

  private void parting() {
    Optional<Parting> parting = diff.parting();
    if (parting.isEmpty()) {
      return;
    }
    heading("Where they part" + DiffLabels.because(parting.get()));
    side(labels.left(), diff.left().derivation(), parting.get().left());
    text.append("\n");
    side(labels.right(), diff.right().derivation(), parting.get().right());
  }

  private void side(String label, Derivation derivation, OptionalInt index) {
    if (index.isEmpty()) {
      text.append(INDENT).append(label).append(" has no such step\n");
      return;
    }
    text.append(INDENT).append(label).append("\n");
    Step step = derivation.steps().get(index.getAsInt());
    String shown = TextReport.step(index.getAsInt() + 1, step).indent(2 * INDENT.length());
    text.append(shown.replaceAll("(?m)^ +$", ""));
  }

  private void differences() {
    if (diff.differences().isEmpty()) {
      return;
    }
    heading("What separates them");
    int width = Math.max(labels.left().length(), labels.right().length());
    boolean first = true;
    for (Difference difference : diff.differences()) {
      text.append(first ? "" : "\n").append(INDENT).append(DiffLabels.subject(difference));
      text.append("\n");
      first = false;
      assumption(labels.left(), width, difference.left());
      assumption(labels.right(), width, difference.right());
    }
  }

  /** Rules that both apply to equations that differ by then. */
  private void shared() {
    List<String> rules =
        diff.rows().stream()
            .dropWhile(Row::isEqual)
            .filter(row -> row.left().isPresent() && row.right().isPresent())
            .filter(row -> row.relation() != Row.Relation.OTHER_ARGUMENTS)
            .filter(row -> isRule(diff.left().derivation(), row.left()))
            .map(this::outline)
            .toList();
    if (!rules.isEmpty()) {
      heading("What both apply after they have parted");
      rules.forEach(rule -> text.append(INDENT).append(rule).append("\n"));
    }
  }

  private static boolean isRule(Derivation derivation, OptionalInt index) {
    return derivation.steps().get(index.getAsInt()).rule().isPresent();
  }

  private void assumption(String label, int width, Optional<Assumption> assumption) {
    String start = INDENT + INDENT + label + " ".repeat(width - label.length()) + "  ";
    if (assumption.isEmpty()) {
      text.append(start).append("none\n");
      return;
    }
    Assumption its = assumption.get();
    text.append(start);
    if (its.grade().isPresent()) {
      its.step().ifPresent(step -> text.append(step + 1).append(". "));
    }
    text.append(its.text());
    its.grade().ifPresent(grade -> text.append("  [").append(Report.claim(grade)).append("]"));
    text.append("\n");
    String below = " ".repeat(start.length() + INDENT.length());
    changes(its).forEach(change -> text.append(below).append(change).append("\n"));
    its.source()
        .ifPresent(source -> text.append(below).append("source: ").append(source).append("\n"));
  }

  /** What a rule replaced; as it was declared where that is long. */
  private static List<String> changes(Assumption assumption) {
    List<String> replacements =
        assumption.replacements().stream()
            .map(each -> print(each.from()) + " ~> " + print(each.to()))
            .toList();
    boolean isLong = replacements.stream().anyMatch(each -> each.length() > LONGEST_CHANGE);
    return isLong ? assumption.rewrites() : replacements;
  }

  private void updates() {
    heading("The updates");
    int width = Math.max(labels.left().length(), labels.right().length());
    boolean first = true;
    for (DerivationDiff.UpdatePair pair : diff.updates()) {
      text.append(first ? "" : "\n");
      first = false;
      text.append(INDENT).append(state(pair)).append(": ").append(words(pair)).append("\n");
      update(labels.left(), width, pair.left());
      update(labels.right(), width, pair.right());
    }
  }

  private static String state(DerivationDiff.UpdatePair pair) {
    return Stream.of(pair.left(), pair.right())
        .flatMap(Optional::stream)
        .map(result -> result.state().name())
        .distinct()
        .collect(Collectors.joining(" and "));
  }

  private String words(DerivationDiff.UpdatePair pair) {
    if (pair.left().isEmpty() || pair.right().isEmpty()) {
      return "in " + (pair.left().isEmpty() ? labels.right() : labels.left()) + " only";
    }
    return DiffLabels.words(pair.agreement());
  }

  private void update(String label, int width, Optional<Result> result) {
    result.ifPresent(
        its ->
            text.append(INDENT)
                .append(INDENT)
                .append(label)
                .append(" ".repeat(width - label.length()))
                .append("  ")
                .append(print(Derivation.newValue(its.state())))
                .append(" = ")
                .append(print(its.value()))
                .append("\n"));
  }

  private void start() {
    StartValues start = diff.start();
    if (start.isEmpty()) {
      return;
    }
    heading("Beside the derivation");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", labels.left(), labels.right()));
    for (StartValues.Default each : start.defaults()) {
      rows.add(
          List.of(
              "default of " + both(print(each.left()), print(each.right())),
              each.leftValue().map(DiffLabels::number).orElse(NONE),
              each.rightValue().map(DiffLabels::number).orElse(NONE)));
    }
    for (StartValues.Initial each : start.initial()) {
      rows.add(
          List.of(
              "initial " + both(print(each.left()), print(each.right())),
              each.leftValue().map(DiffText::print).orElse(NONE),
              each.rightValue().map(DiffText::print).orElse(NONE)));
    }
    for (StartValues.Domains each : start.domains()) {
      rows.add(
          List.of(
              "domain of " + both(each.left().name(), each.right().name()),
              DiffLabels.domain(each.left().domain()),
              DiffLabels.domain(each.right().domain())));
    }
    table(rows);
  }

  private static String both(String mine, String other) {
    return mine.equals(other) ? mine : mine + " | " + other;
  }

  private void cost() {
    CostComparison cost =
        CostComparison.of(diff.left().derivation().program(), diff.right().derivation().program());
    heading(CostTable.TITLE + (cost.differs() ? "" : ": the same"));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", labels.left(), labels.right()));
    cost.rows().forEach(row -> rows.add(List.of(row.quantity(), row.left(), row.right())));
    table(rows);
  }

  /** Columns as wide as their widest entry. */
  private void table(List<List<String>> rows) {
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(INDENT);
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElseThrow();
        line.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
      }
      text.append(line.toString().stripTrailing()).append("\n");
    }
  }

  private static String print(Expr expr) {
    return ExprPrinter.TEXT.print(expr);
  }
}
