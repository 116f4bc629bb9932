package org.blrc.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.blrc.trial.TrialResult.Entry;
import org.blrc.trial.TrialResult.Setting;
import org.blrc.trial.TrialResult.Source;

/** A trial as text: what was run, a table, the settings. */
public final class TrialTable {

  private TrialTable() {}

  /** The whole text; every line ends in a newline. */
  public static String print(TrialResult result) {
    StringBuilder text = new StringBuilder();
    text.append(heading(result)).append("\n\n");
    align(rows(result)).forEach(line -> text.append(line).append('\n'));
    text.append('\n');
    for (Entry entry : result.entries()) {
      text.append(settings(entry, result.problem())).append('\n');
    }
    return text.toString();
  }

  private static String heading(TrialResult result) {
    Problem problem = result.problem();
    List<String> sizes = new ArrayList<>();
    sizes.add("%d parameters".formatted(problem.model().dimension()));
    String batches = "";
    if (!(problem.model() instanceof Target)) {
      String heldOut =
          problem.heldOut().map(data -> " and %d held-out".formatted(data.size())).orElse("");
      sizes.add("%d training%s examples".formatted(problem.training().size(), heldOut));
      batches = " of %d examples".formatted(problem.batchSize());
    }
    String fall = problem.ratesFall() ? " at rates that fall along half a cosine" : "";
    sizes.add("%d steps%s%s".formatted(problem.steps(), batches, fall));
    return "%s: %s; %s, seed %d"
        .formatted(problem.name(), problem.description(), String.join(", ", sizes), result.seed());
  }

  /** The header, then for each entry a row for each of its lines. */
  private static List<List<String>> rows(TrialResult result) {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("optimizer"));
    header.addAll(TrialLines.header(result.problem()));
    header.addAll(List.of("time/step", "with model", "tuned"));
    rows.add(header);
    for (Entry entry : result.entries()) {
      List<List<String>> lines = TrialLines.of(entry, result.problem());
      for (int i = 0; i < lines.size(); i++) {
        List<String> row = new ArrayList<>();
        row.add(i == 0 ? entry.name() : "");
        row.addAll(lines.get(i));
        row.addAll(i == 0 ? ending(entry) : List.of("", "", ""));
        rows.add(row);
      }
    }
    return rows;
  }

  private static List<String> ending(Entry entry) {
    return List.of(
        Text.microseconds(entry.times().optimizer()),
        Text.microseconds(entry.times().total()),
        tuned(entry));
  }

  private static String tuned(Entry entry) {
    String values =
        entry.settings().stream()
            .filter(setting -> setting.source() == Source.TUNED)
            .map(TrialTable::assignment)
            .collect(Collectors.joining(", "));
    return values.isEmpty() ? Text.NONE : values;
  }

  /** Columns two spaces apart; the first and the last are flush left, the others right. */
  static List<String> align(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    List<StringBuilder> lines = rows.stream().map(row -> new StringBuilder()).toList();
    for (int c = 0; c < columns; c++) {
      int column = c;
      int width = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
      boolean left = c == 0 || c == columns - 1;
      for (int r = 0; r < rows.size(); r++) {
        String cell = rows.get(r).get(c);
        String space = " ".repeat(width - cell.length());
        lines
            .get(r)
            .append(left ? cell + space : space + cell)
            .append(c == columns - 1 ? "" : "  ");
      }
    }
    return lines.stream().map(line -> line.toString().stripTrailing()).toList();
  }

  /** One sentence for each way in which an optimizer's hyper-parameters got their values. */
  private static String settings(Entry entry, Problem problem) {
    String basis =
        problem.heldOut().isPresent()
            ? "a validation split of the training data"
            : problem.model() instanceof Target ? "the divergence" : "the training loss";
    Stream<String> tuned =
        of(entry, Source.TUNED)
            .map(
                setting ->
                    "%s tuned on %s: %s of %s%s"
                        .formatted(
                            setting.name(),
                            basis,
                            Text.number(setting.value()),
                            tried(setting),
                            end(setting)));
    Stream<String> inVain =
        of(entry, Source.IN_VAIN)
            .map(
                setting ->
                    "%s diverged at every rate tried, %s"
                        .formatted(setting.name(), tried(setting)));
    Stream<String> rest =
        Stream.of(
                list(entry, Source.GIVEN, " given"),
                list(entry, Source.DEFAULT, " by default"),
                list(entry, Source.TRAINING_SIZE, ", the number of training examples"))
            .flatMap(Optional::stream);
    return entry.name()
        + ": "
        + Stream.of(tuned, inVain, rest, entry.refusal().stream())
            .flatMap(part -> part)
            .collect(Collectors.joining("; "));
  }

  private static String tried(Setting setting) {
    return setting.tried().stream().map(Text::number).collect(Collectors.joining(", ", "{", "}"));
  }

  /** A best value at an end of those that were tried may not be the best there is. */
  private static String end(Setting setting) {
    if (setting.value() == setting.tried().getLast()) {
      return ", the largest tried";
    }
    return setting.value() == setting.tried().getFirst() ? ", the smallest tried" : "";
  }

  private static Stream<Setting> of(Entry entry, Source source) {
    return entry.settings().stream().filter(setting -> setting.source() == source);
  }

  private static Optional<String> list(Entry entry, Source source, String why) {
    String values = of(entry, source).map(TrialTable::assignment).collect(Collectors.joining(", "));
    return values.isEmpty() ? Optional.empty() : Optional.of(values + why);
  }

  private static String assignment(Setting setting) {
    return setting.name() + " = " + Text.number(setting.value());
  }
}
