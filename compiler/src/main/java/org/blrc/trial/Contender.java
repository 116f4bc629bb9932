package org.blrc.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.blrc.derive.Derivation;
import org.blrc.emit.java.CompiledProgram;
import org.blrc.program.Program;
import org.blrc.program.Program.State;
import org.blrc.program.ProgramSignature;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.Signature;
import org.blrc.syntax.Declaration;

/**
 * An optimizer to be tried.
 *
 * @param roles what its hyper-parameters are to the problem
 * @param posterior what its states say of a coordinate
 */
public record Contender<A>(
    Signature signature, Roles roles, Posterior posterior, Numbers<A> numbers, Factory<A> factory) {

  /**
   * A derived and compiled optimizer, in double precision. States without an initial value of their
   * own start at the image of the given one in their domains; of one that all coordinates share, at
   * that of its mean.
   */
  public static Contender<double[]> of(
      Declaration.Optimizer spec, Derivation derivation, CompiledProgram compiled) {
    Program program = derivation.program();
    List<State> open =
        program.states().stream().filter(state -> state.initial().isEmpty()).toList();
    return new Contender<>(
        ProgramSignature.of(program),
        Roles.of(spec, program),
        Posterior.of(spec, derivation),
        Numbers.DOUBLE,
        (initial, hypers) ->
            compiled.doubles(
                initial.length,
                hypers,
                open.stream()
                    .collect(Collectors.toMap(State::name, state -> image(initial, state)))));
  }

  private static double[] image(double[] points, State state) {
    DoubleStream start = Arrays.stream(points);
    return (state.shared() ? start.average().stream() : start)
        .map(new RealLine(state.symbol().domain())::value)
        .toArray();
  }

  /** Makes optimizers. */
  @FunctionalInterface
  public interface Factory<A> {

    /**
     * Makes an optimizer.
     *
     * @param initial the initial value of the states that have none of their own
     * @param hyperParameters the value of every hyper-parameter, in the order of the signature
     * @throws IllegalArgumentException if it cannot start from these values
     */
    Optimizer<A> create(A initial, Map<String, Double> hyperParameters);
  }

  public String name() {
    return signature.name();
  }
}
