package org.blrc.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.blrc.program.ExprEvaluator;
import org.blrc.program.Program;
import org.blrc.program.ProgramVerifier;
import org.blrc.symbolic.CoordinateSums;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Walk;
import org.blrc.symbolic.WorkBudget;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Parser;
import org.blrc.syntax.SourceFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every spec of the zoo derives to its published equations, which lie beside this test as text:
 * assignments from top to bottom, where a right side sees the values already assigned. {@code f},
 * {@code g}, {@code H} and {@code Hv} are the answers of the loss; {@code point2} is where {@code
 * g2} is asked, and {@code direction} is the v of {@code Hv}.
 */
final class ZooEquationsTest {

  static Stream<String> zoo() {
    return Specs.zoo().stream();
  }

  @ParameterizedTest
  @MethodSource("zoo")
  void derivesToItsPublishedEquations(String name) {
    Program program = Specs.derive(Specs.text(name)).program();
    ProgramVerifier.verified(program);
    Map<String, Value> names = names(program);
    Map<String, Expr> derived = derived(program);
    String text = Specs.read(Path.of("src/test/resources/zoo", name + ".equations"));
    int compared = 0;
    for (Declaration.Action.Assign assign : assignments(text)) {
      Scope scope = new Scope(Map.copyOf(names));
      Expr expected = Lowering.plain(scope).expr(assign.value());
      String target = assign.state().text();
      if (derived.containsKey(target)) {
        Expr actual = derived.get(target);
        assertTrue(
            equal(expected, actual),
            () -> target + "\n expected " + print(expected) + "\n derived  " + print(actual));
        compared++;
      }
      names.put(target, new Value.Scalar(newValueOr(expected, program, target)));
    }
    assertEquals(derived.size(), compared, "each derived equation is compared");
  }

  /** The normal form does not relate softplus and sigmoid to the exponential. */
  private static boolean equal(Expr expected, Expr actual) {
    WorkBudget.reset();
    try {
      return Normal.equal(expected, actual) || equalAtRandomPoints(expected, actual);
    } catch (WorkBudget.Exceeded _) {
      return equalAtRandomPoints(expected, actual);
    }
  }

