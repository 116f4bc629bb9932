package org.blrc.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.family.FamilyFacts;
import org.blrc.family.Matrix;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;

/**
 * The parameters of the distribution that has given expectation parameters, in numbers: where
 * lambda(mu) has no closed form, and to check it where it has one.
 *
 * <p>They minimise A(lambda) - lambda . mu, which is strictly convex in lambda (Wainwright &
 * Jordan, Graphical Models, Exponential Families, and Variational Inference, 2008, section 3.6).
 * The direction of Newton's method in lambda is F^-1 (mu - grad A), and in the parameters p the
 * solution of (dmu/dp) d = mu - mu(p). Steps are safeguarded: they go along logarithms of the
 * distances from the ends of the parameters' domains, which they therefore never leave; they are no
 * more than a few units long there; and they are halved until the function falls or, near the end,
 * where its changes are rounded away, until the Newton decrement does.
 */
final class NaturalInverse {

  private static final int MOST_STEPS = 500;
  private static final int MOST_HALVINGS = 40;
  private static final double LONGEST = 3;
  private static final double ARMIJO = 1e-4;

  /**
   * How far the means of a solution may be off: in standard deviations of the statistics, which is
   * the decrement, and beside their size.
   */
  private static final double SETTLED = 1e-6;

  private final List<Sym> parameters;
  private final Map<Sym, Domain> domains;
  private final List<Expr> natural;
  private final List<Expr> expectation;
  private final List<List<Expr>> slopes;
  private final List<List<Expr>> naturalSlopes;
  private final Expr logPartition;
  private final World world;

  /**
   * @param family of which all means are known
   * @param varying the statistics whose natural parameters depend on the parameters; as many
   * @param domains of the parameters
   * @param world where everything else that the facts mention has a value
   */
  NaturalInverse(FamilyFacts family, List<Integer> varying, Map<Sym, Domain> domains, World world) {
    this.parameters = List.copyOf(domains.keySet());
    this.domains = domains;
    this.natural = varying.stream().map(family.natural()::get).toList();
    this.expectation =
        varying.stream().map(j -> family.expectation().get(j).orElseThrow()).toList();
    this.slopes = Matrix.jacobian(expectation, parameters);
    this.naturalSlopes = Matrix.jacobian(natural, parameters);
    this.logPartition = family.logPartition();
    this.world = world;
  }

  /** Where the search is. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Place(
      Map<Sym, Double> at, double value, double[] direction, double decrement, double error) {

    boolean isSolution() {
      return decrement <= SETTLED && error <= SETTLED;
    }
  }

  /**
   * The parameters with given means of the statistics; absent where no distribution of the family
   * is found to have them.
   */
  Optional<Map<Sym, Double>> parameters(List<Double> means) {
    Map<Sym, Double> start = new HashMap<>();
    parameters.forEach(parameter -> start.put(parameter, inside(domains.get(parameter))));
    Optional<Place> place = place(start, means);
    for (int step = 0; step < MOST_STEPS && place.isPresent(); step++) {
      Optional<Place> next = next(place.get(), means);
      if (next.isEmpty()) {
        return place.filter(Place::isSolution).map(Place::at);
      }
      place = next;
    }
    return Optional.empty();
  }

  /** A number in a domain. */
  private static double inside(Domain domain) {
    boolean below = Double.isFinite(domain.lower());
    boolean above = Double.isFinite(domain.upper());
    if (below && above) {
      return (domain.lower() + domain.upper()) / 2;
    }
    return below ? domain.lower() + 1 : above ? domain.upper() - 1 : 0.5;
  }

  /** What is known at some parameters; nothing where that is no number. */
  private Optional<Place> place(Map<Sym, Double> at, List<Double> means) {
    World there = world.with(at);
    int count = parameters.size();
    double value = there.value(logPartition);
    double[] rest = new double[count];
    double error = 0;
    for (int j = 0; j < count; j++) {
      value -= there.value(natural.get(j)) * means.get(j);
      rest[j] = means.get(j) - there.value(expectation.get(j));
      error = Math.max(error, Math.abs(rest[j]) / (1 + Math.abs(means.get(j))));
    }
    double[] direction;
    try {
      direction =
          new LUDecomposition(new Array2DRowRealMatrix(values(slopes, there)), 0)
              .getSolver()
              .solve(new ArrayRealVector(rest))
              .toArray();
    } catch (MathRuntimeException singular) {
      return Optional.empty();
    }
    double square = 0;
    double[][] naturals = values(naturalSlopes, there);
    for (int j = 0; j < count; j++) {
      for (int i = 0; i < count; i++) {
        square += rest[j] * naturals[j][i] * direction[i];
      }
    }
    return Double.isFinite(value) && Double.isFinite(square)
        // Where it is all rounding, its sign is, too.
        ? Optional.of(new Place(at, value, direction, Math.sqrt(Math.abs(square)), error))
        : Optional.empty();
  }

  private static double[][] values(List<List<Expr>> matrix, World there) {
    return matrix.stream()
        .map(row -> row.stream().mapToDouble(there::value).toArray())
        .toArray(double[][]::new);
  }

  private Optional<Place> next(Place here, List<Double> means) {
    double share = Math.min(1, LONGEST / length(here));
    for (int halving = 0; halving < MOST_HALVINGS; halving++, share /= 2) {
      Optional<Place> there = place(moved(here, share), means);
      double promised = ARMIJO * share * here.decrement() * here.decrement();
      if (there.isPresent()
          && (there.get().value() < here.value() - promised
              || (here.decrement() < 1 && there.get().decrement() < here.decrement() / 2))) {
        return there;
      }
    }
    return Optional.empty();
  }

  /** The longest component of a whole step, along logarithms. */
  private double length(Place here) {
    double longest = 0;
    for (int i = 0; i < parameters.size(); i++) {
      Sym parameter = parameters.get(i);
      double rate = rate(domains.get(parameter), here.at().get(parameter));
      longest = Math.max(longest, Math.abs(here.direction()[i] / rate));
    }
    return longest;
  }

  private Map<Sym, Double> moved(Place here, double share) {
    Map<Sym, Double> result = new HashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      Sym parameter = parameters.get(i);
      double from = here.at().get(parameter);
      double by = share * here.direction()[i] / rate(domains.get(parameter), from);
      result.put(parameter, moved(domains.get(parameter), from, by));
    }
    return result;
  }

  /** How fast a parameter changes with the logarithm of its distance from the ends. */
  private static double rate(Domain domain, double at) {
    boolean below = Double.isFinite(domain.lower());
    boolean above = Double.isFinite(domain.upper());
    if (below && above) {
      return (at - domain.lower()) * (domain.upper() - at) / (domain.upper() - domain.lower());
    }
    return below ? at - domain.lower() : above ? domain.upper() - at : 1 + Math.abs(at);
  }

  private static double moved(Domain domain, double from, double by) {
    boolean below = Double.isFinite(domain.lower());
    boolean above = Double.isFinite(domain.upper());
    if (below && above) {
      double odds = (from - domain.lower()) / (domain.upper() - from) * Math.exp(by);
      return domain.lower() + (domain.upper() - domain.lower()) * (odds / (1 + odds));
    }
    if (below) {
      return domain.lower() + (from - domain.lower()) * Math.exp(by);
    }
    return above
        ? domain.upper() - (domain.upper() - from) * Math.exp(-by)
        : from + by * rate(domain, from);
  }
}
