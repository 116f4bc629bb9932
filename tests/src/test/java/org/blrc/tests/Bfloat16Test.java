package org.blrc.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.blrc.emit.cuda.CudaBackEnd;
import org.blrc.emit.cuda.Numbers;
import org.blrc.emit.java.CompiledLauncher;
import org.blrc.program.Program;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.PhiloxNoise;
import org.blrc.runtime.Question;
import org.blrc.runtime.cuda.CudaOptimizer;
import org.blrc.runtime.cuda.CudaOptimizerBuilder;
import org.blrc.runtime.cuda.DeviceArray;
import org.blrc.syntax.SpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights and gradients in bfloat16, with all else in single precision. */
final class Bfloat16Test extends OnHostDevice {

  private static final long[] LENGTHS = {3, 0, 1001, 1, 300};
  private static final int DIMENSION = (int) LongStream.of(LENGTHS).sum();

  private CudaOptimizer optimizer(String spec, Numbers numbers, long... lengths)
      throws SpecException {
    Program program = Zoo.program(spec);
    int dimension = (int) LongStream.of(lengths).sum();
    CudaOptimizerBuilder<?> builder =
        CompiledLauncher.of(CudaBackEnd.emit(program, numbers, List.of("Test."))).builder(device);
    builder.tensors(lengths);
    Zoo.hyperParameters(program).forEach(builder::hyperParameter);
    Zoo.states(program, dimension)
        .forEach((state, values) -> builder.state(state, rounded(Zoo.floats(values))));
    return builder.build();
  }

  /** By its definition: the nearest of the numbers with eight digits, ties to even. */
  private static float rounded(float value) {
    int bits = Float.floatToRawIntBits(value);
    float below = Float.intBitsToFloat(bits & 0xffff0000);
    float above = Float.intBitsToFloat((bits & 0xffff0000) + 0x10000);
    BigDecimal toBelow = new BigDecimal(value).subtract(new BigDecimal(below)).abs();
    BigDecimal toAbove = new BigDecimal(value).subtract(new BigDecimal(above)).abs();
    int order = toBelow.compareTo(toAbove);
    boolean evenBelow = (bits & 0x10000) == 0;
    return order < 0 || (order == 0 && evenBelow) ? below : above;
  }

  private static float[] rounded(float[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = rounded(values[i]);
    }
    return result;
  }

  private static float[] gradient(int seed) {
    return rounded(Zoo.floats(new Random(seed).doubles(DIMENSION, -1, 1).toArray()));
  }

  private static void step(CudaOptimizer optimizer, float[] answer) {
    try (DeviceArray given = optimizer.array()) {
      given.set(answer);
      try (Evaluation<DeviceArray> evaluation = optimizer.evaluate()) {
        for (List<Question> phase : optimizer.phases()) {
          for (int question = 0; question < phase.size(); question++) {
            evaluation.answer(question, given);
          }
        }
      }
      optimizer.step();
    }
  }

  /** Where weights are no state, states have the bits that they have in single precision. */
  @ParameterizedTest
  @ValueSource(strings = {"ivon.blr", "vadam.blr", "vogn.blr"})
  void onlyWeightsAreRounded(String spec) throws SpecException {
    try (CudaOptimizer narrow = optimizer(spec, Numbers.BF16, LENGTHS);
        CudaOptimizer wide = optimizer(spec, Numbers.FLOAT, LENGTHS)) {
      for (int i = 0; i < 3; i++) {
        try (Evaluation<DeviceArray> _ = narrow.evaluate();
            Evaluation<DeviceArray> _ = wide.evaluate()) {
          assertArrayEquals(rounded(wide.parameters().toFloats()), narrow.parameters().toFloats());
        }
        step(narrow, gradient(i));
        step(wide, gradient(i));
        assertArrayEquals(rounded(wide.parameters().toFloats()), narrow.parameters().toFloats());
      }
      for (String state : wide.states()) {
        assertArrayEquals(wide.state(state).toFloats(), narrow.state(state).toFloats(), state);
      }
      assertThrows(IllegalStateException.class, () -> narrow.stochasticRounding(true));
      assertThrows(IllegalStateException.class, () -> wide.stochasticRounding(true));
    }
  }

