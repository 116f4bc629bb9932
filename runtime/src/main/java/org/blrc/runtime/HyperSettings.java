package org.blrc.runtime;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** The hyper-parameters of an optimizer and its groups, which change between steps only. */
final class HyperSettings {

  private final HyperValues values;
  private final Stepper<?> stepper;
  private final List<ParameterGroup> groups;

  HyperSettings(HyperValues values, Stepper<?> stepper) {
    this.values = values;
    this.stepper = stepper;
    this.groups =
        IntStream.rangeClosed(1, values.groups().size())
            .<ParameterGroup>mapToObj(Group::new)
            .toList();
  }

  List<ParameterGroup> groups() {
    return groups;
  }

  /**
   * @throws IllegalArgumentException if there is none of that name
   */
  ParameterGroup group(String name) {
    return groups.get(values.group(name) - 1);
  }

  /**
   * @param group 0 for the optimizer itself
   */
  double value(int group, String name) {
    return values.at(group, index(name), stepper.stepNumber());
  }

  void set(int group, String name, double value) {
    int index = index(group, name);
    stepper.requireBetweenSteps("change hyper-parameter " + name);
    values.set(group, index, value);
  }

  void schedule(int group, String name, Schedule schedule) {
    int index = index(group, name);
    Objects.requireNonNull(schedule, "schedule");
    stepper.requireBetweenSteps("schedule hyper-parameter " + name);
    values.set(group, index, schedule);
  }

  private int index(String name) {
    return stepper.signature().hyperParameter(name);
  }

  private int index(int group, String name) {
    return group == 0 ? index(name) : stepper.signature().hyperParameterOfGroup(name);
  }

  /** A group as its user sees it. */
  private final class Group implements ParameterGroup {

    private final int place;
    private final Range range;

    Group(int place) {
      this.place = place;
      this.range = values.groups().get(place - 1);
    }

    @Override
    public String name() {
      return range.name();
    }

    @Override
    public long from() {
      return range.from();
    }

    @Override
    public long to() {
      return range.to();
    }

    @Override
    public double hyperParameter(String name) {
      return value(place, name);
    }

    @Override
    public void hyperParameter(String name, double value) {
      set(place, name, value);
    }

    @Override
    public void schedule(String name, Schedule schedule) {
      HyperSettings.this.schedule(place, name, schedule);
    }

    @Override
    public String toString() {
      return range.toString();
    }
  }
}
