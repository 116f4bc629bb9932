package org.blrc.trial;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.blrc.runtime.Optimizer;
import org.blrc.symbolic.Expr.Sym;

/** The values of an optimizer's states and hyper-parameters, read when they are first asked for. */
final class Snapshot<A> {

  private final Optimizer<A> optimizer;
  private final Numbers<A> numbers;
  private final Map<String, double[]> states = new HashMap<>();
  private final Map<String, Double> hypers = new HashMap<>();

  Snapshot(Optimizer<A> optimizer, Numbers<A> numbers) {
    this.optimizer = optimizer;
    this.numbers = numbers;
  }

  /** Those of one coordinate. */
  ToDoubleFunction<Sym> at(int coordinate) {
    return symbol ->
        switch (symbol.kind()) {
          case STATE ->
              state(symbol.name(), symbol.shared() ? 1 : optimizer.dimension())[
                  symbol.shared() ? 0 : coordinate];
          case HYPER -> hypers.computeIfAbsent(symbol.name(), optimizer::hyperParameter);
          default -> throw new IllegalArgumentException("no value for " + symbol);
        };
  }

  private double[] state(String name, int length) {
    return states.computeIfAbsent(
        name,
        _ -> {
          double[] values = new double[length];
          numbers.read(optimizer.state(name), values);
          return values;
        });
  }
}
