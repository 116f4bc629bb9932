package org.blrc.emit.report;

import java.util.ArrayList;
import java.util.List;
import org.blrc.derive.Derivation;
import org.blrc.derive.Step;

/** A way to write a derivation down. */
public interface Report {

  /** The whole document, ending with a line end. */
  String write(Derivation derivation);

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
    String claim =
        switch (step.grade()) {
          case EXACT -> "exact";
          case UNBIASED -> "unbiased estimate of what it replaces";
          case BIASED -> "approximation";
        };
    return step.fired()
        .map(count -> claim + ", " + (count == 1 ? "1 place" : count + " places"))
        .orElse(claim);
  }
}
