package org.blrc.emit.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.blrc.program.Bytes;
import org.blrc.program.Cost;
import org.blrc.program.Cost.Work;
import org.blrc.program.Operations;
import org.blrc.program.Pass;
import org.blrc.program.Pass.Array;
import org.blrc.program.Program;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.ExprPrinter;

/**
 * The cost of a step as documents show it.
 *
 * @param columns what the values of a row belong to: a step with one draw, and what each further
 *     draw adds
 * @param remarks sentences that say what the numbers are made of; code stands between backquotes
 */
record CostTable(List<String> columns, List<Row> rows, List<String> remarks) {

  static final String TITLE = "Cost of a step, for each parameter";

  /** A quantity, with one value for each column. */
  record Row(String quantity, List<String> values) {}

  static CostTable of(Program program) {
    Cost cost = Cost.of(program);
    List<Work> works = Stream.concat(Stream.of(cost.step()), cost.furtherDraw().stream()).toList();
    List<String> columns =
        cost.furtherDraw().isPresent()
            ? List.of("one draw", "each further draw")
            : List.of("a step");
    return new CostTable(columns, rows(cost, works), remarks(cost));
  }

  private static List<Row> rows(Cost cost, List<Work> works) {
    List<Row> rows = new ArrayList<>();
    rows.add(row("bytes moved", works, work -> bytes(work.bytes())));
    Bytes held = Bytes.of(cost.held());
    held(rows, "bytes held", held, works.size());
    if (cost.furtherDraw().isPresent()) {
      Bytes more = Bytes.of(cost.heldForDraws());
      held(rows, "bytes held with several draws", held.plus(more), works.size());
    }
    rows.add(
        row(
            "oracle calls, for the whole step",
            works,
            work -> Integer.toString(work.evaluations().size())));
    questions(cost.step())
        .forEach(
            (question, count) ->
                rows.add(row("\u2013 for the " + question, works, _ -> Integer.toString(count))));
    rows.add(row("noise draws", works, work -> Integer.toString(work.distinctNoises())));
    rows.add(
        row("\u2013 made, some of them again", works, work -> Integer.toString(work.noises())));
    operations(rows, works, "additions", Operations::additions);
    operations(rows, works, "multiplications", Operations::multiplications);
    operations(rows, works, "divisions", Operations::divisions);
    operations(rows, works, "square roots", Operations::squareRoots);
    operations(rows, works, "transcendental functions", Operations::transcendental);
    if (cost.step().operations().selections() > 0) {
      operations(rows, works, "absolute values, signs, minima, maxima", Operations::selections);
    }
    return rows;
  }

  /** What is held does not depend on the number of draws. */
  private static void held(List<Row> rows, String quantity, Bytes bytes, int columns) {
    List<String> values = new ArrayList<>(Collections.nCopies(columns, "\u2013"));
    values.set(0, bytes(bytes));
    rows.add(new Row(quantity, values));
  }

  private static Row row(String quantity, List<Work> works, Function<Work, String> value) {
    return new Row(quantity, works.stream().map(value).toList());
  }

  private static void operations(
      List<Row> rows, List<Work> works, String what, ToIntFunction<Operations> count) {
    rows.add(
        row(
            what,
            works,
            work ->
                linear(count.applyAsInt(work.operations()), count.applyAsInt(work.perExample()))));
  }

  static String bytes(Bytes bytes) {
    return linear(bytes.each(), bytes.perExample());
  }

  private static String linear(int each, int perExample) {
    if (perExample == 0) {
      return Integer.toString(each);
    }
    return (each == 0 ? "" : each + " + ") + (perExample == 1 ? "" : perExample + " ") + "B";
  }

  private static Map<String, Integer> questions(Work work) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    work.evaluations().stream()
        .flatMap(phase -> phase.answers().stream())
        .map(
            answer ->
                answer.kind().label().replace("per_example", "per-example").replace('_', ' ')
                    + " of `"
                    + answer.function()
                    + "`")
        .forEach(question -> counts.merge(question, 1, Integer::sum));
    return counts;
  }

  private static List<String> remarks(Cost cost) {
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "Numbers are 4 bytes long. Each array that a pass over the parameters needs moves once;"
            + " noise and intermediate values are computed again rather than stored. What is the"
            + " same for all parameters is computed once and not counted, nor is what the loss"
            + " itself moves, holds and computes.");
    cost.step().passes().forEach(pass -> remarks.add(pass(pass)));
    cost.furtherDraw().ifPresent(work -> remarks.add(pass(work.passes().getLast())));
    remarks.add("Held: " + names(cost.held()) + ".");
    if (!cost.heldForDraws().isEmpty()) {
      remarks.add("Held for several draws: " + names(cost.heldForDraws()) + ".");
    }
    if (cost.rest().each() > 0) {
      remarks.add(
          "Leaving the posterior mean in the weights between steps moves "
              + cost.rest().each()
              + " bytes more.");
    }
    cost.draws()
        .filter(_ -> cost.furtherDraw().isPresent())
        .ifPresent(draws -> remarks.add("The number of draws is " + draws(draws) + "."));
    if (cost.step().bytes().perExample() > 0) {
      remarks.add("B is the number of examples in the minibatch.");
    }
    return remarks;
  }

  private static String draws(Expr draws) {
    return "`" + ExprPrinter.TEXT.print(draws) + "`";
  }

  private static String pass(Pass pass) {
    String name =
        switch (pass.purpose()) {
          case Pass.Purpose.Point(int phase) -> "Point " + phase;
          case Pass.Purpose.Accumulation _ -> "Accumulation of a further draw";
          case Pass.Purpose.Sums(List<String> of) ->
              (of.size() == 1 ? "Sum " : "Sums ")
                  + of.stream().map(sum -> "`" + sum + "`").collect(Collectors.joining(", "))
                  + " over all parameters";
          case Pass.Purpose.Check _ -> "Check of domains";
          case Pass.Purpose.Update _ -> "Update";
        };
    String noises =
        pass.noises().isEmpty()
            ? ""
            : ", draws "
                + pass.noises().stream()
                    .map(noise -> "`" + noise.name() + "`")
                    .collect(Collectors.joining(", "));
    return "%s: reads %s%s, writes %s: %s bytes."
        .formatted(name, names(pass.reads()), noises, names(pass.writes()), bytes(pass.bytes()));
  }

  private static String names(List<Array> arrays) {
    return arrays.isEmpty()
        ? "nothing"
        : arrays.stream().map(CostTable::name).collect(Collectors.joining(", "));
  }

  private static String name(Array array) {
    return switch (array.kind()) {
      case STATE, ANSWER, ACCUMULATOR -> "`" + array.name() + "`";
      case EXAMPLES -> "`" + array.name() + "` of each example";
      case DIRECTION -> "the direction";
      case POINT ->
          array.name().isEmpty() ? "the weights" : "row " + array.name() + " of the weights";
    };
  }
}
