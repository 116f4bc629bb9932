package org.blrc.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.blrc.derive.Derivation;
import org.blrc.derive.Setting;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Noise;
import org.blrc.symbolic.Expr.Sym;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.hipparchus.analysis.solvers.UnivariateSolverUtils;
import org.hipparchus.exception.MathRuntimeException;

/**
 * The elements of a group that moves the posterior, as numbers for the states, by nothing but draws
 * made with given noise: of two elements after each other, of the exponential map, and of
 * derivatives along directions of the algebra.
 */
final class Elements {

  /** The noises at which an element is told by its draws, and those at which it is looked at. */
  private static final double[] PROBABILITIES = {0.35, 0.72, 0.11, 0.55, 0.9, 0.22};

  private static final int NEWTON = 60;

  private static final double PRECISION = 1e-15;

  /** The largest error of a draw by which an element is told. */
  private static final double FOUND = 1e-11;

  private static final String NOT_FOUND =
      "the element that makes given draws is not found in floating-point numbers";

  private static final double LEAST_SHARE = 1e-6;

  /** Powers of 2 of the steps that the exponential map is made of. */
  private static final int FEWEST = 5;

  private static final int EXTRAPOLATIONS = 6;

  private final Point point;
  private final Setting setting;
  private final Expr sampler;
  private final Noise noise;
  private final List<Sym> states;
  private final Map<Sym, Double> identity = new HashMap<>();

  Elements(Point point) {
    this.point = point;
    this.setting = point.setting();
    this.sampler = setting.family().sampler().orElseThrow();
    this.noise = setting.family().noises().getFirst();
    this.states = List.copyOf(setting.identity().keySet());
    setting.identity().forEach((state, value) -> identity.put(state, point.world().value(value)));
  }

  Map<Sym, Double> identity() {
    return identity;
  }

  /** The element that the states are. */
  Map<Sym, Double> element() {
    Map<Sym, Double> result = new HashMap<>();
    states.forEach(state -> result.put(state, point.coordinates().get(state)));
    return result;
  }

  /** An element on the way from the identity to another one, where products do not go far. */
  Map<Sym, Double> near(Map<Sym, Double> element) {
    Map<Sym, Double> result = new HashMap<>();
    for (Sym state : states) {
      result.put(state, (2 * identity.get(state) + element.get(state)) / 3);
    }
    return result;
  }

  /** A draw of an element. */
  private double draw(Map<Sym, Double> element, double value) {
    return point.world().with(element).withNoise(Map.of(noise.name(), value)).value(sampler);
  }

  /** The noise with a given share of the noises below it. */
  private double noise(double probability) {
    return switch (noise.distribution()) {
      case UNIFORM -> probability;
      case STANDARD_NORMAL -> 3 * (2 * probability - 1);
    };
  }

  /** The noise with which the identity draws what an element draws with another noise. */
  private double noiseOf(Map<Sym, Double> element, double value) {
    double wanted = draw(element, value);
    boolean uniform = noise.distribution() == Expr.Distribution.UNIFORM;
    try {
      double[] bracket =
          UnivariateSolverUtils.bracket(
              n -> draw(identity, n) - wanted,
              value,
              uniform ? Double.MIN_NORMAL : -38,
              uniform ? Math.nextDown(1.0) : 38,
              uniform ? 1e-3 : 0.1,
              uniform ? 1 : 1.5,
              4000);
      return new BracketingNthOrderBrentSolver(1e-16, 1e-16, 0, 5)
          .solve(500, n -> draw(identity, n) - wanted, bracket[0], bracket[1]);
    } catch (MathRuntimeException outside) {
      throw new UntrustedIntegral(NOT_FOUND);
    }
  }

  /** The draw of one element after another. */
  double drawAfter(Map<Sym, Double> left, Map<Sym, Double> right, double value) {
    return draw(left, noiseOf(right, value));
  }

