package org.blrc.emit.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.blrc.program.Program;
import org.blrc.program.Program.NoiseInput;
import org.blrc.program.ZooPrograms;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.Question;
import org.blrc.runtime.RecordedNoise;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Emitted optimizers follow trajectories that were recorded from published implementations. */
class TraceTest {

  static Stream<Arguments> traces() {
    return Stream.of(
        Arguments.of("torch_rmsprop_default_quadratic.json", Programs.rmsprop()),
        Arguments.of("torch_rmsprop_default_quadratic.json", ZooPrograms.rmsprop()),
        Arguments.of("torch_adam_default_quadratic.json", Programs.adam()),
        Arguments.of("newton-diagonal.json", Programs.newton()),
        Arguments.of("ogn.json", Programs.ogn()),
        Arguments.of("vogn_default_quadratic.json", ZooPrograms.vogn()),
        Arguments.of("ivon_price_quadratic.json", ZooPrograms.ivon()),
        Arguments.of("ivon_gradsq_quadratic.json", Programs.ivonSquared()),
        Arguments.of("bayesiansam_bsam_m1_quadratic.json", ZooPrograms.bsam()));
  }

  @ParameterizedTest
  @MethodSource("traces")
  void follows(String file, Program program) throws IOException {
    JsonNode trace = read(file);
    int dimension = trace.get("dimension").asInt();
    Map<String, Double> hypers = new HashMap<>();
    trace
        .get("hyperparameters")
        .properties()
        .forEach(e -> hypers.put(e.getKey(), number(e.getValue())));
    Map<String, double[]> states = new HashMap<>();
    trace
        .get("initial_state")
        .properties()
        .forEach(e -> states.put(e.getKey(), values(e.getValue(), dimension)));
    CompiledProgram compiled = CompiledProgram.of(program);
    replay(trace, program, compiled.doubles(dimension, hypers, states), a -> a, a -> a, 1e-9);
    replay(
        trace,
        program,
        compiled.floats(dimension, hypers, states),
        Drive::toFloats,
        Drive::toDoubles,
        2e-5);
  }

  private static <A> void replay(
      JsonNode trace,
      Program program,
      Optimizer<A> optimizer,
      Function<double[], A> convert,
      Function<A, double[]> back,
      double tolerance) {
    int dimension = optimizer.dimension();
    RecordedNoise noise = new RecordedNoise();
    optimizer.noise(noise);
    assertTrue(trace.get("steps").size() >= 30);
    for (JsonNode step : trace.get("steps")) {
      noise.set(
          program.noises().stream()
              .map(input -> draws(step, input, dimension))
              .toArray(double[][][]::new));
      int asked = 0;
      for (int sample = 0; sample < trace.get("samples").asInt(); sample++) {
        try (Evaluation<A> evaluation = optimizer.evaluate()) {
          for (List<Question> phase : optimizer.phases()) {
            close(step.get("asked_at").get(asked), back.apply(optimizer.parameters()), tolerance);
            JsonNode answers = step.get("oracle").get(asked++);
            for (int question = 0; question < phase.size(); question++) {
              JsonNode answer = answers.get(phase.get(question).kind());
              evaluation.answer(question, convert.apply(values(answer, dimension)));
            }
          }
        }
      }
      optimizer.step();
      assertEquals(step.get("oracle").size(), asked);
      step.get("state_after")
          .properties()
          .forEach(e -> close(e.getValue(), back.apply(optimizer.state(e.getKey())), tolerance));
    }
  }

  private static double[][] draws(JsonNode step, NoiseInput input, int dimension) {
    return StreamSupport.stream(step.get("noise").get(input.name()).spliterator(), false)
        .map(draw -> values(draw, dimension))
        .toArray(double[][]::new);
  }

  private static void close(JsonNode expected, double[] actual, double tolerance) {
    double[] values = values(expected, actual.length);
    double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
    for (int i = 0; i < actual.length; i++) {
      assertEquals(values[i], actual[i], Math.max(tolerance * largest, 1e-12));
    }
  }

  /** All numbers in a tree, row after row; a single number stands for an array. */
  private static double[] values(JsonNode node, int dimension) {
    if (!node.isArray()) {
      double[] values = new double[dimension];
      Arrays.fill(values, number(node));
      return values;
    }
    return StreamSupport.stream(node.spliterator(), false)
        .flatMapToDouble(
            child ->
                child.isArray()
                    ? Arrays.stream(values(child, 0))
                    : Arrays.stream(new double[] {number(child)}))
        .toArray();
  }

  private static double number(JsonNode node) {
    return node.isTextual() ? Double.parseDouble(node.textValue()) : node.doubleValue();
  }

  private static JsonNode read(String file) throws IOException {
    Path module = Path.of(System.getProperty("basedir", "."));
    Path folder = module.resolve("../tests/src/test/resources/conformance");
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }
}
