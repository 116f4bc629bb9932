package org.blrc.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.blrc.program.Program.AnswerKind;
import org.blrc.replay.Trace.Answer;
import org.blrc.replay.Trace.Step;
import org.blrc.syntax.Code;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.SourceFile;
import org.blrc.syntax.Span;
import org.blrc.syntax.SpecException;

/** Reads traces; collects all problems of a file before it gives up. */
final class TraceReader {

  /** Accepts the bare NaN and Infinity that some recorders write. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode root;
  private final Problems problems = new Problems();
  private final JsonValues values;
  private final int dimension;

  private TraceReader(JsonNode root, int characters) throws SpecException {
    this.root = root;
    if (!root.isObject()) {
      problems.add("", "a trace is a JSON object, found " + JsonValues.describe(root));
    } else {
      requirePositiveInteger("dimension", root.path("dimension"));
      if (root.path("dimension").intValue() > characters) {
        problems.add("dimension", "the file is too short for arrays of this length");
      }
    }
    // Without a dimension no array can be checked.
    problems.throwIfAny();
    this.dimension = root.path("dimension").intValue();
    this.values = new JsonValues(problems, dimension);
  }

  static Trace read(Path file) throws SpecException {
    String text = text(file);
    return new TraceReader(json(new SourceFile(file.toString(), text)), text.length()).trace();
  }

  private static String text(Path file) throws SpecException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw unreadable(file, "there is no such file");
    } catch (CharacterCodingException e) {
      throw unreadable(file, "it is not UTF-8 text");
    } catch (IOException e) {
      throw unreadable(file, String.valueOf(e.getMessage()));
    }
  }

  private static JsonNode json(SourceFile source) throws SpecException {
    try {
      return MAPPER.readTree(source.text());
    } catch (JsonProcessingException e) {
      throw new SpecException(notJson(source, e));
    }
  }

  private static SpecException unreadable(Path file, String why) {
    return new SpecException(
        new Diagnostic(
            Code.FILE,
            "cannot read %s: %s".formatted(file, why),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private static Diagnostic notJson(SourceFile source, JsonProcessingException e) {
    int length = source.text().length();
    long offset = e.getLocation() == null ? 0 : e.getLocation().getCharOffset();
    int at = Math.clamp(offset, 0, Math.max(0, length - 1));
    Span span = new Span(source, at, Math.min(length, at + 1));
    return Diagnostic.at(span, Code.TRACE, "not JSON: " + e.getOriginalMessage());
  }

  private Trace trace() throws SpecException {
    JsonNode samples = root.path("samples");
    if (!samples.isMissingNode()) {
      requirePositiveInteger("samples", samples);
    }
    Trace trace =
        new Trace(
            dimension,
            samples.isInt() ? OptionalInt.of(samples.intValue()) : OptionalInt.empty(),
            numbers("hyperparameters", root.path("hyperparameters")),
            values.entries("initial_state", root.path("initial_state"), values::arrayOrNumber),
            tolerance(),
            steps());
    problems.throwIfAny();
    return trace;
  }

  private OptionalDouble tolerance() {
    JsonNode node = root.path("tolerance");
    if (node.isMissingNode()) {
      return OptionalDouble.empty();
    }
    double value = JsonValues.number(problems, "tolerance", node);
    if (node.isNumber() && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
      problems.add("tolerance", "expected a positive number, found " + value);
    }
    return OptionalDouble.of(value);
  }

  private List<Step> steps() {
    JsonNode nodes = root.path("steps");
    if (!nodes.isArray()) {
      problems.add("steps", "expected an array of steps, found " + JsonValues.describe(nodes));
    } else if (nodes.isEmpty()) {
      problems.add("steps", "there is no step");
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; nodes.isArray() && i < nodes.size(); i++) {
      steps.add(step("step " + (i + 1), nodes.get(i)));
    }
    return steps;
  }

  private Step step(String where, JsonNode node) {
    if (!node.isObject()) {
      problems.add(where, "expected an object, found " + JsonValues.describe(node));
    }
    JsonNode askedAt = node.path("asked_at");
    return new Step(
        numbers(where + ", hyperparameters", node.path("hyperparameters")),
        values.entries(where + ", noise", node.path("noise"), values::arrays),
        askedAt.isMissingNode()
            ? Optional.empty()
            : Optional.of(values.arrays(where + ", asked_at", askedAt)),
        oracle(where, node.path("oracle")),
        values.entries(where + ", state_after", node.path("state_after"), values::arrayOrNumber));
  }

  private List<Answer> oracle(String where, JsonNode nodes) {
    List<Answer> answers = new ArrayList<>();
    if (!nodes.isArray() && !nodes.isMissingNode()) {
      problems.add(
          where + ", oracle", "expected an array of answers, found " + JsonValues.describe(nodes));
    }
    for (int i = 0; nodes.isArray() && i < nodes.size(); i++) {
      answers.add(answer(where + ", answer " + (i + 1), nodes.get(i)));
    }
    return answers;
  }

  /** Reads what an update program can ask; anything else that was recorded is left alone. */
  private Answer answer(String where, JsonNode node) {
    if (!node.isObject()) {
      problems.add(where, "expected an object, found " + JsonValues.describe(node));
    }
    Map<String, double[]> byKind = new LinkedHashMap<>();
    for (AnswerKind kind : AnswerKind.values()) {
      JsonNode given = node.path(kind.label());
      if (!given.isMissingNode()) {
        String place = where + ", " + kind.label();
        byKind.put(
            kind.label(),
            kind.perExample()
                ? values.rows(place, given)
                : kind.order() == 0
                    ? values.arrayOrNumber(place, given)
                    : values.array(place, given));
      }
    }
    return new Answer(byKind);
  }

  private Map<String, Double> numbers(String where, JsonNode node) {
    return values.entries(where, node, (place, value) -> JsonValues.number(problems, place, value));
  }

  private void requirePositiveInteger(String where, JsonNode node) {
    if (!node.isInt() || node.intValue() < 1) {
      problems.add(where, "expected a positive integer, found " + JsonValues.describe(node));
    }
  }
}
