package org.blrc.emit.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.blrc.symbolic.Expr;

/** Expressions as trees of JSON objects; the member {@code op} says what a node is. */
final class ExprJson {

  private ExprJson() {}

  static ObjectNode tree(Expr expr) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (expr) {
      case Expr.Num number -> json.put("op", "number").put("value", number.value().toString());
      case Expr.Sym symbol ->
          json.put("op", "symbol")
              .put("kind", symbol.kind().name().toLowerCase(Locale.ROOT))
              .put("name", symbol.name());
      case Expr.Add add -> all(json.put("op", "add"), "terms", add.terms());
      case Expr.Mul mul -> all(json.put("op", "multiply"), "factors", mul.factors());
      case Expr.Pow pow -> {
        json.put("op", "power").set("base", tree(pow.base()));
        json.set("exponent", tree(pow.exponent()));
      }
      case Expr.Call call ->
          all(
              json.put("op", "call").put("function", call.function().label()),
              "arguments",
              call.arguments());
      case Expr.Vector(List<Expr> components) ->
          all(json.put("op", "vector"), "components", components);
      case Expr.Component(Expr of, int number) ->
          json.put("op", "component").put("number", number).set("of", tree(of));
      case Expr.Oracle oracle -> {
        json.put("op", "loss").put("function", oracle.function()).put("order", oracle.order());
        oracle.example().ifPresent(example -> json.set("example", tree(example)));
        json.set("point", tree(oracle.point()));
        oracle.direction().ifPresent(along -> json.set("direction", tree(along)));
      }
      case Expr.Expect expect -> {
        json.put("op", "expectation").put("variable", expect.variable().name());
        json.set("body", tree(expect.body()));
      }
      case Expr.Reduce reduce -> {
        json.put("op", reduce.mean() ? "mean" : "sum").put("index", reduce.index().name());
        json.set("over", axis(reduce.axis()));
        json.set("body", tree(reduce.body()));
      }
      case Expr.Draw draw -> {
        json.put("op", "draw").put("variable", draw.variable().name());
        json.set("index", tree(draw.index()));
      }
      case Expr.Noise noise -> {
        json.put("op", "noise").put("name", noise.name());
        json.put("distribution", noise.distribution().label());
        noise.index().ifPresent(index -> json.set("draw", tree(index)));
      }
    }
    return json;
  }

  private static void all(ObjectNode json, String member, List<Expr> parts) {
    ArrayNode array = json.putArray(member);
    parts.forEach(part -> array.add(tree(part)));
  }

  private static ObjectNode axis(Expr.Axis axis) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (axis) {
      case Expr.Axis.Data(String name, _, Expr size) ->
          json.put("axis", "data").put("name", name).set("size", tree(size));
      case Expr.Axis.Batch(Expr.Axis.Data of) -> json.put("axis", "batch").put("name", of.name());
      case Expr.Axis.Draws(Expr count) -> json.put("axis", "draws").set("size", tree(count));
      case Expr.Axis.Coordinates _ -> json.put("axis", "coordinates");
    }
    return json;
  }
}
