package org.blrc.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.blrc.syntax.ComponentNames;
import org.blrc.syntax.Declaration.Rule;

/**
 * What the names mean in one place of a spec.
 *
 * @param known the names that may be used
 * @param barred names that are declared, but not for use here, with the reason
 * @param rule whose body this is, if it is one
 * @param update whether the parts of an update ({@code E}, {@code grad}, {@code new}, ...) may be
 *     used
 */
record Names(
    Map<String, Meaning> known, Map<String, String> barred, Optional<Rule> rule, boolean update) {

  /** Only the constants. */
  static final Names CONSTANTS = new Names(Map.of(), Map.of(), Optional.empty(), false).constants();

  Optional<Meaning> find(String name) {
    return Optional.ofNullable(known.get(name));
  }

  Optional<String> whyNot(String name) {
    return Optional.ofNullable(barred.get(name));
  }

  Names with(String name, Meaning meaning) {
    Map<String, Meaning> more = new HashMap<>(known);
    more.put(name, meaning);
    return new Names(Map.copyOf(more), barred, rule, update);
  }

  Names with(Map<String, Meaning> meanings) {
    Map<String, Meaning> more = new HashMap<>(known);
    more.putAll(meanings);
    return new Names(Map.copyOf(more), barred, rule, update);
  }

  /**
   * With the random variable, or with each of its components and the whole.
   *
   * @param components their number; absent where it is one number
   */
  Names withVariable(String name, Optional<Integer> components) {
    if (components.isEmpty()) {
      return with(name, Meaning.VARIABLE);
    }
    Names names = with(name, Meaning.VECTOR);
    for (int k = 1; k <= components.get(); k++) {
      names = names.with(ComponentNames.of(name, k), Meaning.VARIABLE);
    }
    return names;
  }

  /** The same names, but for one that may not be used, for a reason that ends a sentence. */
  Names without(String name, String reason) {
    return without(Map.of(name, reason));
  }

  /** The same names, but for those that may not be used, with the reasons. */
  Names without(Map<String, String> names) {
    Map<String, Meaning> fewer = new HashMap<>(known);
    fewer.keySet().removeAll(names.keySet());
    Map<String, String> reasons = new HashMap<>(barred);
    reasons.putAll(names);
    return new Names(Map.copyOf(fewer), Map.copyOf(reasons), rule, update);
  }

  /** The same names in the body of a rule. */
  Names inBody(Rule of) {
    return new Names(known, barred, Optional.of(of), update);
  }

  /** With everything that rewrites may use. */
  Names inUpdate() {
    return new Names(known, barred, rule, true)
        .with(Vocabulary.STEP_NUMBER, Meaning.STEP_NUMBER)
        .with(Vocabulary.RATE, Meaning.RATE)
        .with(Vocabulary.LOG_RESPONSIBILITY, Meaning.FUNCTION);
  }

  /** The declared names, for hints. */
  Set<String> candidates() {
    Set<String> names = new TreeSet<>(known.keySet());
    names.removeAll(Vocabulary.CONSTANTS);
    names.remove(Vocabulary.STEP_NUMBER);
    names.remove(Vocabulary.LOG_RESPONSIBILITY);
    return names;
  }

  /** The data axes, for hints. */
  Set<String> axes() {
    return having(meaning -> meaning == Meaning.AXIS);
  }

  /** What can stand where a state is expected, for hints. */
  Set<String> states() {
    return having(Meaning::canBeState);
  }

  /** The declared functions of the random variable, for hints. */
  Set<String> lossFunctions() {
    Set<String> names = having(Meaning::canBeApplied);
    names.remove(Vocabulary.LOG_RESPONSIBILITY);
    return names;
  }

  /** The names that can be applied, for hints. */
  Set<String> functions() {
    Set<String> names = new TreeSet<>(Vocabulary.FUNCTIONS.keySet());
    names.addAll(lossFunctions());
    if (update) {
      names.addAll(Vocabulary.UPDATE_FUNCTIONS);
    }
    return names;
  }

  private Set<String> having(Predicate<Meaning> property) {
    return known.entrySet().stream()
        .filter(entry -> property.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Names constants() {
    Names result = this;
    for (String constant : Vocabulary.CONSTANTS) {
      result = result.with(constant, Meaning.CONSTANT);
    }
    return result;
  }
}
