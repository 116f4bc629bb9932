package org.blrc.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.blrc.derive.Step;

/** Puts the steps of two derivations side by side: as many as possible, in the order of both. */
final class Alignment {

  private static final int SAME_STEP = 2;
  private static final int SAME_ARGUMENTS = 1;

  private final List<Step> left;
  private final List<Step> right;
  private final StepEquality equality;

  private Alignment(List<Step> left, List<Step> right, StepEquality equality) {
    this.left = left;
    this.right = right;
    this.equality = equality;
  }

  static List<Row> of(List<Step> left, List<Step> right, StepEquality equality) {
    return new Alignment(left, right, equality).rows();
  }

  /** What putting two steps side by side is worth; nothing where they have nothing in common. */
  private int worth(Step mine, Step other) {
    if (equality.sameKind(mine, other)) {
      return SAME_STEP + (equality.sameArguments(mine, other) ? SAME_ARGUMENTS : 0);
    }
    return equality.sameEffect(mine, other) ? SAME_STEP : 0;
  }

  private List<Row> rows() {
    int[][] worth = new int[left.size()][right.size()];
    int[][] best = new int[left.size() + 1][right.size() + 1];
    for (int i = left.size() - 1; i >= 0; i--) {
      for (int j = right.size() - 1; j >= 0; j--) {
        worth[i][j] = worth(left.get(i), right.get(j));
        int together = worth[i][j] == 0 ? 0 : worth[i][j] + best[i + 1][j + 1];
        best[i][j] = Math.max(together, Math.max(best[i + 1][j], best[i][j + 1]));
      }
    }
    List<Row> rows = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < left.size() || j < right.size()) {
      boolean both = i < left.size() && j < right.size();
      if (both && worth[i][j] > 0 && best[i][j] == worth[i][j] + best[i + 1][j + 1]) {
        rows.add(
            new Row(OptionalInt.of(i), OptionalInt.of(j), relation(left.get(i++), right.get(j++))));
      } else if (j == right.size() || (both && best[i][j] == best[i + 1][j])) {
        rows.add(new Row(OptionalInt.of(i++), OptionalInt.empty(), Row.Relation.ALONE));
      } else {
        rows.add(new Row(OptionalInt.empty(), OptionalInt.of(j++), Row.Relation.ALONE));
      }
    }
    return rows;
  }

  private Row.Relation relation(Step mine, Step other) {
    if (equality.sameKind(mine, other) && !equality.sameArguments(mine, other)) {
      return Row.Relation.OTHER_ARGUMENTS;
    }
    return equality.sameLines(mine, other) ? Row.Relation.EQUAL : Row.Relation.ALIKE;
  }
}