  private static boolean equalAtRandomPoints(Expr expected, Expr actual) {
    if (Walk.contains(Exprs.add(expected, actual), ZooEquationsTest::isOverExamples)) {
      return false;
    }
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 50; i++) {
      Coordinates coordinates = new Coordinates(new HashMap<>(), random);
      double left = coordinates.value(expected, 0);
      double right = coordinates.value(actual, 0);
      // Written so that NaN differs.
      if (!(Math.abs(left - right) <= 1e-11 * (1 + Math.abs(left)))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOverExamples(Expr part) {
    return part instanceof Expr.Reduce && !CoordinateSums.isSum(part);
  }

  /** Values of what the equations mention, in each of a few coordinates. */
  private record Coordinates(Map<List<Object>, Double> values, SplittableRandom random) {

    private static final int COUNT = 3;

    private double value(Expr expr, int coordinate) {
      Map<Sym, Double> sums = new HashMap<>();
      Expr withoutSums = withoutSums(expr, sums);
      return ExprEvaluator.evaluate(
          withoutSums,
          new ExprEvaluator.Bindings() {
            @Override
            public double symbol(Sym symbol) {
              return sums.containsKey(symbol) ? sums.get(symbol) : known(symbol, coordinate);
            }

            @Override
            public double noise(Expr.Noise noise) {
              return values.computeIfAbsent(
                  List.of(noise, coordinate), _ -> random.nextDouble(0.1, 0.9));
            }
          });
    }

    /** The expression with symbols in place of sums over all coordinates. */
    private Expr withoutSums(Expr expr, Map<Sym, Double> sums) {
      if (expr instanceof Expr.Reduce reduce) {
        double sum = 0;
        for (int i = 0; i < COUNT; i++) {
          sum += value(reduce.body(), i);
        }
        Sym symbol = new Sym(Sym.Kind.LOCAL, "sum" + sums.size(), sums.size(), Domain.REAL);
        sums.put(symbol, reduce.mean() ? sum / COUNT : sum);
        return symbol;
      }
      return Walk.mapChildren(expr, child -> withoutSums(child, sums));
    }

    private double known(Sym symbol, int coordinate) {
      boolean one = symbol.shared() || symbol.kind() == Sym.Kind.HYPER;
      return values.computeIfAbsent(
          List.of(symbol, one ? 0 : coordinate),
          _ ->
              symbol.domain().lower() >= 0
                  ? random.nextDouble(0.2, 0.9)
                  : random.nextDouble(-3, 3));
    }
  }

  private static Expr newValueOr(Expr value, Program program, String target) {
    return program.states().stream()
        .filter(state -> single(state.name()).equals(target))
        .<Expr>map(state -> Symbols.newValue(state.symbol()))
        .findFirst()
        .orElse(value);
  }

  private static List<Declaration.Action.Assign> assignments(String text) {
    String single = single(text);
    var parsed = Parser.parse(new SourceFile("equations", "rule equations {\n" + single + "}\n"));
    assertEquals(List.of(), parsed.diagnostics());
    Declaration.Rule rule = (Declaration.Rule) parsed.declarations().getFirst();
    return rule.actions().stream().map(Declaration.Action.Assign.class::cast).toList();
  }

  /** The components of a state as names that an assignment may have: {@code l_2} for l[2]. */
  private static String single(String text) {
    return text.replaceAll("\\[(\\d+)]", "_$1");
  }

  private static Map<String, Value> names(Program program) {
    Map<String, Value> names = new HashMap<>(Scope.ROOT.names());
    program
        .hypers()
        .forEach(hyper -> names.put(single(hyper.name()), new Value.Scalar(hyper.symbol())));
    program
        .states()
        .forEach(state -> names.put(single(state.name()), new Value.Scalar(state.symbol())));
    Stream.of(
            program.phases().stream().map(Program.Phase::point),
            program.phases().stream().flatMap(phase -> phase.direction().stream()),
            program.accumulators().stream().map(Program.Accumulator::body))
        .flatMap(Function.identity())
        .flatMap(expr -> Walk.find(expr, Expr.Noise.class::isInstance).stream())
        .forEach(noise -> names.put(single(((Expr.Noise) noise).name()), new Value.Scalar(noise)));
    program.phases().stream()
        .flatMap(phase -> phase.answers().stream())
        .map(Program.Answer::symbol)
        .forEach(
            answer -> {
              names.put(answer.name(), new Value.Scalar(answer));
              for (int k = 1; k <= program.components(); k++) {
                Sym component = Exprs.componentSymbol(answer, k);
                names.put(single(component.name()), new Value.Scalar(component));
              }
            });
    for (Program.Assign assign : program.update()) {
      Walk.visit(
          assign.value(),
          part -> {
            if (part instanceof Expr.Reduce reduce
                && reduce.axis() instanceof Expr.Axis.Batch batch) {
              names.put(batch.of().name(), new Value.AxisValue(batch.of()));
            }
          });
    }
    program
        .accumulators()
        .forEach(
            accumulator ->
                Walk.visit(
                    accumulator.body(),
                    part -> {
                      if (part instanceof Expr.Reduce reduce
                          && reduce.axis() instanceof Expr.Axis.Batch batch) {
                        names.put(batch.of().name(), new Value.AxisValue(batch.of()));
                      }
                    }));
    return names;
  }

  /**
   * The points and the new states; with one draw, the mean over the draws is the draw's own value.
   */
  private static Map<String, Expr> derived(Program program) {
    Map<Sym, Expr> accumulated = new HashMap<>();
    program.accumulators().forEach(each -> accumulated.put(each.symbol(), each.body()));
    Map<String, Expr> derived = new HashMap<>();
    for (int i = 0; i < program.phases().size(); i++) {
      Expr point = program.withSumsWritten(program.phases().get(i).point());
      String name = i == 0 ? "point" : "point" + (i + 1);
      String direction = i == 0 ? "direction" : "direction" + (i + 1);
      program
          .phases()
          .get(i)
          .direction()
          .ifPresent(along -> derived.put(direction, program.withSumsWritten(along)));
      List<Expr> components = Exprs.components(point);
      for (int k = 0; k < components.size(); k++) {
        String row = components.size() == 1 ? name : single("%s[%d]".formatted(name, k + 1));
        derived.put(row, components.get(k));
      }
    }
    program
        .update()
        .forEach(
            assign ->
                derived.put(
                    single(assign.target().name()),
                    withSymbols(
                        // Sums are made of means over draws, and these of sums.
                        program.withSumsWritten(
                            Walk.substitute(
                                program.withSumsWritten(assign.value()), accumulated)))));
    return derived;
  }

  /** With a symbol for each component of an answer. */
  private static Expr withSymbols(Expr expr) {
    return expr instanceof Expr.Component(Sym of, int number)
        ? Exprs.componentSymbol(of, number)
        : Walk.mapChildren(expr, ZooEquationsTest::withSymbols);
  }

  private static String print(Expr expr) {
    return ExprPrinter.TEXT.print(expr);
  }
}
