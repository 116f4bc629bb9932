package org.blrc.trial;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Examples: an input and a label each. Inputs are shared, not copied. */
final class Dataset {

  /** One example; the label is 0 where there are no classes. */
  private static final class Example {
    final double[] input;
    final int label;

    Example(double[] input, int label) {
      this.input = input;
      this.label = label;
    }
  }

  /** Two disjoint parts of a data set. */
  record Split(Dataset first, Dataset second) {}

  private final List<Example> examples;

  private Dataset(List<Example> examples) {
    this.examples = List.copyOf(examples);
  }

  /** Pairs inputs with labels. */
  static Dataset of(List<double[]> inputs, List<Integer> labels) {
    if (inputs.size() != labels.size()) {
      throw new IllegalArgumentException(inputs.size() + " inputs, " + labels.size() + " labels");
    }
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      examples.add(new Example(inputs.get(i), labels.get(i)));
    }
    return new Dataset(examples);
  }

  int size() {
    return examples.size();
  }

  double[] input(int index) {
    return examples.get(index).input;
  }

  int label(int index) {
    return examples.get(index).label;
  }

  /** The same labels with other inputs. */
  Dataset map(UnaryOperator<double[]> transform) {
    return new Dataset(
        examples.stream().map(e -> new Example(transform.apply(e.input), e.label)).toList());
  }

  /**
   * Cuts off a share of every class, rounded to whole examples, as the second part. Which examples
   * these are depends on the seed alone.
   */
  Split split(double share, long seed) {
    TreeMap<Integer, List<Example>> classes = new TreeMap<>();
    for (Example example : examples) {
      classes.computeIfAbsent(example.label, label -> new ArrayList<>()).add(example);
    }
    Random random = new Random(seed);
    List<Example> first = new ArrayList<>();
    List<Example> second = new ArrayList<>();
    for (List<Example> members : classes.values()) {
      Collections.shuffle(members, random);
      int cut = (int) Math.round(share * members.size());
      second.addAll(members.subList(0, cut));
      first.addAll(members.subList(cut, members.size()));
    }
    return new Split(new Dataset(first), new Dataset(second));
  }
}
