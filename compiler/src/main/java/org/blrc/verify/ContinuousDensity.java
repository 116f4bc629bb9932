package org.blrc.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.blrc.symbolic.Domain;

/**
 * A density on an interval, ready for integrals of functions times the density.
 *
 * <p>The interval is a picture of a {@link Line}, on which the part where the density is not
 * negligible is cut into panels with Gauss-Legendre rules: finely around every mode, then wherever
 * half panels do not agree with whole ones. An integral cuts further where its function asks for
 * it, and knows its own error.
 */
final class ContinuousDensity implements Density {

  /** What lies this far below the maximum of the log density on the line does not matter. */
  private static final double NEGLIGIBLE = 92;

  /** The largest error of an integral that is trusted, relative to that of the absolute value. */
  private static final double TRUSTED = 1e-9;

  /** Of a sum of what cancels, the share of its magnitude that may be rounding. */
  private static final double ROUNDING = 1e-14;

  private static final double AGREEMENT = 1e-13;
  private static final int DEEPEST = 42;

  /** What panels are cut into at most for one integral. */
  private static final int MOST_CUTS = 500;

  private final DoubleUnaryOperator logDensity;
  private final Line line;
  private final List<Panel> panels;

  private ContinuousDensity(DoubleUnaryOperator logDensity, Line line, List<Panel> panels) {
    this.logDensity = logDensity;
    this.line = line;
    this.panels = List.copyOf(panels);
  }

  /**
   * The density with a given logarithm, or nothing where no mass is found or it does not fall off.
   *
   * @param logDensity of the variable; NaN and -infinity count as no mass
   */
  static Optional<Density> of(Domain support, DoubleUnaryOperator logDensity) {
    Line line = Line.over(support);
    DoubleUnaryOperator onLine = line.logDensity(logDensity);
    List<Double> cuts = Modes.cuts(onLine);
    double height = Modes.height(onLine, cuts);
    boolean fallsOff =
        onLine.applyAsDouble(-Line.END) < height - 1 && onLine.applyAsDouble(Line.END) < height - 1;
    if (!Double.isFinite(height) || !fallsOff) {
      return Optional.empty();
    }
    ContinuousDensity uncut = new ContinuousDensity(onLine, line, List.of());
    List<Panel> rough = new ArrayList<>();
    for (int i = 0; i + 1 < cuts.size(); i++) {
      rough.add(uncut.panel(cuts.get(i), cuts.get(i + 1)));
    }
    double tolerance = AGREEMENT * rough.stream().mapToDouble(Panel::mass).sum();
    List<Panel> panels = new ArrayList<>();
    rough.forEach(panel -> uncut.resolve(panel, height - NEGLIGIBLE, tolerance, DEEPEST, panels));
    return Optional.of(new ContinuousDensity(onLine, line, panels));
  }

  /** Adds halves of a panel that agree with the whole, unless nothing there is above the floor. */
  private void resolve(Panel whole, double floor, double tolerance, int depth, List<Panel> found) {
    Panel left = panel(whole.from(), whole.middle());
    Panel right = panel(whole.middle(), whole.to());
    if (Math.max(whole.highest(), Math.max(left.highest(), right.highest())) < floor) {
      return;
    }
    if (depth == 0 || Math.abs(whole.mass() - left.mass() - right.mass()) <= tolerance) {
      Stream.of(left, right).filter(Panel::hasMass).forEach(found::add);
    } else {
      resolve(left, floor, tolerance, depth - 1, found);
      resolve(right, floor, tolerance, depth - 1, found);
    }
  }

  private Panel panel(double from, double to) {
    return Panel.of(from, to, line, logDensity);
  }

  /**
   * The integral of a function times the density.
   *
   * @throws UntrustedIntegral if it does not converge, as far as can be seen, or only slowly
   */
  @Override
  public double integral(ToDoubleFunction<double[]> f) {
    return overLine(x -> f.applyAsDouble(new double[] {x}));
  }

  private double overLine(DoubleUnaryOperator f) {
    double[] values = new double[panels.size()];
    double[] roughness = new double[panels.size()];
    double magnitude = 0;
    for (int i = 0; i < values.length; i++) {
      Panel.Part part = panels.get(i).integral(f);
      values[i] = part.value();
      roughness[i] = part.roughness();
      magnitude += part.magnitude();
    }
    if (!Double.isFinite(magnitude) && isUndefined(f)) {
      return Double.NaN;
    }
    double ends = Math.max(panels.getFirst().atStart(f), panels.getLast().atEnd(f));
    if (!Double.isFinite(magnitude) || ends > TRUSTED * magnitude) {
      throw new UntrustedIntegral(
          "the tails are too heavy for an integral to converge in floating-point numbers");
    }
    Cutting cutting = new Cutting(f, TRUSTED * magnitude);
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum +=
          roughness[i] <= TRUSTED * magnitude
              ? values[i]
              : cutting.refined(panels.get(i), values[i], DEEPEST);
    }
    if (cutting.error > TRUSTED * magnitude) {
      throw new UntrustedIntegral("an integral does not settle as its panels are refined");
    }
    return withoutRounding(sum, magnitude);
  }

  /** Zero where all cancels up to rounding, on which an integral of integrals would not settle. */
  static double withoutRounding(double sum, double magnitude) {
    return Math.abs(sum) <= ROUNDING * magnitude ? 0 : sum;
  }

  /** Whether a function has no finite values where there is mass, and not only far out. */
  private boolean isUndefined(DoubleUnaryOperator f) {
    double lost = panels.stream().mapToDouble(panel -> panel.massWithout(f)).sum();
    return lost > TRUSTED * mass();
  }

  /** Cuts panels for one function, until halves agree with wholes. */
  private final class Cutting {

    private final DoubleUnaryOperator f;
    private final double tolerance;
    private int cuts;

    /** How far halves were from wholes where no more was cut. */
    private double error;

    Cutting(DoubleUnaryOperator f, double tolerance) {
      this.f = f;
      this.tolerance = tolerance;
    }

    double refined(Panel whole, double value, int depth) {
      Panel left = panel(whole.from(), whole.middle());
      Panel right = panel(whole.middle(), whole.to());
      double leftValue = left.integral(f).value();
      double rightValue = right.integral(f).value();
      double difference = Math.abs(value - leftValue - rightValue);
      cuts++;
      if (difference <= tolerance / 1000 || depth == 0 || cuts > MOST_CUTS) {
        error += difference;
        return leftValue + rightValue;
      }
      return refined(left, leftValue, depth - 1) + refined(right, rightValue, depth - 1);
    }
  }
}
