package org.blrc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.blrc.trial.Fit.Moments;
import org.blrc.trial.TrialResult.Entry;
import org.blrc.trial.TrialResult.Point;
import org.blrc.trial.TrialResult.Setting;
import org.blrc.trial.TrialResult.Source;
import org.blrc.trial.TrialResult.Times;
import org.junit.jupiter.api.Test;

class TrialTableTest {

  private static final Entry SAMPLED =
      new Entry(
          "Sampled",
          List.of(
              new Setting("a", 0.03, Source.TUNED, List.of(0.01, 0.03, 0.1)),
              new Setting("b", 0.9, Source.DEFAULT, List.of()),
              new Setting("c", 1e-8, Source.DEFAULT, List.of()),
              new Setting("n", 1438, Source.TRAINING_SIZE, List.of())),
          List.of(new Point(0, 2.3), new Point(10, 0.01234)),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.of(new Scores(0.975, 0.125, 0.03125, 0.0421)),
          Optional.of(new Scores(0.98, 0.0625, 0.015625, 0.0312)),
          List.of(),
          new Times(12.34e-6, 512e-6));

  private static final Entry DIVERGED =
      new Entry(
          "Hot",
          List.of(new Setting("a", 100, Source.GIVEN, List.of())),
          List.of(new Point(0, 2.3)),
          OptionalInt.of(37),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          new Times(1e-6, 2e-6));

  @Test
  void columnsAreAligned() {
    Problem problem = Problems.named("digits").make();
    String expected =
        """
        digits: a network with 64 hidden tanh units on 8x8 images of digits; 4810 parameters, \
        1438 training and 359 held-out examples, 2200 steps of 64 examples at rates that fall along \
        half a cosine, seed 5

        optimizer        training loss     prediction  accuracy     NLL     ECE   Brier  time/step  \
        with model  tuned
        Sampled                 0.0123      at centre   97.50 %  0.1250  0.0313  0.0421    12.3 us  \
          512.0 us  a = 0.03
                                        of 32 samples   98.00 %  0.0625  0.0156  0.0312
        Hot        diverged at step 37      at centre         -       -       -       -     1.0 us  \
            2.0 us  -

        Sampled: a tuned on a validation split of the training data: 0.03 of {0.01, 0.03, 0.1}; \
        b = 0.9, c = 1e-8 by default; n = 1438, the number of training examples
        Hot: a = 100 given
        """;
    assertEquals(
        expected, TrialTable.print(new TrialResult(problem, 5, List.of(SAMPLED, DIVERGED))));
  }

  @Test
  void withoutHeldOutDataThereAreNoScores() {
    Problem problem = Problems.named("quadratic").make();
    Entry entry =
        new Entry(
            "Plain",
            List.of(new Setting("a", 1, Source.TUNED, List.of(0.1, 1.0))),
            List.of(new Point(1000, 2.5e-7)),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            new Times(1e-6, 2e-6));
    String expected =
        """
        quadratic: a rotated quadratic with condition number 10000; 100 parameters, 100 training \
        examples, 1000 steps of 100 examples, seed 5

        optimizer  loss - optimum  time/step  with model  tuned
        Plain           2.500e-07     1.0 us      2.0 us  a = 1

        Plain: a tuned on the training loss: 1 of {0.1, 1}, the largest tried
        """;
    assertEquals(expected, TrialTable.print(new TrialResult(problem, 5, List.of(entry))));
  }

  @Test
  void aRateThatWasLookedForInVainIsNotCalledTuned() {
    Entry entry =
        new Entry(
            "Hopeless",
            List.of(new Setting("a", 0.1, Source.IN_VAIN, List.of(0.1, 1.0))),
            List.of(new Point(0, 2)),
            OptionalInt.of(3),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            new Times(1e-6, 2e-6));
    String text = alone(entry);
    assertTrue(text.endsWith("Hopeless: a diverged at every rate tried, {0.1, 1}\n"), text);
    assertFalse(text.contains("a = 0.1"), text);
  }

  private static String alone(Entry entry) {
    return TrialTable.print(new TrialResult(Problems.named("quadratic").make(), 5, List.of(entry)));
  }

  @Test
  void aRefusedStepIsExplained() {
    Entry entry =
        new Entry(
            "Steep",
            List.of(new Setting("a", 0.1, Source.GIVEN, List.of())),
            List.of(new Point(0, 2)),
            OptionalInt.of(3),
            Optional.of("s would be -1.0 at coordinate 7 in step 3"),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            new Times(1e-6, 2e-6));
    String text = alone(entry);
    assertTrue(text.contains("diverged at step 3"), text);
    assertTrue(
        text.endsWith("Steep: a = 0.1 given; s would be -1.0 at coordinate 7 in step 3\n"), text);
  }

  @Test
  void posteriorsAreComparedCoordinateByCoordinate() {
    Problem problem = Problems.MIXTURE.make();
    Moments exact = new Moments(1.2, 2.9, List.of(0.3));
    Entry entry =
        new Entry(
            "Narrow",
            List.of(new Setting("a", 0.1, Source.TUNED, List.of(0.1, 1.0))),
            List.of(new Point(2000, 1.5)),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(
                new Fit("from -5", 1.25, 0.05, new Moments(-3, 0.5, List.of(1.0)), exact),
                new Fit(
                    "from 5",
                    Double.NaN,
                    Double.NaN,
                    new Moments(3, Double.NaN, List.of(Double.NaN)),
                    exact)),
            new Times(1e-6, 2e-6));
    String expected =
        """
        mixture: a mixture of 0.3 N(-3, 0.5^2) and 0.7 N(3, 1); 4 parameters, 2000 steps at rates \
        that fall along half a cosine, seed 5

        optimizer  coordinate  KL(q||p)  excess     mean   exact  deviation   exact  \
        below -0.9524    exact  time/step  with model  tuned
        Narrow        from -5    1.2500  0.0500  -3.0000  1.2000     0.5000  2.9000  \
             100.00 %  30.00 %     1.0 us      2.0 us  a = 0.1
                       from 5         -       -   3.0000  1.2000          -  2.9000  \
                    -  30.00 %

        Narrow: a tuned on the divergence: 0.1 of {0.1, 1}, the smallest tried
        """;
    assertEquals(expected, TrialTable.print(new TrialResult(problem, 5, List.of(entry))));
  }
}
