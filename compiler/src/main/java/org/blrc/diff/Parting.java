package org.blrc.diff;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.blrc.diff.Difference.Assumption;

/**
 * Where two derivations part.
 *
 * @param left the index of the step of the left one, from 0; absent where it has none
 * @param subjects what the assumptions are about that part them there
 */
public record Parting(OptionalInt left, OptionalInt right, List<String> subjects) {

  public Parting {
    subjects = List.copyOf(subjects);
  }

  /** The first place at which steps are not the same. */
  static Optional<Parting> of(List<Row> rows, List<Difference> differences) {
    return rows.stream()
        .filter(row -> !row.isEqual())
        .findFirst()
        .map(row -> at(row, differences.stream().filter(each -> isAt(each, row)).toList()));
  }

  private static Parting at(Row row, List<Difference> differences) {
    List<String> subjects = differences.stream().map(Difference::subject).distinct().toList();
    if (row.relation() != Row.Relation.ALONE || differences.isEmpty()) {
      return new Parting(row.left(), row.right(), subjects);
    }
    // A rule parts from the one that answers the same need, wherever that stands.
    Difference first = differences.getFirst();
    return new Parting(step(first.left()), step(first.right()), subjects);
  }

  private static boolean isAt(Difference difference, Row row) {
    return isAt(difference.left(), row.left()) || isAt(difference.right(), row.right());
  }

  private static boolean isAt(Optional<Assumption> assumption, OptionalInt step) {
    return step.isPresent() && step(assumption).equals(step);
  }

  private static OptionalInt step(Optional<Assumption> assumption) {
    return assumption.map(Assumption::step).orElse(OptionalInt.empty());
  }
}