  /** Where weights are a state, that is rounded after each step. */
  @ParameterizedTest
  @ValueSource(strings = {"adam.blr", "rmsprop.blr", "gd.blr"})
  void aStateThatIsTheWeightsIsRounded(String spec) throws SpecException {
    try (CudaOptimizer narrow = optimizer(spec, Numbers.BF16, LENGTHS);
        CudaOptimizer wide = optimizer(spec, Numbers.FLOAT, LENGTHS)) {
      for (int i = 0; i < 3; i++) {
        step(narrow, gradient(i));
        step(wide, gradient(i));
        wide.parameters().set(rounded(wide.parameters().toFloats()));
      }
      for (String state : wide.states()) {
        assertArrayEquals(wide.state(state).toFloats(), narrow.state(state).toFloats(), state);
      }
    }
  }

  /**
   * A step of a hundredth of the distance between two numbers is made by one weight in a hundred.
   */
  @Test
  void atRandomTheMeanIsExact() throws SpecException {
    int count = 200_000;
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    float[] expected = null;
    for (long[] lengths : new long[][] {{count}, {1, 777, count - 778}}) {
      try (CudaOptimizer optimizer = optimizer("gd.blr", Numbers.BF16, lengths);
          DeviceArray answer = optimizer.array()) {
        optimizer.stochasticRounding(true);
        optimizer.noise(new PhiloxNoise(11));
        String rate = optimizer.hyperParameters().getFirst().name();
        // Above one, neighbours are 2^-7 apart.
        optimizer.hyperParameter(rate, 0x1p-7 / 100);
        optimizer.parameters().set(ones);
        float[] gradient = new float[count];
        Arrays.fill(gradient, -1);
        answer.set(gradient);
        try (Evaluation<DeviceArray> evaluation = optimizer.evaluate()) {
          evaluation.gradient(answer);
        }
        optimizer.step();
        float[] weights = optimizer.parameters().toFloats();
        int moved = 0;
        for (float weight : weights) {
          assertTrue(weight == 1 || weight == 1 + 0x1p-7f, "" + weight);
          moved += weight > 1 ? 1 : 0;
        }
        // The standard deviation is 44.5; the lower half of a number has 16 bits.
        assertEquals(count / 100.0, moved, 5 * 44.5);
        if (expected == null) {
          expected = weights;
        }
        // However coordinates lie in tensors.
        assertArrayEquals(expected, weights);
      }
    }
  }

  /** The mean of several answers is rounded once. */
  @Test
  void answersInPartsAreAddedInSinglePrecision() throws SpecException {
    try (CudaOptimizer narrow = optimizer("ivon.blr", Numbers.BF16, LENGTHS);
        CudaOptimizer wide = optimizer("ivon.blr", Numbers.FLOAT, LENGTHS);
        DeviceArray ofNarrow = narrow.array();
        DeviceArray ofWide = wide.array()) {
      float[] sum = new float[DIMENSION];
      try (Evaluation<DeviceArray> evaluation = narrow.evaluate(3)) {
        for (int pass = 0; pass < 3; pass++) {
          float[] gradient = gradient(pass);
          for (int i = 0; i < DIMENSION; i++) {
            sum[i] += gradient[i];
          }
          ofNarrow.set(gradient);
          evaluation.gradient(ofNarrow);
        }
      }
      narrow.step();
      for (int i = 0; i < DIMENSION; i++) {
        sum[i] = rounded(sum[i] / 3);
      }
      ofWide.set(sum);
      try (Evaluation<DeviceArray> evaluation = wide.evaluate()) {
        evaluation.gradient(ofWide);
      }
      wide.step();
      for (String state : wide.states()) {
        assertArrayEquals(wide.state(state).toFloats(), narrow.state(state).toFloats(), state);
      }
    }
  }

  @Test
  void aSavedStateGoesOnWithTheSameBits(@TempDir Path folder) throws SpecException, IOException {
    Path file = folder.resolve("state.npz");
    try (CudaOptimizer first = optimizer("adam.blr", Numbers.BF16, LENGTHS);
        CudaOptimizer second = optimizer("adam.blr", Numbers.BF16, LENGTHS)) {
      step(first, gradient(1));
      first.save(file);
      second.load(file);
      step(first, gradient(2));
      step(second, gradient(2));
      for (String state : first.states()) {
        assertArrayEquals(first.state(state).toFloats(), second.state(state).toFloats(), state);
      }
    }
  }
}
