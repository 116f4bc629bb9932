package org.blrc.emit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.blrc.derive.Derivation;
import org.blrc.derive.Grade;
import org.blrc.derive.Prose;
import org.blrc.derive.Step;

/** A way to write derivations down. */
public interface Report {

  /** The whole document, ending with a line end. */
  String write(List<Derivation> derivations);

  /** The whole document on one derivation. */
  default String write(Derivation derivation) {
    return write(List.of(derivation));
  }

  /** One line for each step: its number, title and grade. */
  static List<String> outline(Derivation derivation) {
    List<String> lines = new ArrayList<>();
    int number = 1;
    for (Step step : derivation.steps()) {
      lines.add(number++ + ". " + step.title() + " (" + step.grade().label() + ")");
    }
    return lines;
  }

  /** What a step claims, in words. */
  static String grade(Step step) {
    String claim = claim(step.grade());
    return step.fired()
        .map(count -> claim + ", " + (count == 1 ? "1 place" : count + " places"))
        .orElse(claim);
  }

  /** What a grade claims, in words. */
  static String claim(Grade grade) {
    return switch (grade) {
      case EXACT -> "exact";
      case UNBIASED -> "unbiased estimate of what it replaces";
      case BIASED -> "approximation";
    };
  }

  /** Whether a step is a rule, whose title is then code. */
  static boolean isRule(Step step) {
    return step.fired().isPresent();
  }

  /** Words as a sentence. A formula that they start with keeps its letters. */
  static String sentence(String words) {
    boolean startsWithFormula = words.matches("(?s)([^ ]+ =|[^ ]*[^\\p{L} ,;-]).*");
    return (startsWithFormula ? words : capitalized(words)) + (words.endsWith(".") ? "" : ".");
  }

  /** Prose as a sentence, with words and formulas spelled as given. */
  static String sentence(
      Prose prose, UnaryOperator<String> words, Function<Step.Label, String> formula) {
    StringBuilder result = new StringBuilder();
    for (Prose.Phrase phrase : prose.phrases()) {
      result.append(
          switch (phrase) {
            case Prose.Phrase.Words(String text) ->
                words.apply(result.isEmpty() ? capitalized(text) : text);
            case Prose.Phrase.Formula(Step.Label label) -> formula.apply(label);
          });
    }
    return result.append(".").toString();
  }

  private static String capitalized(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** Spells text in which code stands between backquotes. */
  static String spell(String text, UnaryOperator<String> plain, UnaryOperator<String> code) {
    StringBuilder result = new StringBuilder();
    String[] parts = text.split("`", -1);
    for (int i = 0; i < parts.length; i++) {
      result.append((i % 2 == 0 ? plain : code).apply(parts[i]));
    }
    return result.toString();
  }
}
