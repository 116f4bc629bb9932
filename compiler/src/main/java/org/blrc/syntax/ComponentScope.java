package org.blrc.syntax;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.blrc.syntax.Term.Name;

/**
 * What is known where an expression over things with components is written out.
 *
 * @param counts the names of what has components, with their numbers
 * @param wholes the same of random variables, which may stand whole as well
 * @param numbers the sizes and the indices that have a value here
 * @param place the component that is stated; absent where one number is
 * @param draws whether {@code 1..n} counts draws, as in rewrites, and not components
 * @param copies how often this is written out for the sums around it
 * @param report takes what does not fit
 */
record ComponentScope(
    Map<String, Integer> counts,
    Map<String, Integer> wholes,
    Map<String, Integer> numbers,
    Optional<Place> place,
    boolean draws,
    int copies,
    Consumer<Diagnostic> report) {

  /** What is written out more often, in sums inside of sums, takes too long. */
  private static final int MOST = 10_000;

  /**
   * One component of something.
   *
   * @param number from 1
   * @param of the thing, for messages
   */
  record Place(int number, int count, String of) {}

  /** A scope for whole declarations. */
  static ComponentScope of(
      Map<String, Integer> counts, Map<String, Integer> numbers, Consumer<Diagnostic> report) {
    return new ComponentScope(counts, Map.of(), numbers, Optional.empty(), false, 1, report);
  }

  ComponentScope with(String name, int value) {
    Map<String, Integer> more = new HashMap<>(numbers);
    more.put(name, value);
    return new ComponentScope(counts, wholes, more, place, draws, copies, report);
  }

  ComponentScope withWhole(String name, int count) {
    Map<String, Integer> more = new HashMap<>(wholes);
    more.put(name, count);
    return new ComponentScope(counts, more, numbers, place, draws, copies, report);
  }

  ComponentScope without(String index) {
    Map<String, Integer> fewer = new HashMap<>(numbers);
    fewer.remove(index);
    return new ComponentScope(counts, wholes, fewer, place, draws, copies, report);
  }

  ComponentScope at(Place component) {
    return new ComponentScope(
        counts, wholes, numbers, Optional.of(component), draws, copies, report);
  }

  ComponentScope withDraws() {
    return new ComponentScope(counts, wholes, numbers, place, true, copies, report);
  }

  private ComponentScope often(int times) {
    return new ComponentScope(counts, wholes, numbers, place, draws, copies * times, report);
  }

  /** The scopes in which an index has its values, one after the other. */
  List<ComponentScope> each(Name index, Term lower, Term upper) {
    boolean taken =
        Stream.of(numbers, counts, wholes).anyMatch(names -> names.containsKey(index.text()));
    if (taken) {
      report.accept(
          Diagnostic.at(
                  index.span(),
                  Code.DUPLICATE_NAME,
                  "the index `%s` is already the name of something else".formatted(index.text()))
              .withHint("choose another name for the index"));
      return List.of(with(index.text(), 1));
    }
    Optional<Integer> from = number(lower);
    Optional<Integer> to = number(upper);
    if (from.isEmpty() || to.isEmpty()) {
      return List.of(with(index.text(), 1));
    }
    long times = 1L + to.get() - from.get();
    if (times * copies > MOST) {
      refuse(
          lower.span().to(upper.span()),
          "this is too long to be written out",
          "sums over components have at most %d terms".formatted(MOST));
      return List.of(with(index.text(), 1));
    }
    ComponentScope inside = often((int) Math.max(1, times));
    return IntStream.rangeClosed(from.get(), to.get())
        .mapToObj(value -> inside.with(index.text(), value))
        .toList();
  }

  /** A whole number that is known when a spec is read; reports what is none. */
  Optional<Integer> number(Term term) {
    Optional<Integer> number = WholeNumbers.value(term, numbers);
    if (number.isEmpty()) {
      refuse(
          term.span(),
          "`%s` is not known as a whole number here".formatted(term.span().excerpt()),
          numbers.isEmpty()
              ? "components are counted by numbers such as `3`"
              : "known are " + Spelling.list(numbers.keySet().stream().sorted().toList(), "and"));
    }
    return number;
  }

  void refuse(Span span, String message, String hint) {
    report.accept(Diagnostic.at(span, Code.SHAPE, message).withHint(hint));
  }
}
