package org.blrc.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a saved state holds beside the arrays; docs/state-files.md describes the file.
 *
 * @param signature what a state of another optimizer would differ in, as text
 * @param seed of the noise, if it is made by {@link PhiloxNoise}
 * @param groups the groups' names and ranges
 * @param values by group, the optimizer's own first; NaN where a group has none of its own
 */
record StateFile(
    String optimizer,
    String signature,
    List<String> hypers,
    List<String> states,
    long steps,
    OptionalLong seed,
    List<Range> groups,
    List<List<Double>> values) {

  static final long VERSION = 1;

  private static final String STATE = "state.";
  private static final String HYPER = "hyper.";

  /**
   * Writes it with the states.
   *
   * @param arrays by state, each as the list of its parts
   */
  void write(Path path, List<List<?>> arrays) throws IOException {
    Map<String, List<?>> file = new LinkedHashMap<>();
    file.put("format", text("blrc optimizer state"));
    file.put("version", number(VERSION));
    file.put("optimizer", text(optimizer));
    file.put("signature", text(signature));
    file.put("steps", number(steps));
    seed.ifPresent(
        value -> {
          file.put("noise", text("philox4x32-10"));
          file.put("seed", number(value));
        });
    file.put(
        "groups",
        Collections.singletonList(groups.stream().map(Range::name).toArray(String[]::new)));
    file.put("groups.from", List.of(groups.stream().mapToLong(Range::from).toArray()));
    file.put("groups.to", List.of(groups.stream().mapToLong(Range::to).toArray()));
    for (int i = 0; i < hypers.size(); i++) {
      int hyper = i;
      file.put(
          HYPER + hypers.get(i),
          List.of(values.stream().mapToDouble(row -> row.get(hyper)).toArray()));
    }
    for (int i = 0; i < states.size(); i++) {
      file.put(STATE + states.get(i), arrays.get(i));
    }
    NpzFile.write(path, file);
  }

  /**
   * Reads the states of a file into arrays and returns the rest.
   *
   * @param mine what the optimizer would save
   * @throws StateFileException if the file is damaged, or is that of another optimizer
   */
  static StateFile read(Path path, StateFile mine, List<List<?>> arrays) throws IOException {
    try (NpzFile file = NpzFile.open(path)) {
      if (!file.names().contains("format") || !file.names().contains("version")) {
        throw new StateFileException(path + " is no saved state of an optimizer");
      }
      long version = file.longs("version")[0];
      if (version != VERSION) {
        throw new StateFileException(
            "%s has version %d of the format; this runtime reads version %d"
                .formatted(path, version, VERSION));
      }
      require(path, "optimizer", file.texts("optimizer")[0], mine.optimizer);
      requireSame(path, "state", STATE, file, mine.states);
      requireSame(path, "hyper-parameter", HYPER, file, mine.hypers);
      require(path, "signature", file.texts("signature")[0], mine.signature);
      List<List<Double>> values = new ArrayList<>();
      List<Range> groups = groups(file);
      if (!groups.toString().equals(mine.groups.toString())) {
        throw new StateFileException(
            "%s has the groups %s; the optimizer has %s".formatted(path, groups, mine.groups));
      }
      List<double[]> columns = new ArrayList<>();
      for (String hyper : mine.hypers) {
        columns.add(file.doubles(HYPER + hyper));
      }
      for (int group = 0; group <= groups.size(); group++) {
        int row = group;
        values.add(columns.stream().map(column -> column[row]).toList());
      }
      for (int i = 0; i < mine.states.size(); i++) {
        file.readInto(STATE + mine.states.get(i), arrays.get(i));
      }
      OptionalLong seed =
          file.names().contains("seed")
              ? OptionalLong.of(file.longs("seed")[0])
              : OptionalLong.empty();
      return new StateFile(
          mine.optimizer,
          mine.signature,
          mine.hypers,
          mine.states,
          file.longs("steps")[0],
          seed,
          groups,
          values);
    } catch (IndexOutOfBoundsException e) {
      throw new StateFileException(path + " lacks a value: " + e.getMessage(), e);
    }
  }

  private static List<Range> groups(NpzFile file) throws IOException {
    String[] names = file.texts("groups");
    long[] from = file.longs("groups.from");
    long[] to = file.longs("groups.to");
    List<Range> groups = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      groups.add(new Range(names[i], from[i], to[i], List.of()));
    }
    return groups;
  }

  private static void require(Path path, String what, String found, String wanted)
      throws StateFileException {
    if (!Objects.equals(found, wanted)) {
      throw new StateFileException(
          "%s has the %s %s; the optimizer's is %s".formatted(path, what, found, wanted));
    }
  }

  private static void requireSame(
      Path path, String what, String prefix, NpzFile file, List<String> wanted)
      throws StateFileException {
    List<String> found =
        file.names().stream()
            .filter(name -> name.startsWith(prefix))
            .map(name -> name.substring(prefix.length()))
            .sorted()
            .toList();
    List<String> missing = wanted.stream().filter(name -> !found.contains(name)).toList();
    List<String> unknown = found.stream().filter(name -> !wanted.contains(name)).toList();
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new StateFileException(
          "%s does not fit: %s"
              .formatted(
                  path,
                  String.join(
                          "; ",
                          list("it has no %s %%s".formatted(what), missing),
                          list("the optimizer has no %s %%s".formatted(what), unknown))
                      .replaceAll("^; |; $", "")));
    }
  }

  private static String list(String format, List<String> names) {
    return names.isEmpty() ? "" : format.formatted(String.join(", ", names));
  }

  private static List<?> text(String value) {
    return Collections.singletonList(new String[] {value});
  }

  private static List<?> number(long value) {
    return Collections.singletonList(new long[] {value});
  }
}
