package org.blrc.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.blrc.derive.Derivation;
import org.blrc.derive.Setting;
import org.blrc.family.FamilyFacts;
import org.blrc.program.Program;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Walk;

/**
 * A random point of the domains of a derivation's symbols, at which the posterior is a density.
 *
 * @param world everything has a value in it
 * @param coordinates the values of the coordinates of the posterior
 * @param densities those that were needed so far, by values of the coordinates
 */
record Point(
    Setting setting,
    World world,
    Map<Sym, Double> coordinates,
    Map<Map<Sym, Double>, Density> densities) {

  private static final int TRIES = 200;

  /** What counts of draws are where the spec leaves them open: the least that are several. */
  private static final double DRAWS = 2;

  /** Random points, fewer where the domains of states and parameters hardly meet. */
  static List<Point> of(Derivation derivation, int count) {
    SplittableRandom random = new SplittableRandom(7);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < TRIES && points.size() < count; i++) {
      at(derivation, random).ifPresent(points::add);
    }
    return points;
  }

  private static Optional<Point> at(Derivation derivation, SplittableRandom random) {
    Setting setting = derivation.setting();
    Map<Sym, Double> symbols = new HashMap<>();
    for (Sym hyper : setting.hypers()) {
      boolean rate = setting.rates().values().stream().anyMatch(each -> Walk.contains(each, hyper));
      double number = isCount(derivation, hyper) ? DRAWS : number(hyper.domain(), random);
      // Steps of moderate length stay in the states' domains.
      symbols.put(hyper, rate && contains(hyper.domain(), number / 5) ? number / 5 : number);
    }
    for (Program.State state : derivation.program().states()) {
      symbols.put(state.symbol(), number(state.symbol().domain(), random));
    }
    symbols.put(Derivation.STEP_NUMBER, 3.0);
    Map<String, Double> noise = new HashMap<>();
    for (Expr.Noise each : setting.asked().noises()) {
      noise.put(each.name(), each.distribution() == Expr.Distribution.UNIFORM ? 0.3 : 0.8);
    }
    for (Program.NoiseInput each : derivation.program().noises()) {
      noise.putIfAbsent(each.name(), each.distribution() == Expr.Distribution.UNIFORM ? 0.3 : 0.8);
    }
    return at(setting, symbols, noise);
  }

  private static Optional<Point> at(
      Setting setting, Map<Sym, Double> symbols, Map<String, Double> noise) {
    // Where a family has no sampler, its expressions hold no draws.
    Expr sampler = setting.posterior().sampler().orElse(setting.variable());
    World world =
        new World(
            symbols,
            Optional.empty(),
            noise,
            List.of(new World.Drawn.FromNoise(noise)),
            new Surroundings(
                TestLoss.LOG_COSH.on(setting.asked().support()), sampler, List.of(1, 2)));
    Map<Sym, Double> coordinates = new HashMap<>();
    for (Sym coordinate : setting.coordinates()) {
      double value = world.value(setting.inStates().get(coordinate));
      if (!contains(coordinate.domain(), value)) {
        return Optional.empty();
      }
      coordinates.put(coordinate, value);
    }
    Optional<Map<Sym, Distribution>> others = others(setting, world);
    if (others.isEmpty()) {
      return Optional.empty();
    }
    World complete = world.with(coordinates).withOthers(others.get());
    return density(setting, complete, coordinates)
        .map(
            density ->
                new Point(
                    setting,
                    complete.withPosterior(setting.relaxed() ? draws(setting, complete) : density),
                    coordinates,
                    new HashMap<>()));
  }

  /**
   * Points for coordinates that are together: with the hyper-parameters, and the states that all of
   * them share, of the first one. Fewer where these do not go with the other states.
   */
  static List<Point> together(List<Point> points) {
    Map<Sym, Double> first = points.getFirst().world().symbols();
    List<Point> result = new ArrayList<>();
    for (Point point : points) {
      Map<Sym, Double> symbols = new HashMap<>(point.world().symbols());
      symbols.replaceAll(
          (symbol, value) ->
              symbol.shared() || symbol.kind() == Sym.Kind.HYPER ? first.get(symbol) : value);
      at(point.setting(), symbols, point.world().noise()).ifPresent(result::add);
    }
    return result;
  }

  /** The distributions over which the loss holds means; absent where one has no mass. */
  private static Optional<Map<Sym, Distribution>> others(Setting setting, World world) {
    Map<Sym, Distribution> others = new HashMap<>();
    for (FamilyFacts facts : setting.inner()) {
      Expr logDensity = facts.logDensity();
      Optional<Density> density =
          Density.of(
              facts.support().at(world::value),
              x -> world.with(facts.variable(), x).value(logDensity));
      if (density.isEmpty()) {
        return Optional.empty();
      }
      Expr sampler = facts.sampler().orElse(facts.variable());
      others.put(facts.variable(), new Distribution(density.get(), sampler));
    }
    return Optional.of(others);
  }

  /** Whether a hyper-parameter says how many draws a step makes. */
  private static boolean isCount(Derivation derivation, Sym hyper) {
    return derivation.program().samples().filter(count -> Walk.contains(count, hyper)).isPresent();
  }

  /** The same point with another loss. */
  Point with(TestLoss loss) {
    World with = world.withLoss(loss.on(setting.asked().support()));
    return new Point(setting, with, coordinates, densities);
  }

  private static boolean contains(Domain domain, double value) {
    return value > domain.lower() && value < domain.upper();
  }

  /** A number well inside a domain. */
  static double number(Domain domain, SplittableRandom random) {
    boolean below = Double.isFinite(domain.lower());
    boolean above = Double.isFinite(domain.upper());
    if (below && above) {
      double width = domain.upper() - domain.lower();
      return domain.lower() + width * random.nextDouble(0.15, 0.85);
    }
    if (below) {
      return domain.lower() + Math.exp(random.nextDouble(-1, 1));
    }
    return above
        ? domain.upper() - Math.exp(random.nextDouble(-1, 1))
        : random.nextDouble(-1.5, 1.5);
  }

  /** The posterior's declared density at some values of its coordinates. */
  static Optional<Density> density(Setting setting, World world, Map<Sym, Double> coordinates) {
    FamilyFacts family = setting.family();
    World at = world.with(coordinates);
    Expr logDensity = family.logDensity();
    return Density.of(
        family.support().at(at::value), x -> at.with(setting.variable(), x).value(logDensity));
  }

  /** How draws are distributed where these do not follow the density. */
  private static Density draws(Setting setting, World world) {
    Expr sampler = setting.family().sampler().orElseThrow();
    List<Expr.Noise> noises = setting.family().noises();
    return f ->
        NoiseIntegral.mean(
            noises,
            1,
            values -> f.applyAsDouble(world.withNoise(values.getFirst()).values(sampler)));
  }

  Density density(Map<Sym, Double> at) {
    return densities.computeIfAbsent(
        at,
        _ ->
            density(setting, world, at)
                .orElseThrow(() -> new ArithmeticException("no mass at " + at)));
  }

  /** The posterior mean of an expression in the variable, at some values of the coordinates. */
  double mean(Expr expr, Map<Sym, Double> at) {
    World there = world.with(at);
    return density(at).integral(x -> there.with(setting.variable(), x).value(expr));
  }

  /**
   * The mean of a function of the variable, which stays what it is while the posterior moves: a
   * loss, or what the responsibilities of a mixture add to it.
   */
  double meanOfFixed(Expr function, Map<Sym, Double> at) {
    return density(at).integral(x -> world.with(setting.variable(), x).value(function));
  }

  /** The same over draws. */
  double drawnMean(Expr function, Map<Sym, Double> at) {
    return setting.relaxed()
        ? draws(setting, world.with(at))
            .integral(x -> world.with(setting.variable(), x).value(function))
        : meanOfFixed(function, at);
  }

  /** The mean of what stands under the expectation, of which only the loss is taken over draws. */
  double meanOfIntegrand(Expr integrand, Map<Sym, Double> at) {
    return setting.relaxed()
        ? drawnMean(setting.loss(), at) + meanOfFixed(Exprs.subtract(integrand, setting.loss()), at)
        : meanOfFixed(integrand, at);
  }

  /**
   * The objective E[loss - log prior + log q], from its definition; where draws do not follow the
   * density, the mean of the loss is over draws.
   */
  double objective(Map<Sym, Double> at) {
    Expr prior = setting.prior().map(FamilyFacts::logDensity).orElse(Exprs.ZERO);
    Expr relative = Exprs.subtract(setting.family().logDensity(), prior);
    return drawnMean(setting.loss(), at) + mean(relative, at);
  }

  /** The Fisher information in some symbols that the coordinates are functions of. */
  double[][] fisher(FamilyFacts facts, Map<Sym, Double> at, List<Sym> by) {
    Expr logDensity = facts.logDensity();
    World there = world.with(at);
    Density density =
        Density.of(
                facts.support().at(there::value),
                x -> there.with(setting.variable(), x).value(logDensity))
            .orElseThrow(() -> new ArithmeticException("no mass"));
    double[][] fisher = new double[by.size()][by.size()];
    for (int i = 0; i < by.size(); i++) {
      for (int j = 0; j < by.size(); j++) {
        int left = i;
        int right = j;
        fisher[i][j] =
            density.integral(
                x ->
                    score(logDensity, x, at, by.get(left))
                        * score(logDensity, x, at, by.get(right)));
      }
    }
    return fisher;
  }

  /** The derivative of a log density at a value of the variable. */
  double score(Expr logDensity, double[] x, Map<Sym, Double> at, Sym by) {
    World here = world.with(setting.variable(), x);
    return Differences.slope(values -> here.with(values).value(logDensity), at, by);
  }

  /** The values of the states that the posterior depends on. */
  Map<Sym, Double> states() {
    Map<Sym, Double> result = new HashMap<>();
    setting.states().forEach(state -> result.put(state, world.symbols().get(state)));
    return result;
  }
}
