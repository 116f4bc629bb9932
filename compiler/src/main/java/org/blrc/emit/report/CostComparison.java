package org.blrc.emit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.blrc.program.Bytes;
import org.blrc.program.Cost;
import org.blrc.program.Program;
import org.blrc.program.Program.AnswerKind;

/** The costs of a step of two optimizers, side by side; in words that do not depend on names. */
record CostComparison(List<Row> rows) {

  /** A quantity of both. */
  record Row(String quantity, String left, String right) {

    boolean differs() {
      return !left.equals(right);
    }
  }

  static CostComparison of(Program left, Program right) {
    Cost mine = Cost.of(left);
    Cost other = Cost.of(right);
    List<Row> rows = new ArrayList<>();
    add(rows, "bytes moved", mine, other, cost -> CostTable.bytes(cost.step().bytes()));
    add(rows, "bytes held", mine, other, cost -> CostTable.bytes(Bytes.of(cost.held())));
    add(rows, "oracle calls", mine, other, cost -> count(cost.step().evaluations().size()));
    for (AnswerKind kind : AnswerKind.values()) {
      add(rows, "\u2013 " + words(kind), mine, other, cost -> count(asked(cost, kind)));
    }
    add(rows, "noise draws", mine, other, cost -> count(cost.step().distinctNoises()));
    add(
        rows,
        "bytes moved for each further draw",
        mine,
        other,
        cost -> cost.furtherDraw().map(draw -> CostTable.bytes(draw.bytes())).orElse("0"));
    return new CostComparison(List.copyOf(rows));
  }

  /** What neither needs is left out. */
  private static void add(
      List<Row> rows, String quantity, Cost left, Cost right, Function<Cost, String> value) {
    Row row = new Row(quantity, value.apply(left), value.apply(right));
    if (!row.left().equals("0") || !row.right().equals("0")) {
      rows.add(row);
    }
  }

  private static String count(int count) {
    return Integer.toString(count);
  }

  private static int asked(Cost cost, AnswerKind kind) {
    return (int)
        cost.step().evaluations().stream()
            .flatMap(phase -> phase.answers().stream())
            .filter(answer -> answer.kind() == kind)
            .count();
  }

  private static String words(AnswerKind kind) {
    String words = kind.label().replace("per_example", "per-example").replace('_', ' ');
    String many = kind.perExample() ? words : words + "s";
    return many.replace("hessian", "Hessian");
  }

  boolean differs() {
    return rows.stream().anyMatch(Row::differs);
  }
}
