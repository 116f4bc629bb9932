package org.blrc.emit.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.blrc.program.Program;
import org.blrc.symbolic.Domain;

/** The update program, part by part, in the order in which it runs. */
final class ProgramJson {

  private ProgramJson() {}

  static void write(Program program, ObjectNode json) {
    ArrayNode hypers = json.putArray("hyperparameters");
    for (Program.Hyper hyper : program.hypers()) {
      ObjectNode each = hypers.addObject().put("name", hyper.name());
      write(hyper.domain(), each.putObject("domain"));
      hyper.byDefault().ifPresent(value -> number(each, "default", value));
    }
    ArrayNode states = json.putArray("states");
    for (Program.State state : program.states()) {
      ObjectNode each = states.addObject().put("name", state.name());
      state.initial().ifPresent(value -> JsonReport.write(value, each.putObject("initial")));
    }
    ArrayNode noises = json.putArray("noise");
    for (Program.NoiseInput noise : program.noises()) {
      noises
          .addObject()
          .put("name", noise.name())
          .put("distribution", noise.distribution().label());
    }
    program.samples().ifPresent(count -> JsonReport.write(count, json.putObject("draws")));
    assignments(program.scalars(), json.putArray("scalars"));
    ArrayNode phases = json.putArray("phases");
    program.phases().forEach(phase -> write(phase, phases.addObject()));
    ArrayNode sums = json.putArray("sums");
    for (Program.CoordinateSum sum : program.sums()) {
      ObjectNode each = sums.addObject().put("name", sum.name()).put("after", sum.after());
      JsonReport.write(sum.body(), each.putObject("of"));
    }
    ArrayNode means = json.putArray("means");
    for (Program.Accumulator accumulator : program.accumulators()) {
      ObjectNode each = means.addObject().put("name", accumulator.symbol().name());
      JsonReport.write(accumulator.body(), each.putObject("of"));
    }
    assignments(program.update(), json.putArray("update"));
    JsonReport.write(program.rest(), json.putObject("rest"));
  }

  static void write(Domain domain, ObjectNode json) {
    number(json, "lower", domain.lower());
    json.put("includes_lower", domain.lowerClosed());
    number(json, "upper", domain.upper());
    json.put("includes_upper", domain.upperClosed());
  }

  /** JSON has no infinite numbers; they are text, as in traces. */
  static void number(ObjectNode json, String member, double value) {
    if (Double.isInfinite(value)) {
      json.put(member, Double.toString(value));
    } else {
      json.put(member, value);
    }
  }

  private static void write(Program.Phase phase, ObjectNode json) {
    assignments(phase.locals(), json.putArray("locals"));
    JsonReport.write(phase.point(), json.putObject("point"));
    phase.direction().ifPresent(along -> JsonReport.write(along, json.putObject("direction")));
    ArrayNode questions = json.putArray("questions");
    for (Program.Answer answer : phase.answers()) {
      questions
          .addObject()
          .put("answer", answer.symbol().name())
          .put("function", answer.function())
          .put("asks", answer.kind().label());
    }
  }

  private static void assignments(List<Program.Assign> assignments, ArrayNode json) {
    for (Program.Assign assign : assignments) {
      ObjectNode each = json.addObject();
      each.set("target", ExprJson.tree(assign.target()));
      JsonReport.write(assign.value(), each.putObject("value"));
    }
  }
}
