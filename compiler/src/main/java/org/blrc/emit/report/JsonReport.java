package org.blrc.emit.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.blrc.derive.Derivation;
import org.blrc.derive.Quantity;
import org.blrc.derive.Step;
import org.blrc.program.Cost;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.ExprPrinter;

/** Derivations for programs, in the format that {@code docs/derivation-json.md} describes. */
public final class JsonReport implements Report {

  /** Raised when a reader of the format would no longer understand it. */
  static final int VERSION = 1;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Override
  public String write(List<Derivation> derivations) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("version", VERSION);
    ArrayNode array = root.putArray("derivations");
    derivations.forEach(derivation -> write(derivation, array.addObject()));
    return print(root);
  }

  static String print(ObjectNode root) {
    try {
      return MAPPER.writeValueAsString(root).replace("\r\n", "\n") + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Derivation derivation, ObjectNode json) {
    json.put("optimizer", derivation.optimizer());
    ArrayNode steps = json.putArray("steps");
    int number = 1;
    for (Step step : derivation.steps()) {
      write(step, steps.addObject().put("number", number++));
    }
    ArrayNode update = json.putArray("update");
    for (Derivation.Result result : derivation.result()) {
      ObjectNode each = update.addObject().put("state", result.state().name());
      write(result.value(), each.putObject("value"));
    }
    ProgramJson.write(derivation.program(), json.putObject("program"));
    CostJson.write(Cost.of(derivation.program()), json.putObject("cost"));
  }

  static void write(Step step, ObjectNode json) {
    json.put("title", step.title());
    json.put("grade", step.grade().label());
    step.fired().ifPresent(fired -> json.put("fired", fired));
    json.put("justification", step.justification().text());
    step.source().ifPresent(source -> json.put("source", source));
    ArrayNode lines = json.putArray("lines");
    step.lines().forEach(line -> write(line, lines.addObject()));
  }

  private static void write(Step.Line line, ObjectNode json) {
    switch (line) {
      case Step.Line.Equation(Quantity left, Expr right) -> {
        json.put("kind", "equation");
        write(left.label(), json.putObject("left"));
        write(right, json.putObject("right"));
      }
      case Step.Line.Change(Quantity left, Expr before, Expr after) -> {
        json.put("kind", "change");
        write(left.label(), json.putObject("left"));
        write(before, json.putObject("before"));
        write(after, json.putObject("after"));
      }
      case Step.Line.Rule(String text) -> json.put("kind", "rule").put("text", text);
      case Step.Line.Note note -> json.put("kind", "remark").put("text", note.text());
    }
  }

  private static void write(Step.Label label, ObjectNode json) {
    json.put("text", label.text()).put("latex", label.latex());
  }

  /** An expression: as text, as LaTeX and as a tree. */
  static void write(Expr expr, ObjectNode json) {
    json.put("text", ExprPrinter.TEXT.print(expr));
    json.put("latex", ExprPrinter.LATEX.print(expr));
    json.set("tree", ExprJson.tree(expr));
  }
}
