package org.blrc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ParameterGroupTest {

  private static final float[] ONES = {1, 1, 1, 1, 1, 1};

  private static Descent descent() {
    return Descent.builder()
        .state("m", new float[6])
        .group("last", 4, 6, Map.of("alpha", 3.0))
        .group("second", 1, 2, Map.of("sigma", 2.0))
        .build();
  }

  private static void step(Descent optimizer) {
    try (Evaluation<float[]> evaluation = optimizer.evaluate()) {
      evaluation.gradient(ONES);
    }
    optimizer.step();
  }

  @Test
  void aGroupHasValuesOfItsOwnAndTheOthersOfTheOptimizer() {
    Descent optimizer = descent();
    step(optimizer);
    assertArrayEquals(new float[] {-1, -1, -1, -1, -3, -3}, optimizer.state("m"));
    optimizer.hyperParameter("alpha", 2);
    step(optimizer);
    assertArrayEquals(new float[] {-3, -3, -3, -3, -6, -6}, optimizer.state("m"));
    optimizer.group("second").hyperParameter("alpha", 5);
    step(optimizer);
    assertArrayEquals(new float[] {-5, -8, -5, -5, -9, -9}, optimizer.state("m"));
    assertEquals(2, optimizer.hyperParameter("alpha"));
    assertEquals(5, optimizer.group("second").hyperParameter("alpha"));
    assertEquals(0, optimizer.group("last").hyperParameter("sigma"));
  }

  @Test
  void initialStatesDependOnTheValuesOfTheGroup() {
    assertArrayEquals(new float[] {0, 200, 0, 0, 0, 0}, descent().state("number of steps"));
  }

  @Test
  void groupsAreListedAsDeclared() {
    Descent optimizer = descent();
    assertEquals("[group last (4 to 6), group second (1 to 2)]", optimizer.groups().toString());
    assertEquals("last", optimizer.groups().getFirst().name());
    assertEquals(4, optimizer.groups().getFirst().from());
    assertEquals(6, optimizer.groups().getFirst().to());
    ThrownBy.illegalArgument(
        "Descent has no group first; it has last, second", () -> optimizer.group("first"));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Descent.Builder builder = Descent.builder();
    builder.group("a", 2, 5, Map.of());
    ThrownBy.illegalArgument(
        "group b (4 to 6) overlaps group a (2 to 5)", () -> builder.group("b", 4, 6, Map.of()));
    ThrownBy.illegalArgument("two groups of the name a", () -> builder.group("a", 7, 8, Map.of()));
    ThrownBy.illegalArgument("no coordinates", () -> builder.group("c", 7, 7, Map.of()));
    ThrownBy.illegalArgument("no coordinates", () -> builder.group("c", -1, 7, Map.of()));
    ThrownBy.illegalArgument(
        "no hyper-parameter beta", () -> builder.group("c", 7, 8, Map.of("beta", 1.0)));
    ThrownBy.illegalArgument(
        "alpha = 10.0 lies outside (0, 10)", () -> builder.group("c", 7, 8, Map.of("alpha", 10.0)));
    builder.state("m", new float[4]);
    ThrownBy.illegalState("group a (2 to 5) ends beyond the dimension, 4", builder::build);
  }

  @Test
  void changesWaitForTheEndOfTheStep() {
    Descent optimizer = descent();
    ParameterGroup group = optimizer.group("last");
    try (Evaluation<float[]> evaluation = optimizer.evaluate()) {
      ThrownBy.illegalState("an evaluation is open", () -> group.hyperParameter("alpha", 1));
      evaluation.gradient(ONES);
    }
    ThrownBy.illegalState("inside a step", () -> group.schedule("alpha", Schedule.constant(1)));
  }
}
