package org.blrc.trial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.runtime.HyperParameter;
import org.blrc.trial.TrialResult.Entry;
import org.blrc.trial.TrialResult.Setting;
import org.blrc.trial.TrialResult.Source;

/** Trains every contender on a problem and scores it. */
public final class Trial {

  private final TrialRequest request;
  private final Progress progress;

  private Trial(TrialRequest request, Progress progress) {
    this.request = request;
    this.progress = progress;
  }

  /**
   * Runs a trial.
   *
   * <p>A rate of the mean's update that was not given is tuned first, on a validation split of the
   * training data; the final run uses all training data.
   *
   * @throws TrialException if something is missing or cannot be answered; found before any work
   *     where possible
   */
  public static TrialResult run(TrialRequest request, Progress progress) {
    Settings.check(request);
    return new Trial(request, progress).run();
  }

  private TrialResult run() {
    List<Entry> entries = new ArrayList<>();
    for (Contender<?> contender : request.contenders()) {
      entries.add(run(contender, unique(contender.name(), entries)));
    }
    return new TrialResult(request.problem(), request.seed(), entries);
  }

  private static String unique(String name, List<Entry> entries) {
    List<String> taken = entries.stream().map(Entry::name).toList();
    String candidate = name;
    for (int i = 2; taken.contains(candidate); i++) {
      candidate = name + " (" + i + ")";
    }
    return candidate;
  }

  private <A> Entry run(Contender<A> contender, String name) {
    try (Progress.Bar bar = progress.open(name)) {
      Problem problem = request.problem().on(contender.posterior().support());
      List<Setting> settings = new ArrayList<>(settings(contender, problem));
      for (String rate : contender.roles().rates()) {
        tune(contender, problem.forTuning(), rate, settings, bar);
      }
      bar.begin("training", problem.steps());
      Training<A> training =
          Training.run(problem, contender, Settings.values(settings), request.seed(), bar::advance);
      return entry(name, problem, settings, training);
    }
  }

  private List<Setting> settings(Contender<?> contender, Problem problem) {
    return Settings.of(contender, request.settings(), problem);
  }

  /** Replaces the preliminary value of a rate, if it is one that is to be tuned. */
  private <A> void tune(
      Contender<A> contender,
      Problem problem,
      String rate,
      List<Setting> settings,
      Progress.Bar bar) {
    int index = settings.stream().map(Setting::name).toList().indexOf(rate);
    if (settings.get(index).source() != Source.TUNED) {
      return;
    }
    HyperParameter hyper = contender.signature().hyperParameters().get(index);
    RateSearch.Best best =
        RateSearch.minimise(
            hyper,
            value -> {
              bar.begin("tuning %s = %s".formatted(rate, Text.number(value)), problem.steps());
              Map<String, Double> values = trialValues(contender, settings, problem);
              values.put(rate, value);
              return Training.tuningLoss(problem, contender, values, request.seed(), bar::advance);
            });
    Source source = best.finite() ? Source.TUNED : Source.IN_VAIN;
    settings.set(index, new Setting(rate, best.value(), source, best.tried()));
  }

  /** The settings so far, with the sizes of the tuning problem. */
  private Map<String, Double> trialValues(
      Contender<?> contender, List<Setting> settings, Problem problem) {
    Map<String, Double> values = new LinkedHashMap<>(Settings.values(settings));
    settings(contender, problem).stream()
        .filter(setting -> setting.source() == Source.TRAINING_SIZE)
        .forEach(setting -> values.put(setting.name(), setting.value()));
    return values;
  }

  private <A> Entry entry(
      String name, Problem problem, List<Setting> settings, Training<A> training) {
    Optional<Scores> atCentre = Optional.empty();
    Optional<Scores> averaged = Optional.empty();
    if (training.divergedAt().isEmpty()
        && problem.heldOut().isPresent()
        && problem.model() instanceof Classifier model) {
      Dataset data = problem.heldOut().get();
      atCentre = Optional.of(Scores.of(Predictions.at(model, training.centre(), data), data));
      averaged =
          training
              .belief()
              .draws(request.seed())
              .map(draws -> Scores.of(Predictions.averaged(draws, model, data), data));
    }
    return new Entry(
        name,
        settings,
        training.curve(),
        training.divergedAt(),
        training.refusal(),
        atCentre,
        averaged,
        training.divergedAt().isEmpty() ? training.fits() : List.of(),
        training.times());
  }
}
