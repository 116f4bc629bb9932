package org.blrc.emit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.blrc.derive.Derivation;
import org.blrc.derive.Quantity;
import org.blrc.derive.Step;
import org.blrc.program.ExprEvaluator;
import org.blrc.program.Program;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON is read back, and its trees are evaluated. */
final class JsonReportTest {

  @ParameterizedTest
  @MethodSource("org.blrc.emit.report.Derivations#names")
  void holdsEveryStep(String name) throws JsonProcessingException {
    List<Derivation> derivations = Derivations.of(name);
    JsonNode root = json(derivations);
    assertEquals(1, root.get("version").intValue());
    assertEquals(derivations.size(), root.get("derivations").size());
    for (int i = 0; i < derivations.size(); i++) {
      Derivation derivation = derivations.get(i);
      JsonNode json = root.get("derivations").get(i);
      assertEquals(derivation.optimizer(), json.get("optimizer").textValue());
      assertEquals(derivation.steps().size(), json.get("steps").size());
      for (int j = 0; j < derivation.steps().size(); j++) {
        check(derivation.steps().get(j), j + 1, json.get("steps").get(j));
      }
    }
  }

  private static void check(Step step, int number, JsonNode json) {
    assertEquals(number, json.get("number").intValue());
    assertEquals(step.title(), json.get("title").textValue());
    assertEquals(step.grade().label(), json.get("grade").textValue());
    assertEquals(step.justification().text(), json.get("justification").textValue());
    assertEquals(step.source().orElse(null), json.path("source").textValue());
    assertEquals(step.fired().isPresent(), json.has("fired"));
    for (int i = 0; i < step.lines().size(); i++) {
      JsonNode line = json.get("lines").get(i);
      switch (step.lines().get(i)) {
        case Step.Line.Equation(Quantity left, Expr right) -> {
          assertEquals(left.label().text(), line.at("/left/text").textValue());
          assertEquals(ExprPrinter.TEXT.print(right), line.at("/right/text").textValue());
        }
        case Step.Line.Change(_, Expr before, Expr after) -> {
          assertEquals(ExprPrinter.LATEX.print(before), line.at("/before/latex").textValue());
          assertEquals(ExprPrinter.LATEX.print(after), line.at("/after/latex").textValue());
          assertFalse(line.at("/after/tree/op").isMissingNode());
        }
        case Step.Line.Rule(String text) -> assertEquals(text, line.get("text").textValue());
        case Step.Line.Note note -> assertEquals(note.text(), line.get("text").textValue());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.blrc.emit.report.Derivations#names")
  void treesOfTheProgramHaveTheirValues(String name) throws JsonProcessingException {
    List<Derivation> derivations = Derivations.of(name);
    JsonNode root = json(derivations);
    for (int i = 0; i < derivations.size(); i++) {
      Program program = derivations.get(i).program();
      JsonNode json = root.get("derivations").get(i).get("program");
      assertEquals(program.phases().size(), json.get("phases").size());
      for (int j = 0; j < program.phases().size(); j++) {
        List<Expr> point = Exprs.components(program.phases().get(j).point());
        JsonNode tree = json.at("/phases/" + j + "/point/tree");
        for (int k = 0; k < point.size(); k++) {
          compare(point.get(k), point.size() == 1 ? tree : tree.at("/components/" + k));
        }
      }
      for (int j = 0; j < program.update().size(); j++) {
        JsonNode assignment = json.get("update").get(j);
        Program.Assign assign = program.update().get(j);
        assertEquals(assign.target().name(), assignment.at("/target/name").textValue());
        compare(assign.value(), assignment.at("/value/tree"));
      }
      for (int j = 0; j < program.accumulators().size(); j++) {
        compare(program.accumulators().get(j).body(), json.at("/means/" + j + "/of/tree"));
      }
    }
  }

  private static void compare(Expr expr, JsonNode tree) {
    ExprEvaluator.Bindings bindings =
        new ExprEvaluator.Bindings() {
          @Override
          public double symbol(Expr.Sym symbol) {
            return valueOf(symbol.name());
          }

          @Override
          public double component(Expr.Sym answer, int number) {
            return number * valueOf(answer.name());
          }

          @Override
          public double noise(Expr.Noise noise) {
            return valueOf(noise.name());
          }

          @Override
          public List<ExprEvaluator.Bindings> examples() {
            return List.of(this, this);
          }
        };
    double expected = ExprEvaluator.evaluate(expr, bindings);
    assertEquals(expected, value(tree), 1e-12 * Math.abs(expected));
  }

  /** Some positive value below 1 for each name. */
  private static double valueOf(String name) {
    return (1 + Math.floorMod(name.hashCode(), 97)) / 100.0;
  }

  private static double value(JsonNode tree) {
    return switch (tree.get("op").textValue()) {
      case "number" -> {
        String[] parts = tree.get("value").textValue().split("/", -1);
        yield Double.parseDouble(parts[0]) / (parts.length > 1 ? Double.parseDouble(parts[1]) : 1);
      }
      case "symbol" ->
          switch (tree.get("name").textValue()) {
            case "infinity" -> Double.POSITIVE_INFINITY;
            case "pi" -> Math.PI;
            default -> valueOf(tree.get("name").textValue());
          };
      case "component" -> tree.get("number").intValue() * value(tree.get("of"));
      case "noise" -> valueOf(tree.get("name").textValue());
      case "add" -> all(tree, "terms").sum();
      case "multiply" -> all(tree, "factors").reduce(1, (x, y) -> x * y);
      case "power" -> Math.pow(value(tree.get("base")), value(tree.get("exponent")));
      case "call" -> call(tree.get("function").textValue(), all(tree, "arguments").toArray());
      // Both examples have the same answers.
      case "mean" -> value(tree.get("body"));
      case "sum" -> 2 * value(tree.get("body"));
      default -> throw new AssertionError(tree);
    };
  }

  private static DoubleStream all(JsonNode tree, String member) {
    ToDoubleFunction<JsonNode> value = JsonReportTest::value;
    return StreamSupport.stream(tree.get(member).spliterator(), false).mapToDouble(value);
  }

  private static double call(String function, double[] x) {
    return switch (function) {
      case "exp" -> Math.exp(x[0]);
      case "log" -> Math.log(x[0]);
      case "abs" -> Math.abs(x[0]);
      case "tanh" -> Math.tanh(x[0]);
      case "sigmoid" -> 1 / (1 + Math.exp(-x[0]));
      case "clamp" -> Math.max(x[1], Math.min(x[2], x[0]));
      default -> ExprEvaluator.call(Function.named(function).orElseThrow(), x);
    };
  }

  @Test
  void holdsTheCosts() throws JsonProcessingException {
    JsonNode cost = json(Derivations.of("ivon.blr")).at("/derivations/0/cost");
    assertEquals(40, cost.at("/step/bytes_moved/each").intValue());
    assertEquals(16, cost.at("/bytes_held/each").intValue());
    assertEquals(1, cost.at("/step/oracle_calls").intValue());
    assertEquals(2, cost.at("/step/noises_made").intValue());
    assertEquals(3, cost.at("/step/operations/divisions").intValue());
    assertEquals("point", cost.at("/step/passes/0/purpose").textValue());
    assertEquals("h", cost.at("/step/passes/0/reads/1/name").textValue());
  }

  private static JsonNode json(List<Derivation> derivations) throws JsonProcessingException {
    return new JsonMapper().readTree(new JsonReport().write(derivations));
  }
}
