package org.blrc.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.PhiloxNoise;

/** The algorithms that are timed, and what all their implementations start from. */
public enum Contestants {
  RMSPROP("specs/zoo/rmsprop.blr", Map.of("alpha", 1e-3, "rho", 0.01, "delta", 1e-8), 1),
  ADAM("specs/zoo/adam.blr", Map.of("alpha", 1e-3, "beta1", 0.9, "beta2", 0.999, "delta", 1e-8), 1),
  VOGN("specs/zoo/vogn.blr", Map.of("alpha", 1e-3, "rho", 0.05, "gamma", 1.0, "N", 1e4), 4),
  IVON(
      "specs/zoo/ivon.blr",
      Map.of("alpha", 1e-3, "beta1", 0.9, "rho", 1e-5, "N", 1e4, "delta", 1e-4, "clip", 1e3),
      1);

  static final long SEED = 1;

  final String spec;
  final Map<String, Double> hyperParameters;

  /** How many gradients a step takes. */
  final int examples;

  Contestants(String spec, Map<String, Double> hyperParameters, int examples) {
    this.spec = spec;
    this.hyperParameters = new LinkedHashMap<>(hyperParameters);
    this.examples = examples;
  }

  float hyper(String name) {
    return hyperParameters.get(name).floatValue();
  }

  /** One gradient for each example, the same in every step. */
  float[] gradients(int size) {
    float[] values = new float[size * examples];
    Random random = new Random(7);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  /** The emitted optimizer, from a mean of zero. */
  Optimizer<float[]> emitted(int size) {
    Optimizer<float[]> optimizer =
        Specs.compile(spec).floats(size, hyperParameters, Map.of("m", new double[size]));
    optimizer.noise(new PhiloxNoise(SEED));
    return optimizer;
  }
}
