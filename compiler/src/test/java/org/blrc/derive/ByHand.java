package org.blrc.derive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.blrc.program.ReferenceOptimizer;

/** Compares two steps of derived optimizers with their updates written by hand. */
final class ByHand {

  /** The rate of every step that names no other. */
  static final double R = 0.2;

  private static final int EXAMPLES = 3;
  private static final double[][] DRAWS = {{0.3, -1.2, 0.8}, {-0.5, 0.7, 1.6}};
  private static final double[][] START = {{0.7, -0.4, 1.3}, {0.6, 1.5, 2.2}};

  /** First derivative of a loss known from outside; each function and each example has its own. */
  static double g(String function, int example, double x) {
    int kind = kind(function);
    return Math.cos(x + example + kind) + 0.5 * (example + 1) * x;
  }

  static double h(String function, int example, double x) {
    int kind = kind(function);
    return -Math.sin(x + example + kind) + 0.5 * (example + 1);
  }

  private static int kind(String function) {
    return function.equals("ell") ? 0 : function.charAt(0) - 'a' + 1;
  }

  static double g(double x) {
    return g("ell", 0, x);
  }

  static double h(double x) {
    return h("ell", 0, x);
  }

  /** The mean over the minibatch of what {@code f} gives for each example. */
  static double batch(IntToDoubleFunction f) {
    return IntStream.range(0, EXAMPLES).mapToDouble(f).average().orElseThrow();
  }

  /** One coordinate before and after a step. */
  static final class At {
    final int t;
    final double[] eps;
    final double m;
    final double s;
    private final Map<String, Double> old;
    private final Map<String, Double> next = new HashMap<>();

    At(int t, double[] eps, Map<String, Double> old) {
      this.t = t;
      this.eps = eps;
      this.old = old;
      this.m = old.get("m");
      this.s = old.get("s");
    }

    double old(String name) {
      return old.getOrDefault(name, 0.0);
    }

    double set(String name, double value) {
      next.put(name, value);
      return value;
    }
  }

  interface Update {
    void step(At at);
  }

  record Case(String name, String declarations, Map<String, String> clauses, Update byHand) {

    @Override
    public String toString() {
      return name;
    }

    Case with(String clause, String text) {
      Map<String, String> changed = new HashMap<>(clauses);
      changed.put(clause, text);
      return new Case(name, declarations, changed, byHand);
    }

    Case declaring(String text) {
      return new Case(name, text, clauses, byHand);
    }

    String spec() {
      return declarations
          + "\noptimizer Test {\n"
          + "hyper "
          + clauses.getOrDefault("hyper", "rho: unit = 0.2")
          + "\nstate m: real, s: positive = 1\n"
          + clauses.getOrDefault("data", "")
          + "\nposterior each theta ~ "
          + clauses.getOrDefault("posterior", "Normal(mean = m, precision = s)")
          + "\n"
          + clauses.getOrDefault("prior", "")
          + "\nloss "
          + clauses.getOrDefault("loss", "ell(theta)")
          + "\nrate "
          + clauses.getOrDefault("rate", "rho")
          + "\n"
          + clauses.getOrDefault("step", "")
          + "\napproximate "
          + clauses.get("approximate")
          + "\n}\n";
    }
  }

  static Case spec(String name, String approximate, Update byHand) {
    return new Case(name, "", Map.of("approximate", approximate), byHand);
  }

  private ByHand() {}

  /**
   * Where two steps of the derived optimizer leave other states than those by hand; every state of
   * every coordinate is compared.
   */
  static List<String> disagreements(Case spec) {
    List<String> found = new ArrayList<>();
    Map<String, double[]> start = Map.of("m", START[0].clone(), "s", START[1].clone());
    ReferenceOptimizer actual =
        OneStep.of(spec.spec(), Map.of(), start)
            .withExamples(spec.clauses().containsKey("data") ? EXAMPLES : 1)
            .withNoise(DRAWS)
            .run(
                (function, order, example, x) ->
                    order == 1 ? g(function, example, x) : h(function, example, x),
                2);
    for (int i = 0; i < START[0].length; i++) {
      Map<String, Double> states = new HashMap<>(Map.of("m", START[0][i], "s", START[1][i]));
      for (int t = 1; t <= 2; t++) {
        At at = new At(t, new double[] {DRAWS[0][i], DRAWS[1][i]}, states);
        spec.byHand().step(at);
        states.putAll(at.next);
      }
      int at = i;
      states.forEach(
          (name, expected) -> {
            double value = actual.state(name)[at];
            // Written so that NaN disagrees.
            if (!(Math.abs(value - expected) <= 1e-11 * (1 + Math.abs(expected)))) {
              found.add("%s at %d: expected %s, was %s".formatted(name, at, expected, value));
            }
          });
    }
    return found;
  }
}
