package org.blrc.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The values of all hyper-parameters, for the optimizer and for each of its groups. A value is a
 * number or a schedule; in a group it may be absent.
 */
final class HyperValues {

  private final Signature signature;
  private final List<Range> groups;

  /** By group and hyper-parameter; the first row is the optimizer's. NaN where absent. */
  private final double[][] numbers;

  /** As above; null where there is none. */
  private final Schedule[][] schedules;

  /** What holds in the current step. */
  private double[][] current;

  /** Where the values of the next step are put, so that none is taken unless all can be. */
  private double[][] next;

  /**
   * @throws IllegalArgumentException if a value lies outside its domain
   */
  HyperValues(Signature signature, double[] values, List<Range> groups) {
    this.signature = signature;
    this.groups = groups;
    List<HyperParameter> hypers = signature.hyperParameters();
    if (values.length != hypers.size()) {
      throw new IllegalArgumentException(
          "%s has %d hyper-parameters; %d values are given"
              .formatted(signature.name(), hypers.size(), values.length));
    }
    numbers = new double[1 + groups.size()][];
    numbers[0] = values.clone();
    for (int group = 1; group < numbers.length; group++) {
      numbers[group] =
          groups.get(group - 1).values().stream().mapToDouble(Double::doubleValue).toArray();
    }
    schedules = new Schedule[numbers.length][hypers.size()];
    current = new double[numbers.length][hypers.size()];
    next = new double[numbers.length][hypers.size()];
    for (int i = 0; i < values.length; i++) {
      hypers.get(i).check(values[i]);
    }
    begin(1);
  }

  /** All values for a group, in the order of the signature. */
  double[] current(int group) {
    return current[group];
  }

  /**
   * Takes the values for a step.
   *
   * @throws IllegalArgumentException if a schedule gives a value outside the domain
   */
  void begin(long step) {
    evaluate(numbers, step, next);
    double[][] before = current;
    current = next;
    next = before;
  }

  /**
   * Takes the values for the step that follows, which {@link #next} gives until a step begins.
   *
   * @throws IllegalArgumentException if a schedule gives a value outside the domain
   */
  void prepare(long step) {
    evaluate(numbers, step, next);
  }

  /** All values for a group in the step that was prepared. */
  double[] next(int group) {
    return next[group];
  }

  private void evaluate(double[][] of, long step, double[][] result) {
    for (int group = 0; group < result.length; group++) {
      for (int hyper = 0; hyper < result[group].length; hyper++) {
        result[group][hyper] = at(of, group, hyper, step);
      }
    }
  }

  double at(int group, int hyper, long step) {
    return at(numbers, group, hyper, step);
  }

  private double at(double[][] of, int group, int hyper, long step) {
    Schedule schedule = schedules[group][hyper];
    if (schedule != null) {
      return checked(group, hyper, schedule.at(step), step);
    }
    boolean inherits = group > 0 && Double.isNaN(of[group][hyper]);
    return inherits ? at(of, 0, hyper, step) : of[group][hyper];
  }

  private double checked(int group, int hyper, double value, long step) {
    HyperParameter described = signature.hyperParameters().get(hyper);
    if (!described.contains(value)) {
      throw new IllegalArgumentException(
          "the schedule of %s%s gives %s in step %d, outside %s"
              .formatted(
                  described.name(),
                  group == 0 ? "" : " in " + groups.get(group - 1),
                  value,
                  step,
                  described.interval()));
    }
    return value;
  }

  void set(int group, int hyper, double value) {
    numbers[group][hyper] = signature.hyperParameters().get(hyper).check(value);
    schedules[group][hyper] = null;
  }

  void set(int group, int hyper, Schedule schedule) {
    schedules[group][hyper] = schedule;
  }

  /** The schedule of a hyper-parameter; null if it has none. */
  Schedule schedule(int group, int hyper) {
    return schedules[group][hyper];
  }

  /** The numbers, by group; NaN where a group has none of its own. */
  List<List<Double>> numbers() {
    return Arrays.stream(numbers).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }

  /**
   * Replaces the numbers by saved ones, once what is returned is run; schedules stay. All that can
   * fail is done before, schedules included.
   *
   * @param step the step that comes next
   * @throws IllegalArgumentException if a value lies outside its domain
   */
  Runnable restoring(List<List<Double>> saved, long step) {
    double[][] restored = new double[numbers.length][];
    for (int group = 0; group < restored.length; group++) {
      restored[group] = saved.get(group).stream().mapToDouble(Double::doubleValue).toArray();
      for (int hyper = 0; hyper < restored[group].length; hyper++) {
        if (group == 0 || !Double.isNaN(restored[group][hyper])) {
          signature.hyperParameters().get(hyper).check(restored[group][hyper]);
        }
      }
    }
    double[][] then = new double[numbers.length][signature.hyperParameters().size()];
    evaluate(restored, step, then);
    return () -> {
      System.arraycopy(restored, 0, numbers, 0, numbers.length);
      current = then;
    };
  }

  List<Range> groups() {
    return groups;
  }

  /** The place of a group, from 1. */
  int group(String name) {
    List<String> names = new ArrayList<>();
    for (Range range : groups) {
      names.add(range.name());
    }
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "%s has no group %s; it has %s"
              .formatted(
                  signature.name(), name, names.isEmpty() ? "none" : String.join(", ", names)));
    }
    return 1 + index;
  }
}
