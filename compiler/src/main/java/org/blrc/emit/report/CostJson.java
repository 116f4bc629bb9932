package org.blrc.emit.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.blrc.program.Bytes;
import org.blrc.program.Cost;
import org.blrc.program.Operations;
import org.blrc.program.Pass;

/** The cost of a step, for each parameter. */
final class CostJson {

  private CostJson() {}

  static void write(Cost cost, ObjectNode json) {
    write(cost.step(), json.putObject("step"));
    cost.furtherDraw().ifPresent(work -> write(work, json.putObject("further_draw")));
    arrays(cost.held(), json.putArray("held"));
    write(Bytes.of(cost.held()), json.putObject("bytes_held"));
    arrays(cost.heldForDraws(), json.putArray("held_for_draws"));
    write(Bytes.of(cost.heldForDraws()), json.putObject("bytes_held_for_draws"));
    write(cost.rest(), json.putObject("bytes_to_restore_mean"));
  }

  private static void write(Cost.Work work, ObjectNode json) {
    write(work.bytes(), json.putObject("bytes_moved"));
    json.put("oracle_calls", work.evaluations().size());
    json.put("noise_draws", work.distinctNoises());
    json.put("noises_made", work.noises());
    write(work.operations(), json.putObject("operations"));
    write(work.perExample(), json.putObject("operations_per_example"));
    ArrayNode passes = json.putArray("passes");
    work.passes().forEach(pass -> write(pass, passes.addObject()));
  }

  private static void write(Pass pass, ObjectNode json) {
    switch (pass.purpose()) {
      case Pass.Purpose.Point(int phase) -> json.put("purpose", "point").put("phase", phase);
      case Pass.Purpose.Accumulation _ -> json.put("purpose", "accumulation");
      case Pass.Purpose.Sums(List<String> names) ->
          names.forEach(json.put("purpose", "sums").putArray("names")::add);
      case Pass.Purpose.Check _ -> json.put("purpose", "check");
      case Pass.Purpose.Update _ -> json.put("purpose", "update");
    }
    arrays(pass.reads(), json.putArray("reads"));
    arrays(pass.writes(), json.putArray("writes"));
    ArrayNode noises = json.putArray("noise");
    pass.noises().forEach(noise -> noises.add(noise.name()));
    write(pass.bytes(), json.putObject("bytes_moved"));
  }

  private static void arrays(List<Pass.Array> arrays, ArrayNode json) {
    for (Pass.Array array : arrays) {
      json.addObject()
          .put("kind", array.kind().name().toLowerCase(Locale.ROOT))
          .put("name", array.name());
    }
  }

  private static void write(Bytes bytes, ObjectNode json) {
    json.put("each", bytes.each()).put("per_example", bytes.perExample());
  }

  private static void write(Operations operations, ObjectNode json) {
    json.put("additions", operations.additions());
    json.put("multiplications", operations.multiplications());
    json.put("divisions", operations.divisions());
    json.put("square_roots", operations.squareRoots());
    json.put("transcendental", operations.transcendental());
    json.put("selections", operations.selections());
  }
}
