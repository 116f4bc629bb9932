package org.blrc.trial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.blrc.runtime.HyperParameter;
import org.blrc.runtime.Question;
import org.blrc.syntax.Spelling;
import org.blrc.trial.TrialResult.Setting;
import org.blrc.trial.TrialResult.Source;

/**
 * Gives every hyper-parameter of a contender a value: the one that was asked for; else, for a rate
 * of the mean's update, one that is to be tuned; else the spec's default; else, for a size, the
 * number of training examples.
 */
final class Settings {

  /** Where the search for a rate without a default starts while another one is tuned. */
  private static final double UNTUNED = 0.01;

  private Settings() {}

  /** The settings of a contender; those of source TUNED hold a preliminary value. */
  static List<Setting> of(Contender<?> contender, Map<String, Double> given, Problem problem) {
    List<Setting> settings = new ArrayList<>();
    for (HyperParameter hyper : contender.signature().hyperParameters()) {
      settings.add(setting(hyper, contender.roles(), given, problem));
    }
    return settings;
  }

  private static Setting setting(
      HyperParameter hyper, Roles roles, Map<String, Double> given, Problem problem) {
    String name = hyper.name();
    boolean hasDefault = !Double.isNaN(hyper.byDefault());
    if (given.containsKey(name)) {
      return new Setting(name, given.get(name), Source.GIVEN, List.of());
    }
    if (roles.rates().contains(name)) {
      double start = hasDefault ? hyper.byDefault() : UNTUNED;
      return new Setting(name, start, Source.TUNED, List.of());
    }
    if (hasDefault) {
      return new Setting(name, hyper.byDefault(), Source.DEFAULT, List.of());
    }
    return new Setting(name, problem.training().size(), Source.TRAINING_SIZE, List.of());
  }

  static Map<String, Double> values(List<Setting> settings) {
    Map<String, Double> values = new LinkedHashMap<>();
    settings.forEach(setting -> values.put(setting.name(), setting.value()));
    return values;
  }

  /**
   * Checks a request.
   *
   * @throws TrialException with everything that is wrong: a setting that no contender has or that
   *     lies outside its interval, a hyper-parameter without a value, a posterior that lies
   *     elsewhere than the problem's parameters, a question that the problem cannot answer
   */
  static void check(TrialRequest request) {
    List<String> problems = new ArrayList<>();
    unknown(request, problems);
    for (Contender<?> contender : request.contenders()) {
      for (HyperParameter hyper : contender.signature().hyperParameters()) {
        value(hyper, contender, request, problems);
      }
      Problems.misfit(contender, request.problem()).ifPresent(problems::add);
      questions(contender, request.problem(), problems);
    }
    if (!problems.isEmpty()) {
      throw new TrialException(problems);
    }
  }

  private static void unknown(TrialRequest request, List<String> problems) {
    TreeSet<String> known = new TreeSet<>();
    request.contenders().stream()
        .flatMap(contender -> contender.signature().hyperParameters().stream())
        .forEach(hyper -> known.add(hyper.name()));
    request.settings().keySet().stream()
        .sorted()
        .filter(name -> !known.contains(name))
        .map(
            name ->
                "there is no hyper-parameter `%s` to set; %s"
                    .formatted(
                        name,
                        Spelling.hint(name, known)
                            .orElse("there are " + Spelling.list(known, "and"))))
        .forEach(problems::add);
  }

  private static void value(
      HyperParameter hyper, Contender<?> contender, TrialRequest request, List<String> problems) {
    Roles roles = contender.roles();
    if (request.settings().containsKey(hyper.name())) {
      try {
        hyper.check(request.settings().get(hyper.name()));
      } catch (IllegalArgumentException e) {
        problems.add(
            "%s, the domain of this hyper-parameter of `%s`"
                .formatted(e.getMessage(), contender.name()));
      }
    } else if (Double.isNaN(hyper.byDefault())
        && !roles.rates().contains(hyper.name())
        && !roles.sizes().contains(hyper.name())) {
      problems.add(
          "hyper-parameter `%s` of `%s` has no default; give it with --set %s=VALUE"
              .formatted(hyper.name(), contender.name(), hyper.name()));
    }
  }

  private static void questions(Contender<?> contender, Problem problem, List<String> problems) {
    List<Question> questions =
        contender.signature().phases().stream().flatMap(List::stream).distinct().toList();
    for (Question question : questions) {
      if (Oracle.kind(question).isEmpty()) {
        problems.add(
            "`%s` asks for the %s of `%s`, which problem `%s` cannot answer"
                .formatted(
                    contender.name(),
                    question.kind().replace('_', ' '),
                    question.function(),
                    problem.name()));
      }
    }
    List<String> functions = questions.stream().map(Question::function).distinct().toList();
    if (functions.size() > 1) {
      problems.add(
          "`%s` asks several functions, %s, but a problem has one loss"
              .formatted(contender.name(), Spelling.list(functions, "and")));
    }
  }
}
