package org.blrc.trial;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.blrc.trial.TrialResult.Entry;

/**
 * How an optimizer did, as lines of a table: one for each way to predict where there are scores,
 * one for each coordinate where the exact posterior is known.
 */
final class TrialLines {

  private TrialLines() {}

  static List<String> header(Problem problem) {
    if (problem.model() instanceof Target target) {
      return fitHeader(target);
    }
    return problem.heldOut().isPresent()
        ? List.of("training loss", "prediction", "accuracy", "NLL", "ECE", "Brier")
        : List.of("loss - optimum");
  }

  /** At least one line, as wide as the header. */
  static List<List<String>> of(Entry entry, Problem problem) {
    if (problem.model() instanceof Target target) {
      return fits(entry, target);
    }
    List<List<String>> lines = new ArrayList<>();
    if (problem.heldOut().isEmpty()) {
      lines.add(List.of(loss(entry)));
      return lines;
    }
    String point = problem.place() == Place.TWO_VALUES ? "at mode" : "at centre";
    lines.add(scores(loss(entry), point, entry.atCentre()));
    if (entry.averaged().isPresent()) {
      lines.add(scores("", "of %d samples".formatted(Predictions.SAMPLES), entry.averaged()));
    }
    return lines;
  }

  private static String loss(Entry entry) {
    return entry.divergedAt().isPresent()
        ? "diverged at step " + entry.divergedAt().getAsInt()
        : Text.fixed(entry.trainingLoss());
  }

  private static List<String> scores(String loss, String prediction, Optional<Scores> scores) {
    List<String> line = new ArrayList<>(List.of(loss, prediction));
    line.addAll(
        scores
            .map(
                s ->
                    List.of(
                        Text.percent(s.accuracy()),
                        Text.fixed(s.negativeLogLikelihood()),
                        Text.fixed(s.calibrationError()),
                        Text.fixed(s.brierScore())))
            .orElse(Collections.nCopies(4, Text.NONE)));
    return line;
  }

  private static List<String> fitHeader(Target target) {
    List<String> header = new ArrayList<>(List.of("coordinate", "KL(q||p)", "excess"));
    compared(header, "mean");
    compared(header, "deviation");
    target.valleys().forEach(valley -> compared(header, "below " + Text.number(valley)));
    return header;
  }

  private static void compared(List<String> header, String what) {
    header.add(what);
    header.add("exact");
  }

  private static List<List<String>> fits(Entry entry, Target target) {
    if (entry.divergedAt().isPresent()) {
      List<String> line = new ArrayList<>(List.of(loss(entry)));
      line.addAll(Collections.nCopies(fitHeader(target).size() - 1, Text.NONE));
      return List.of(line);
    }
    return entry.fits().stream().map(TrialLines::fit).toList();
  }

  private static List<String> fit(Fit fit) {
    Fit.Moments found = fit.approximate();
    Fit.Moments exact = fit.exact();
    List<String> line =
        new ArrayList<>(
            List.of(
                fit.label(),
                Text.fixed(fit.divergence()),
                Text.fixed(fit.excess()),
                Text.fixed(found.mean()),
                Text.fixed(exact.mean()),
                Text.fixed(found.deviation()),
                Text.fixed(exact.deviation())));
    for (int i = 0; i < found.shares().size(); i++) {
      line.add(Text.percent(found.shares().get(i)));
      line.add(Text.percent(exact.shares().get(i)));
    }
    return line;
  }
}
