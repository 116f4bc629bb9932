package org.blrc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.blrc.trial.TrialResult.Setting;
import org.blrc.trial.TrialResult.Source;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private static final Problem LOGISTIC = Problems.named("logistic").make();

  @Test
  void aValueComesFromTheUserTheSpecOrTheProblem() {
    List<Setting> settings = Settings.of(Optimizers.vogn(), Map.of("rho", 0.5), LOGISTIC);
    assertEquals(
        List.of(
            setting("alpha", 1e-3, Source.TUNED),
            setting("rho", 0.5, Source.GIVEN),
            setting("gamma", 1, Source.DEFAULT),
            setting("N", LOGISTIC.training().size(), Source.TRAINING_SIZE)),
        settings);
  }

  @Test
  void theUserWinsOverTuningAndSizes() {
    List<Setting> settings =
        Settings.of(Optimizers.ivon(), Map.of("alpha", 0.5, "N", 10.), LOGISTIC);
    assertEquals(setting("alpha", 0.5, Source.GIVEN), settings.get(0));
    assertEquals(setting("N", 10, Source.GIVEN), settings.get(3));
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    TrialException e =
        assertThrows(
            TrialException.class,
            () ->
                Settings.check(
                    request(
                        Map.of("beta1", 1.5, "lr", 0.1, "bta2", 0.5),
                        Optimizers.adam(),
                        Optimizers.inquisitive())));
    assertEquals(
        List.of(
            "there is no hyper-parameter `bta2` to set; did you mean `beta2`?",
            "there is no hyper-parameter `lr` to set; there are `alpha`, `beta1`, `beta2`, `delta`"
                + " and `tau`",
            "beta1 = 1.5 lies outside [0, 1], the domain of this hyper-parameter of `Adam`",
            "hyper-parameter `tau` of `Inquisitive` has no default; give it with --set tau=VALUE",
            "`Inquisitive` asks for the value at corners of `ell`, which problem `logistic` cannot"
                + " answer"),
        e.problems());
  }

  @Test
  void aSettingMayConcernOneContenderOnly() {
    Settings.check(request(Map.of("gamma", 2.), Optimizers.adam(), Optimizers.vogn()));
  }

  private static TrialRequest request(Map<String, Double> settings, Contender<?>... contenders) {
    return new TrialRequest(LOGISTIC, List.of(contenders), settings, 1);
  }

  private static Setting setting(String name, double value, Source source) {
    return new Setting(name, value, source, List.of());
  }
}
