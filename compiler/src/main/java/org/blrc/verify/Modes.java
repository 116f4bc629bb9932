package org.blrc.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;

/** Where on a line a log density is high, and where to cut the line so that no mode is missed. */
final class Modes {

  /** Local maxima that are this far below the greatest are left out, and not searched for. */
  private static final double LOW = 100;

  private static final double GRID = 0.1;

  /** Up to here the grid is even; beyond, its steps grow. */
  private static final double MIDDLE = 20;

  private static final double GROWTH = 1.15;

  private Modes() {}

  /** Bounds of pieces, in order: around every mode they are as short as the mode is narrow. */
  static List<Double> cuts(DoubleUnaryOperator f) {
    TreeSet<Double> cuts = new TreeSet<>(List.of(-Line.END, 0.0, Line.END));
    for (double mode : modes(f)) {
      cuts.add(mode);
      for (int direction : new int[] {-1, 1}) {
        for (double far = width(f, mode, direction); far < 2 * Line.END; far *= 2) {
          double cut = mode + direction * far;
          if (Math.abs(cut) < Line.END) {
            cuts.add(cut);
          }
        }
      }
    }
    return List.copyOf(cuts);
  }

  static double height(DoubleUnaryOperator f, List<Double> cuts) {
    return cuts.stream().mapToDouble(f::applyAsDouble).max().orElse(Double.NEGATIVE_INFINITY);
  }

  private static List<Double> modes(DoubleUnaryOperator f) {
    List<Double> grid = grid();
    double[] values = grid.stream().mapToDouble(f::applyAsDouble).toArray();
    List<Double> found = new ArrayList<>();
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 1; i + 1 < values.length; i++) {
      if (values[i] >= values[i - 1] && values[i] > values[i + 1]) {
        double mode = climbed(f, grid.get(i - 1), grid.get(i + 1));
        found.add(mode);
        highest = Math.max(highest, f.applyAsDouble(mode));
      }
    }
    double least = highest - LOW;
    found.removeIf(mode -> f.applyAsDouble(mode) < least);
    return found;
  }

  private static List<Double> grid() {
    List<Double> grid = new ArrayList<>();
    for (double u = 0; u < MIDDLE; u += GRID) {
      grid.add(u);
    }
    for (double u = MIDDLE; u < Line.END; u *= GROWTH) {
      grid.add(u);
    }
    grid.add(Line.END);
    List<Double> both = new ArrayList<>(grid.reversed().stream().map(u -> -u).toList());
    both.addAll(grid.subList(1, grid.size()));
    return both;
  }

  /** The maximum between two points, by thirds. */
  private static double climbed(DoubleUnaryOperator f, double from, double to) {
    double low = from;
    double high = to;
    for (int i = 0; i < 40; i++) {
      double left = low + (high - low) / 3;
      double right = high - (high - low) / 3;
      if (f.applyAsDouble(left) < f.applyAsDouble(right)) {
        low = left;
      } else {
        high = right;
      }
    }
    return (low + high) / 2;
  }

  /** How far from a mode the density has fallen noticeably, up to a factor of two. */
  private static double width(DoubleUnaryOperator f, double mode, int direction) {
    double height = f.applyAsDouble(mode);
    double far = 1e-7;
    while (far < Line.END && f.applyAsDouble(mode + direction * far) > height - 1) {
      far *= 2;
    }
    return far;
  }
}
