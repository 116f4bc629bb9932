package org.blrc.diff;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.blrc.derive.Grade;
import org.blrc.derive.Replacement;

/**
 * An assumption that separates two derivations.
 *
 * @param subject what it is about
 * @param left what the left derivation assumes; absent where it assumes nothing of the kind
 */
public record Difference(
    Kind kind, String subject, Optional<Assumption> left, Optional<Assumption> right) {

  /** How the assumptions differ. */
  public enum Kind {
    /** What the specs declare: another problem, or another step. */
    DECLARED,
    /** A rule of one side alone, or rules that take the place of each other. */
    RULE,
    /** The same rule with other arguments. */
    ARGUMENTS,
    /** The same rule at another place among the others. */
    ORDER
  }

  /** The index of the first step at which it shows. */
  int first() {
    return Stream.of(left, right)
        .flatMap(Optional::stream)
        .flatMapToInt(each -> each.step().stream())
        .min()
        .orElse(0);
  }

  /**
   * What one side assumes.
   *
   * @param step the index of its step, from 0
   * @param text as the spec writes it
   * @param grade of a rule
   * @param rewrites of a rule, as they were declared
   * @param replacements what a rule replaced, without repetition
   */
  public record Assumption(
      OptionalInt step,
      String text,
      Optional<Grade> grade,
      Optional<String> source,
      List<String> rewrites,
      List<Replacement> replacements) {

    public Assumption {
      rewrites = List.copyOf(rewrites);
      replacements = List.copyOf(replacements);
    }
  }
}
