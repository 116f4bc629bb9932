package org.blrc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sums over all coordinates, and what becomes of them when coordinates are cut and shared out. */
final class SumsTest {

  /** More than one thread takes care of. */
  private static final int DIMENSION = Workers.FEW + 12_345;

  private static final double[] START = new Random(1).doubles(DIMENSION, -1, 1).toArray();
  private static final int GROUP_FROM = 1500;
  private static final int GROUP_TO = 40_001;

  private static Norms part(int from, int to) {
    Norms.Builder builder = Norms.builder();
    builder.state("m", Arrays.copyOfRange(START, from, to));
    int start = Math.max(from, GROUP_FROM);
    int end = Math.min(to, GROUP_TO);
    if (start < end) {
      builder.group("g" + from, start - from, end - from, Map.of("scale", 0.5));
    }
    return builder.build();
  }

  private static double[] gradient(double[] point) {
    return Arrays.stream(point).map(x -> Math.cbrt(x) + 0.1).toArray();
  }

  private static void steps(Norms optimizer, int draws) {
    for (int step = 0; step < 3; step++) {
      for (int draw = 0; draw < draws; draw++) {
        try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
          evaluation.gradient(gradient(optimizer.parameters()));
          evaluation.gradient(gradient(optimizer.parameters()));
        }
      }
      optimizer.step();
    }
  }

  private static Norms whole(int threads, int draws) {
    Norms optimizer = part(0, DIMENSION);
    optimizer.threads(threads);
    steps(optimizer, draws);
    return optimizer;
  }

  @Test
  void doNotDependOnThreads() {
    Norms alone = whole(1, 2);
    Norms shared = whole(4, 2);
    assertArrayEquals(alone.seen, shared.seen);
    assertArrayEquals(alone.state("m"), shared.state("m"));
  }

  @Test
  void doNotDependOnSegments() {
    Norms whole = whole(1, 2);
    // Cuts at the end of a chunk, beside it, several inside one, an empty segment.
    int[] bounds = {0, 1, 3, 3, 1024, 2047, 3000, 3001, GROUP_TO, DIMENSION - 1, DIMENSION};
    List<Norms> parts = new ArrayList<>();
    for (int i = 0; i + 1 < bounds.length; i++) {
      parts.add(part(bounds[i], bounds[i + 1]));
    }
    SegmentedOptimizer<double[]> optimizer = new SegmentedOptimizer<>(parts);
    for (int step = 0; step < 3; step++) {
      for (int draw = 0; draw < 2; draw++) {
        try (Evaluation<List<double[]>> evaluation = optimizer.evaluate()) {
          for (int phase = 0; phase < 2; phase++) {
            evaluation.gradient(optimizer.parameters().stream().map(SumsTest::gradient).toList());
          }
        }
      }
      optimizer.step();
    }
    assertArrayEquals(whole.seen, parts.getFirst().seen);
    for (int i = 0; i < parts.size(); i++) {
      double[] expected = Arrays.copyOfRange(whole.state("m"), bounds[i], bounds[i + 1]);
      assertArrayEquals(expected, parts.get(i).state("m"));
    }
  }

  @Test
  void takeInTheValuesOfGroups() {
    Norms optimizer = part(0, DIMENSION);
    double[] answer = gradient(START);
    try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
      evaluation.gradient(answer);
      BigDecimal expected = BigDecimal.ZERO;
      for (int i = 0; i < DIMENSION; i++) {
        double x = i >= GROUP_FROM && i < GROUP_TO ? 0.5 * answer[i] : answer[i];
        expected = expected.add(new BigDecimal(x).pow(2));
      }
      // A thousand additions in a row err by less than this.
      assertEquals(expected.doubleValue(), optimizer.seen[1], 1e-13 * optimizer.seen[1]);
    }
  }

  @Test
  void ofOnePassAreTakenSideBySide() {
    Norms optimizer = part(0, DIMENSION);
    optimizer.evaluate().close();
    BigDecimal squares = BigDecimal.ZERO;
    BigDecimal scaled = BigDecimal.ZERO;
    for (int i = 0; i < DIMENSION; i++) {
      squares = squares.add(new BigDecimal(START[i]).pow(2));
      scaled =
          scaled.add(new BigDecimal(i >= GROUP_FROM && i < GROUP_TO ? 0.5 * START[i] : START[i]));
    }
    assertEquals(squares.doubleValue(), optimizer.seen[0], 1e-13 * optimizer.seen[0]);
    assertEquals(scaled.doubleValue(), optimizer.seen[4], 1e-13 * optimizer.seen[0]);
  }

  @Test
  void areAddedUpWithCompensation() {
    OrderedSum sum = new OrderedSum();
    sum.close(1);
    for (int i = 0; i < 1000; i++) {
      sum.close(1e-17);
    }
    assertEquals(1 + 1e-14, sum.total());
  }

  @Test
  void mayBeInfiniteAndThenStayThat() {
    OrderedSum sum = new OrderedSum();
    sum.close(Double.POSITIVE_INFINITY);
    sum.close(1);
    assertEquals(Double.POSITIVE_INFINITY, sum.total());
  }

  @Test
  void ofNoCoordinatesAreZero() {
    Norms.Builder builder = Norms.builder();
    builder.dimension(0);
    Norms optimizer = builder.build();
    steps(optimizer, 1);
    assertArrayEquals(new double[5], optimizer.seen);
  }

  @Test
  void averageThePassesOfAnEvaluationFirst() {
    Norms once = part(0, 5);
    Norms twice = part(0, 5);
    try (Evaluation<double[]> evaluation = once.evaluate()) {
      evaluation.gradient(new double[] {1, 2, 3, 4, 5});
    }
    try (Evaluation<double[]> evaluation = twice.evaluate(2)) {
      evaluation.gradient(new double[] {2, 1, 3, 6, 5});
      evaluation.gradient(new double[] {0, 3, 3, 2, 5});
    }
    assertEquals(55, once.seen[1]);
    assertEquals(55, twice.seen[1]);
  }

  @Test
  void anUnusableDrawSkipsTheStep() {
    Norms optimizer = part(0, 2);
    optimizer.nonFinite(NonFinite.SKIP);
    try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
      evaluation.gradient(new double[] {Double.NaN, 1});
      evaluation.gradient(new double[] {1, 1});
    }
    optimizer.step();
    assertEquals(1, optimizer.skippedSteps());
    assertArrayEquals(Arrays.copyOf(START, 2), optimizer.state("m"));
  }
}
