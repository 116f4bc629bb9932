package org.blrc.replay;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.blrc.replay.ReplayResult.ComputedStep;

/** The result of a replay, for people and for programs. */
public final class ReplayReport {

  private static final JsonMapper MAPPER = new JsonMapper();

  private ReplayReport() {}

  /** A table of the largest errors, and the verdict. */
  public static String text(ReplayResult result) {
    StringBuilder text = new StringBuilder();
    int width = result.comparisons().stream().mapToInt(c -> c.name().length()).max().orElse(0);
    String row = "%-" + Math.max(width, 8) + "s  %13s  %7s%s\n";
    text.append(row.formatted("", "largest error", "at step", ""));
    for (Comparison comparison : result.comparisons()) {
      String excess =
          comparison.agrees()
              ? ""
              : "  exceeds the tolerance, first at step " + comparison.firstExcess().getAsInt();
      String error = String.format(Locale.ROOT, "%.2e", comparison.error());
      text.append(row.formatted(comparison.name(), error, comparison.step(), excess));
    }
    String verdict = result.agrees() ? "agrees" : "does not agree";
    text.append(
        "%s %s with the trace (%d steps, tolerance %s)\n"
            .formatted(
                result.optimizer(), verdict, result.steps().size(), plain(result.tolerance())));
    return text.toString();
  }

  /** What was computed, as JSON: a trace without its inputs, with all states in every step. */
  public static String json(ReplayResult result) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("optimizer", result.optimizer());
    root.put("dimension", result.dimension());
    ArrayNode steps = root.putArray("steps");
    for (ComputedStep step : result.steps()) {
      ObjectNode node = steps.addObject();
      ArrayNode askedAt = node.putArray("asked_at");
      step.askedAt().forEach(point -> addAll(askedAt.addArray(), point));
      ObjectNode states = node.putObject("state_after");
      step.stateAfter().forEach((name, values) -> addAll(states.putArray(name), values));
    }
    return root.toPrettyString() + "\n";
  }

  private static void addAll(ArrayNode array, double[] values) {
    for (double value : values) {
      if (Double.isFinite(value)) {
        array.add(value);
      } else {
        array.add(String.valueOf(value));
      }
    }
  }

  /** As people write it: 1e-9. */
  private static String plain(double value) {
    return Double.toString(value).replace(".0E", "e").replace('E', 'e');
  }
}
