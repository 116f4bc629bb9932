package org.blrc.trial;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.blrc.derive.Derivation;
import org.blrc.family.FamilyFacts;
import org.blrc.program.ExprEvaluator;
import org.blrc.program.Program;
import org.blrc.program.Program.Hyper;
import org.blrc.program.Program.State;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.PhiloxNoise;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Noise;
import org.blrc.symbolic.Expr.Sym;

/** Where draws from a component of a mixture come from. */
sealed interface Source {

  /** A draw for all coordinates, at what an optimizer holds. */
  <A> double[] draw(Optimizer<A> optimizer, Numbers<A> numbers, long seed);

  /**
   * That of a component; empty where nothing moves it and it has no sampler, or where rules have
   * put other draws in place of the components', which stand for the whole mixture.
   */
  static Optional<Source> of(Derivation.Component component, boolean relaxed) {
    Optional<Source> trained = component.derivation().map(Derivation::program).map(Trained::new);
    return relaxed || trained.isPresent()
        ? trained
        : component.posterior().sampler().map(_ -> new Fixed(component.posterior()));
  }

  /**
   * The point at which an optimizer's next evaluation would begin. An evaluation that is closed
   * without an answer is repeated with the same noise, so every draw needs a seed of its own.
   */
  static <A> double[] point(Optimizer<A> optimizer, Numbers<A> numbers, long seed) {
    optimizer.noise(new PhiloxNoise(seed));
    double[] w = new double[optimizer.dimension()];
    try (Evaluation<A> _ = optimizer.evaluate()) {
      numbers.read(optimizer.parameters(), w);
    }
    return w;
  }

  /**
   * A component that states move: it is drawn where training asks the loss for it.
   *
   * @param program that of the component alone
   */
  record Trained(Program program) implements Source {

    @Override
    public <A> double[] draw(Optimizer<A> optimizer, Numbers<A> numbers, long seed) {
      Map<String, Double> hypers = new LinkedHashMap<>();
      for (Hyper hyper : program.hypers()) {
        hypers.put(hyper.name(), optimizer.hyperParameter(hyper.name()));
      }
      ReferenceOptimizer alone = new ReferenceOptimizer(program, optimizer.dimension(), hypers);
      for (State state : program.states()) {
        numbers.read(optimizer.state(state.name()), alone.state(state.name()));
      }
      return point(alone, Numbers.DOUBLE, seed);
    }
  }

  /** A component that nothing moves. */
  record Fixed(FamilyFacts component) implements Source {

    @Override
    public <A> double[] draw(Optimizer<A> optimizer, Numbers<A> numbers, long seed) {
      Snapshot<A> values = new Snapshot<>(optimizer, numbers);
      PhiloxNoise source = new PhiloxNoise(seed);
      double[] drawn = new double[optimizer.dimension()];
      List<Noise> noises = component.noises();
      double[][] random = new double[noises.size()][drawn.length];
      for (int stream = 0; stream < random.length; stream++) {
        switch (noises.get(stream).distribution()) {
          case STANDARD_NORMAL -> source.normal(stream, 1, 0, 0, random[stream], 0, drawn.length);
          case UNIFORM -> source.uniform(stream, 1, 0, 0, random[stream], 0, drawn.length);
        }
      }
      for (int i = 0; i < drawn.length; i++) {
        int at = i;
        drawn[i] =
            value(
                component.sampler().orElseThrow(),
                values.at(i),
                noise -> random[noises.indexOf(noise)][at]);
      }
      return drawn;
    }

    private static double value(
        Expr sampler, ToDoubleFunction<Sym> values, ToDoubleFunction<Noise> noises) {
      return ExprEvaluator.evaluate(
          sampler,
          new ExprEvaluator.Bindings() {
            @Override
            public double symbol(Sym symbol) {
              return values.applyAsDouble(symbol);
            }

            @Override
            public double noise(Noise noise) {
              return noises.applyAsDouble(noise);
            }
          });
    }
  }
}
