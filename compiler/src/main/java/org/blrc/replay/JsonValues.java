package org.blrc.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Reads numbers and arrays from JSON. What does not have the expected type or length becomes a
 * problem, and some placeholder is returned.
 */
final class JsonValues {

  private static final Map<String, Double> SPECIAL =
      Map.of(
          "Infinity", Double.POSITIVE_INFINITY,
          "-Infinity", Double.NEGATIVE_INFINITY,
          "NaN", Double.NaN);

  private final Problems problems;
  private final int dimension;

  JsonValues(Problems problems, int dimension) {
    this.problems = problems;
    this.dimension = dimension;
  }

  /** The entries of an object; none where it is absent. */
  static <T> Map<String, T> entries(
      Problems problems, String where, JsonNode node, BiFunction<String, JsonNode, T> read) {
    Map<String, T> result = new LinkedHashMap<>();
    if (node.isObject()) {
      node.properties()
          .forEach(
              entry ->
                  result.put(
                      entry.getKey(), read.apply(where + " " + entry.getKey(), entry.getValue())));
    } else if (!node.isMissingNode()) {
      problems.add(where, "expected an object, found " + describe(node));
    }
    return result;
  }

  /** A number; the strings Infinity, -Infinity and NaN are numbers, too. */
  static double number(Problems problems, String where, JsonNode node) {
    if (node.isNumber()) {
      return node.doubleValue();
    }
    Double special = node.isTextual() ? SPECIAL.get(node.textValue()) : null;
    if (special != null) {
      return special;
    }
    problems.add(where, "expected a number, found " + describe(node));
    return Double.NaN;
  }

  <T> Map<String, T> entries(String where, JsonNode node, BiFunction<String, JsonNode, T> read) {
    return entries(problems, where, node, read);
  }

  /** One number for each coordinate. */
  double[] array(String where, JsonNode node) {
    if (!node.isArray()) {
      problems.add(where, "expected %d numbers, found %s".formatted(dimension, describe(node)));
      return new double[0];
    }
    if (node.size() != dimension) {
      problems.add(where, "expected %d numbers, found %d".formatted(dimension, node.size()));
    }
    double[] values = new double[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(problems, where, node.get(i));
    }
    return values;
  }

  /** One number for each coordinate, or one for all of them. */
  double[] arrayOrNumber(String where, JsonNode node) {
    if (node.isArray()) {
      return array(where, node);
    }
    double[] values = new double[dimension];
    Arrays.fill(values, number(problems, where, node));
    return values;
  }

  /** A list of arrays. */
  List<double[]> arrays(String where, JsonNode node) {
    List<double[]> result = new ArrayList<>();
    if (!node.isArray()) {
      problems.add(where, "expected a list of arrays, found " + describe(node));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      result.add(array(where + "[" + i + "]", node.get(i)));
    }
    return result;
  }

  /** One row or more, joined. */
  double[] rows(String where, JsonNode node) {
    List<double[]> rows = arrays(where, node);
    if (node.isArray() && rows.isEmpty()) {
      problems.add(where, "there is no row");
    }
    return rows.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  static String describe(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "an array of " + node.size();
      case OBJECT -> "an object";
      case STRING -> "the string \"" + node.textValue() + "\"";
      case MISSING -> "nothing";
      default -> node.toString();
    };
  }
}