  /** The element that does what two do after each other: what it draws tells it, by Newton. */
  Map<Sym, Double> product(Map<Sym, Double> left, Map<Sym, Double> right) {
    int count = states.size();
    double[] wanted = new double[count];
    List<ToDoubleFunction<Map<Sym, Double>>> draws = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double value = noise(PROBABILITIES[i]);
      wanted[i] = onTheLine(drawAfter(left, right, value));
      draws.add(element -> onTheLine(draw(element, value)));
    }
    Map<Sym, Double> result = left;
    for (int k = 0; k < NEWTON && error(draws, wanted, result) > PRECISION; k++) {
      result = next(draws, wanted, result);
    }
    if (!(error(draws, wanted, result) <= FOUND)) {
      throw new UntrustedIntegral(NOT_FOUND);
    }
    return result;
  }

  private static double error(
      List<ToDoubleFunction<Map<Sym, Double>>> draws, double[] wanted, Map<Sym, Double> element) {
    double worst = 0;
    for (int i = 0; i < wanted.length; i++) {
      worst = Check.worse(worst, Check.error(wanted[i], draws.get(i).applyAsDouble(element)));
    }
    return worst;
  }

  /** Newton's step, or as much of it as stays where there are draws. */
  private Map<Sym, Double> next(
      List<ToDoubleFunction<Map<Sym, Double>>> draws, double[] wanted, Map<Sym, Double> element) {
    double[][] jacobian = Differences.jacobian(draws, element, states);
    List<Double> missing = new ArrayList<>();
    for (int i = 0; i < wanted.length; i++) {
      double scale = Arrays.stream(jacobian[i]).map(Math::abs).max().orElseThrow();
      jacobian[i] = Arrays.stream(jacobian[i]).map(each -> each / scale).toArray();
      missing.add((wanted[i] - draws.get(i).applyAsDouble(element)) / scale);
    }
    double[] step;
    try {
      step = Differences.solve(jacobian, missing);
    } catch (MathRuntimeException singular) {
      throw new UntrustedIntegral(NOT_FOUND);
    }
    for (double share = 1; share > LEAST_SHARE; share /= 2) {
      Map<Sym, Double> moved = new HashMap<>(element);
      boolean inside = true;
      for (int i = 0; i < step.length; i++) {
        Sym state = states.get(i);
        moved.merge(state, share * step[i], Double::sum);
        inside &= state.domain().contains(moved.get(state));
      }
      if (inside && Double.isFinite(error(draws, wanted, moved))) {
        return moved;
      }
    }
    throw new UntrustedIntegral(NOT_FOUND);
  }

  /** A draw, with the ends of its support at infinity: draws of products may lie far apart. */
  private double onTheLine(double draw) {
    Domain support = setting.family().support().hull();
    boolean below = Double.isFinite(support.lower());
    boolean above = Double.isFinite(support.upper());
    return (below ? Math.log(draw - support.lower()) : 0)
        - (above ? Math.log(support.upper() - draw) : 0)
        + (below || above ? 0 : draw);
  }

  /** How far an element is from doing to draws what two others do after each other. */
  double closure(Map<Sym, Double> left, Map<Sym, Double> right) {
    Map<Sym, Double> product = product(left, right);
    double worst = 0;
    for (double probability : PROBABILITIES) {
      double value = noise(probability);
      worst = Check.worse(worst, Check.error(drawAfter(left, right, value), draw(product, value)));
    }
    return worst;
  }

  /** The derivative at t = 0 of a function of g exp(t u). */
  double slope(ToDoubleFunction<Map<Sym, Double>> f, Sym along) {
    return Differences.slope(
        t -> f.applyAsDouble(product(element(), moved(along, t.get(along)))),
        Map.of(along, 0.0),
        along);
  }

  /** The largest error of a formula for the change of draws along a direction. */
  double moveError(Sym along, Expr move) {
    double worst = 0;
    for (double probability : PROBABILITIES) {
      double value = noise(probability);
      double expected =
          Differences.slope(
              t -> drawAfter(element(), moved(along, t.get(along)), value),
              Map.of(along, 0.0),
              along);
      double actual = point.world().withNoise(Map.of(noise.name(), value)).value(move);
      worst = Check.worse(worst, Check.error(expected, actual));
    }
    return worst;
  }

  /** The identity, moved along a direction. */
  private Map<Sym, Double> moved(Sym along, double by) {
    Map<Sym, Double> result = new HashMap<>(identity);
    for (Sym state : states) {
      if (Derivation.direction(state).equals(along)) {
        result.merge(state, by, Double::sum);
      }
    }
    return result;
  }

  /**
   * The exponential map, as the limit of (identity + u / n)^n, at powers of 2 and extrapolated.
   *
   * @param direction by state
   */
  Map<Sym, Double> exponential(Map<Sym, Double> direction) {
    List<Map<Sym, Double>> row = new ArrayList<>();
    for (int k = 0; k < EXTRAPOLATIONS; k++) {
      List<Map<Sym, Double>> next = new ArrayList<>(List.of(power(direction, FEWEST + k)));
      for (int j = 0; j < row.size(); j++) {
        double weight = Math.pow(2, j + 1);
        Map<Sym, Double> finer = next.get(j);
        Map<Sym, Double> coarser = row.get(j);
        Map<Sym, Double> better = new HashMap<>();
        for (Sym state : states) {
          better.put(
              state, finer.get(state) + (finer.get(state) - coarser.get(state)) / (weight - 1));
        }
        next.add(better);
      }
      row = next;
    }
    return row.getLast();
  }

  private Map<Sym, Double> power(Map<Sym, Double> direction, int squarings) {
    Map<Sym, Double> result = new HashMap<>();
    for (Sym state : states) {
      result.put(state, identity.get(state) + direction.get(state) / Math.pow(2, squarings));
    }
    for (int k = 0; k < squarings; k++) {
      result = product(result, result);
    }
    return result;
  }
}
