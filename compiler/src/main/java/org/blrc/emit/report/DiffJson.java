package org.blrc.emit.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.blrc.derive.Derivation;
import org.blrc.derive.Derivation.Result;
import org.blrc.derive.Replacement;
import org.blrc.derive.Step;
import org.blrc.diff.DerivationDiff;
import org.blrc.diff.Difference;
import org.blrc.diff.Difference.Assumption;
import org.blrc.diff.Names;
import org.blrc.diff.Parting;
import org.blrc.diff.Row;
import org.blrc.diff.StartValues;
import org.blrc.diff.Subject;
import org.blrc.program.Cost;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;

/** Two derivations side by side, in the format that {@code docs/diff-json.md} describes. */
public final class DiffJson {

  /** Raised when a reader of the format would no longer understand it. */
  private static final int VERSION = 1;

  private DiffJson() {}

  /** The whole document, ending with a line end. */
  public static String write(DerivationDiff diff) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("version", VERSION);
    subject(diff.left(), root.putObject("left"));
    subject(diff.right(), root.putObject("right"));
    root.put("verdict", word(diff.verdict()));
    root.put("same_derivation", diff.parting().isEmpty());
    names(diff.names(), root.putObject("names"));
    ArrayNode steps = root.putArray("steps");
    diff.rows().forEach(row -> row(row, steps.addObject()));
    diff.parting().ifPresent(parting -> parting(diff, parting, root.putObject("parting")));
    ArrayNode differences = root.putArray("differences");
    diff.differences().forEach(each -> difference(each, differences.addObject()));
    ArrayNode updates = root.putArray("updates");
    diff.updates().forEach(each -> update(each, updates.addObject()));
    start(diff.start(), root.putObject("start"));
    ObjectNode cost = root.putObject("cost");
    CostJson.write(Cost.of(diff.left().derivation().program()), cost.putObject("left"));
    CostJson.write(Cost.of(diff.right().derivation().program()), cost.putObject("right"));
    return JsonReport.print(root);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void subject(Subject subject, ObjectNode json) {
    json.put("optimizer", subject.name()).put("source", subject.source());
  }

  private static void names(Names names, ObjectNode json) {
    counterparts(names.functions(), json.putArray("functions"));
    counterparts(names.states(), json.putArray("states"));
    counterparts(names.hypers(), json.putArray("hyperparameters"));
    ArrayNode left = json.putArray("only_left");
    names.onlyLeft().forEach(symbol -> left.add(ExprJson.tree(symbol)));
    ArrayNode right = json.putArray("only_right");
    names.onlyRight().forEach(symbol -> right.add(ExprJson.tree(symbol)));
  }

  private static void counterparts(List<Names.Pair> pairs, ArrayNode json) {
    for (Names.Pair pair : pairs) {
      ObjectNode each = json.addObject();
      JsonReport.write(pair.left(), each.putObject("left"));
      JsonReport.write(pair.right(), each.putObject("right"));
    }
  }

  private static void row(Row row, ObjectNode json) {
    number("left", row.left(), json);
    number("right", row.right(), json);
    json.put("relation", word(row.relation()));
  }

  private static void number(String member, OptionalInt index, ObjectNode json) {
    index.ifPresent(step -> json.put(member, step + 1));
  }

  private static void parting(DerivationDiff diff, Parting parting, ObjectNode json) {
    ArrayNode subjects = json.putArray("subjects");
    parting.subjects().forEach(subjects::add);
    step("left", diff.left().derivation(), parting.left(), json);
    step("right", diff.right().derivation(), parting.right(), json);
  }

  private static void step(
      String member, Derivation derivation, OptionalInt index, ObjectNode json) {
    if (index.isPresent()) {
      Step step = derivation.steps().get(index.getAsInt());
      JsonReport.write(step, json.putObject(member).put("number", index.getAsInt() + 1));
    }
  }

  private static void difference(Difference difference, ObjectNode json) {
    json.put("kind", word(difference.kind())).put("subject", difference.subject());
    difference.left().ifPresent(its -> assumption(its, json.putObject("left")));
    difference.right().ifPresent(its -> assumption(its, json.putObject("right")));
  }

  private static void assumption(Assumption assumption, ObjectNode json) {
    number("step", assumption.step(), json);
    json.put("text", assumption.text());
    assumption.grade().ifPresent(grade -> json.put("grade", grade.label()));
    assumption.source().ifPresent(source -> json.put("source", source));
    ArrayNode rewrites = json.putArray("rewrites");
    assumption.rewrites().forEach(rewrites::add);
    ArrayNode replacements = json.putArray("replacements");
    for (Replacement replacement : assumption.replacements()) {
      ObjectNode each = replacements.addObject();
      JsonReport.write(replacement.from(), each.putObject("from"));
      JsonReport.write(replacement.to(), each.putObject("to"));
    }
  }

  private static void update(DerivationDiff.UpdatePair pair, ObjectNode json) {
    json.put("agreement", word(pair.agreement()));
    result("left", pair.left(), json);
    result("right", pair.right(), json);
  }

  private static void result(String member, Optional<Result> result, ObjectNode json) {
    if (result.isPresent()) {
      ObjectNode each = json.putObject(member).put("state", result.get().state().name());
      JsonReport.write(result.get().value(), each.putObject("value"));
    }
  }

  private static void start(StartValues start, ObjectNode json) {
    ArrayNode defaults = json.putArray("defaults");
    for (StartValues.Default each : start.defaults()) {
      ObjectNode node = defaults.addObject();
      value("left", each.left(), each.leftValue(), node);
      value("right", each.right(), each.rightValue(), node);
    }
    ArrayNode initial = json.putArray("initial");
    for (StartValues.Initial each : start.initial()) {
      ObjectNode node = initial.addObject();
      initial("left", each.left(), each.leftValue(), node);
      initial("right", each.right(), each.rightValue(), node);
    }
    ArrayNode domains = json.putArray("domains");
    for (StartValues.Domains each : start.domains()) {
      ObjectNode node = domains.addObject();
      domain("left", each.left(), node);
      domain("right", each.right(), node);
    }
  }

  private static void value(String member, Expr of, Optional<Double> value, ObjectNode json) {
    ObjectNode each = json.putObject(member);
    JsonReport.write(of, each.putObject("of"));
    value.ifPresent(number -> ProgramJson.number(each, "value", number));
  }

  private static void initial(String member, Expr of, Optional<Expr> value, ObjectNode json) {
    ObjectNode each = json.putObject(member);
    JsonReport.write(of, each.putObject("of"));
    value.ifPresent(expr -> JsonReport.write(expr, each.putObject("value")));
  }

  private static void domain(String member, Sym of, ObjectNode json) {
    ObjectNode each = json.putObject(member).put("name", of.name());
    ProgramJson.write(of.domain(), each.putObject("domain"));
  }
}
