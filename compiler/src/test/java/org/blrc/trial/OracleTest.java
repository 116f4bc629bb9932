package org.blrc.trial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.blrc.program.Program.AnswerKind;
import org.blrc.runtime.Question;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OracleTest {

  private static final int INPUTS = 5;
  private static final int[] BATCH = {3, 0, 7, 4};

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of(new Quadratic(INPUTS, 100, new SplittableRandom(1)), 1),
        Arguments.of(new LogisticRegression(INPUTS), 2),
        Arguments.of(new Network(INPUTS, 4, 3), 3),
        Arguments.of(binary(-1, 1), 3),
        Arguments.of(binary(0, 1), 3));
  }

  private static BinaryWeights binary(double lower, double upper) {
    Network network = new Network(INPUTS, 4, 3);
    return new BinaryWeights(network, network.layers(0.7, 1.3), lower, upper);
  }

  @ParameterizedTest
  @MethodSource("models")
  void aValueIsThatOfOneMovedCoordinate(Model model, int classes) {
    Dataset data = data(classes);
    double[] held = point(model);
    double[] w = held.clone();
    for (int i = 0; i < w.length; i++) {
      w[i] = i % 3 == 0 ? held[i] : -held[i];
    }
    double[] values = new double[w.length];
    Arrays.fill(values, 99);
    new Oracle(model, data).answer(AnswerKind.VALUE, held, w, w, BATCH, values);
    for (int i = 0; i < w.length; i++) {
      double expected = batchLoss(model, data, moved(held, i, w[i] - held[i]));
      assertEquals(expected, values[i], 1e-12 * (1 + Math.abs(expected)), "coordinate " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void valuesOfExamplesAverageToThatOfTheBatch(Model model, int classes) {
    Dataset data = data(classes);
    double[] w = point(model);
    double[] rows = answer(model, data, AnswerKind.PER_EXAMPLE_VALUES, w, BATCH);
    double[] mean = answer(model, data, AnswerKind.VALUE, w, BATCH);
    int d = model.dimension();
    for (int i = 0; i < d; i++) {
      int column = i;
      double average =
          IntStream.range(0, BATCH.length).mapToDouble(k -> rows[k * d + column]).sum()
              / BATCH.length;
      assertEquals(mean[i], average, 1e-13 * (1 + Math.abs(average)));
      assertEquals(mean[0], mean[i], "at a draw, all are the loss there");
    }
  }

  @Test
  void theLowerOfTwoValuesIsMinusTheScaleAndTheUpperPlus() {
    Network network = new Network(INPUTS, 4, 3);
    double[] bits = IntStream.range(0, network.dimension()).mapToDouble(i -> i % 2).toArray();
    double[] weights = new double[bits.length];
    int hidden = 4 * (INPUTS + 1);
    Arrays.setAll(weights, i -> (i < hidden ? 0.7 : 1.3) * (bits[i] == 1 ? 1 : -1));
    double[] signs = Arrays.stream(bits).map(bit -> 2 * bit - 1).toArray();
    double[] x = {0.5, -1, 2, 0, 1};
    double expected = network.loss(weights, x, 2);
    assertEquals(expected, binary(0, 1).loss(bits, x, 2), 1e-14);
    assertEquals(expected, binary(0, 1).between(-1, 1).loss(signs, x, 2), 1e-14);
  }

  @ParameterizedTest
  @MethodSource("models")
  void gradientIsTheDerivativeOfTheMeanLoss(Model model, int classes) {
    Dataset data = data(classes);
    double[] w = point(model);
    double[] gradient = answer(model, data, AnswerKind.GRADIENT, w, BATCH);
    for (int i = 0; i < w.length; i++) {
      double h = 1e-5;
      double slope =
          (batchLoss(model, data, moved(w, i, h)) - batchLoss(model, data, moved(w, i, -h)))
              / (2 * h);
      assertEquals(slope, gradient[i], 1e-8 * (1 + Math.abs(slope)), "coordinate " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void hessianDiagonalIsTheDerivativeOfTheGradient(Model model, int classes) {
    Dataset data = data(classes);
    double[] w = point(model);
    double[] diagonal = answer(model, data, AnswerKind.HESSIAN_DIAGONAL, w, BATCH);
    for (int i = 0; i < w.length; i++) {
      double h = 1e-5;
      double[] above = answer(model, data, AnswerKind.GRADIENT, moved(w, i, h), BATCH);
      double[] below = answer(model, data, AnswerKind.GRADIENT, moved(w, i, -h), BATCH);
      double bend = (above[i] - below[i]) / (2 * h);
      assertEquals(bend, diagonal[i], 1e-8 * (1 + Math.abs(bend)), "coordinate " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void productWithTheHessianIsTheDerivativeOfTheGradientAlongTheVector(Model model, int classes) {
    Dataset data = data(classes);
    double[] w = point(model);
    Random random = new Random(5);
    double[] v = IntStream.range(0, w.length).mapToDouble(_ -> random.nextGaussian()).toArray();
    double[] product = new double[w.length];
    Arrays.fill(product, 99);
    new Oracle(model, data).answer(AnswerKind.HESSIAN_VECTOR_PRODUCT, w, w, v, BATCH, product);
    double h = 1e-5;
    double[] above = w.clone();
    double[] below = w.clone();
    for (int i = 0; i < w.length; i++) {
      above[i] += h * v[i];
      below[i] -= h * v[i];
    }
    double[] after = answer(model, data, AnswerKind.GRADIENT, above, BATCH);
    double[] before = answer(model, data, AnswerKind.GRADIENT, below, BATCH);
    for (int i = 0; i < w.length; i++) {
      double bend = (after[i] - before[i]) / (2 * h);
      assertEquals(bend, product[i], 1e-7 * (1 + Math.abs(bend)), "coordinate " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void perExampleRowsAreTheAnswersForSingleExamples(Model model, int classes) {
    Dataset data = data(classes);
    double[] w = point(model);
    double[] gradients = answer(model, data, AnswerKind.PER_EXAMPLE_GRADIENTS, w, BATCH);
    double[] diagonals = answer(model, data, AnswerKind.PER_EXAMPLE_HESSIAN_DIAGONALS, w, BATCH);
    int d = model.dimension();
    for (int row = 0; row < BATCH.length; row++) {
      int[] single = {BATCH[row]};
      assertArrayEquals(
          answer(model, data, AnswerKind.GRADIENT, w, single),
          Arrays.copyOfRange(gradients, row * d, (row + 1) * d),
          1e-14);
      assertArrayEquals(
          answer(model, data, AnswerKind.HESSIAN_DIAGONAL, w, single),
          Arrays.copyOfRange(diagonals, row * d, (row + 1) * d),
          1e-14);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void lossOfAClassifierIsTheNegativeLogProbabilityOfTheLabel(Model model, int classes) {
    if (model instanceof Classifier classifier) {
      Dataset data = data(classes);
      double[] w = point(model);
      for (int i = 0; i < data.size(); i++) {
        double[] p = new double[classifier.classes()];
        classifier.probabilities(w, data.input(i), p);
        assertEquals(1, Arrays.stream(p).sum(), 1e-12);
        assertEquals(
            -Math.log(p[data.label(i)]), model.loss(w, data.input(i), data.label(i)), 1e-12);
      }
    }
  }

  @Test
  void lossesStayFiniteForHugeParameters() {
    double[] w = new double[INPUTS + 1];
    Arrays.fill(w, 1e300);
    double[] x = {1, 0, 0, 0, 0};
    assertEquals(2e300, new LogisticRegression(INPUTS).loss(w, x, 0), 1e288);
    assertEquals(0, new LogisticRegression(INPUTS).loss(w, x, 1));
  }

  @Test
  void knowsTheKindsOfQuestionsByTheirNamesInTraces() {
    for (AnswerKind kind : AnswerKind.values()) {
      Question question = new Question("f", kind.label(), kind.perExample());
      assertEquals(Optional.of(kind), Oracle.kind(question));
    }
    assertTrue(Oracle.kind(new Question("f", "hessian", false)).isEmpty());
  }

  private static double[] answer(
      Model model, Dataset data, AnswerKind kind, double[] w, int[] batch) {
    Oracle oracle = new Oracle(model, data);
    double[] out = new double[oracle.length(kind, batch.length)];
    Arrays.fill(out, 99); // what an earlier answer left behind must not matter
    oracle.answer(kind, w, w, w, batch, out);
    return out;
  }

  private static double batchLoss(Model model, Dataset data, double[] w) {
    double sum = 0;
    for (int i : BATCH) {
      sum += model.loss(w, data.input(i), data.label(i));
    }
    return sum / BATCH.length;
  }

  private static double[] moved(double[] w, int i, double by) {
    double[] moved = w.clone();
    moved[i] += by;
    return moved;
  }

  private static double[] point(Model model) {
    Random random = new Random(2);
    return random.doubles(model.dimension(), -1, 1).toArray();
  }

  private static Dataset data(int classes) {
    Random random = new Random(3);
    List<double[]> inputs = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      inputs.add(random.doubles(INPUTS, -2, 2).toArray());
      labels.add(i % classes);
    }
    inputs.get(0)[2] = 0;
    return Dataset.of(inputs, labels);
  }
}
