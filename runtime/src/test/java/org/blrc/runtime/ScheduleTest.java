package org.blrc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ScheduleTest {

  private static double[] values(Schedule schedule, int steps) {
    return LongStream.rangeClosed(1, steps).mapToDouble(schedule::at).toArray();
  }

  @Test
  void standardSchedules() {
    assertArrayEquals(new double[] {3, 3}, values(Schedule.constant(3), 2));
    assertArrayEquals(
        new double[] {1, 0.75, 0.5, 0.25, 0, 0}, values(Schedule.linear(1, 0, 4), 6), 1e-15);
    double half = Math.sqrt(0.5);
    assertArrayEquals(
        new double[] {3, 2 + half, 2, 2 - half, 1, 1}, values(Schedule.cosine(3, 1, 4), 6), 1e-15);
  }

  @Test
  void bothEndsAreMetExactly() {
    for (double last : new double[] {1e-18, 1e-3, 0.3}) {
      for (Schedule schedule :
          new Schedule[] {Schedule.linear(0.1, last, 7), Schedule.cosine(0.1, last, 7)}) {
        assertEquals(0.1, schedule.at(1));
        assertEquals(last, schedule.at(8));
        assertEquals(last, schedule.at(1000));
      }
    }
  }

  @Test
  void schedulesAreComposed() {
    Schedule steps = Schedule.constant(4).then(2, Schedule.linear(3, 1, 2)).then(4, _ -> 9);
    assertArrayEquals(new double[] {4, 4, 3, 2, 9, 9}, values(steps, 6));
    Schedule warm = Schedule.linear(4, 0, 4).warmedUp(3);
    assertArrayEquals(new double[] {1, 2, 3, 4, 3, 2, 1, 0}, values(warm, 8), 1e-15);
    ThrownBy.illegalArgument("0 steps", () -> Schedule.constant(1).warmedUp(0));
    ThrownBy.illegalArgument("-1 steps", () -> Schedule.linear(1, 2, -1));
  }

  @Test
  void aScheduleGivesTheValueOfEachStep() {
    Descent optimizer =
        Descent.builder().state("m", new float[2]).group("b", 1, 2, Map.of()).build();
    optimizer.schedule("alpha", step -> step);
    optimizer.group("b").schedule("alpha", Schedule.linear(9, 5, 4));
    float[] gradient = {1, 1};
    float[][] expected = {{-1, -9}, {-3, -17}, {-6, -24}};
    for (int step = 1; step <= 3; step++) {
      assertEquals(step, optimizer.hyperParameter("alpha"));
      assertEquals(10 - step, optimizer.group("b").hyperParameter("alpha"));
      try (Evaluation<float[]> evaluation = optimizer.evaluate()) {
        evaluation.gradient(gradient);
      }
      optimizer.step();
      assertArrayEquals(expected[step - 1], optimizer.state("m"));
    }
    optimizer.hyperParameter("alpha", 0.5);
    assertEquals(0.5, optimizer.hyperParameter("alpha"));
    assertEquals(6, optimizer.group("b").hyperParameter("alpha"));
  }

  @Test
  void aValueOutsideItsDomainIsNamedAndNothingHappens() {
    Descent optimizer =
        Descent.builder().state("m", new float[2]).group("b", 1, 2, Map.of()).build();
    optimizer.group("b").schedule("alpha", step -> 8 + step);
    optimizer.steps(1, 1);
    ThrownBy.illegalArgument(
        "the schedule of alpha in group b (1 to 2) gives 10.0 in step 2, outside (0, 10)",
        optimizer::evaluate);
    assertEquals(1, optimizer.steps());
    optimizer.group("b").hyperParameter("alpha", 1);
    optimizer.steps(1, 1);
    optimizer.schedule("sigma", _ -> Double.NaN);
    ThrownBy.illegalArgument(
        "the schedule of sigma gives NaN in step 3, outside [0, Infinity)", optimizer::evaluate);
  }
}
