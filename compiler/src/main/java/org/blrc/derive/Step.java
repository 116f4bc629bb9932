package org.blrc.derive;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Typesetting;

/**
 * One step of a derivation.
 *
 * @param justification why it holds, or what is approximated
 * @param source where to read about it
 * @param replacements what a rule replaced, place by place; absent for steps that are no rules
 * @param rule the rule that the step applies, or whose relaxation it is; absent for other steps
 */
public record Step(
    String title,
    List<Line> lines,
    Prose justification,
    Optional<String> source,
    Grade grade,
    Optional<List<Replacement>> replacements,
    Optional<AppliedRule> rule) {

  /** A step that is no rule. */
  Step(String title, List<Line> lines, Prose justification, Optional<String> source, Grade grade) {
    this(title, lines, justification, source, grade, Optional.empty(), Optional.empty());
  }

  /** At how many places a rule was applied; absent for steps that are no rules. */
  public Optional<Integer> fired() {
    return replacements.map(List::size);
  }

  /** What a step shows. */
  public sealed interface Line {

    /** {@code left = right}. */
    record Equation(Quantity left, Expr right) implements Line {}

    /** {@code left = before} becomes {@code left = after}. */
    record Change(Quantity left, Expr before, Expr after) implements Line {}

    /** {@code from ~> to}, as the rule was written. */
    record Rule(String text) implements Line {}

    /** What is said in words. */
    sealed interface Note extends Line {

      String text();
    }

    /** A remark. */
    record Remark(String text) implements Note {}

    /**
     * The heading of lines about a component of a mixture.
     *
     * @param number from 1
     */
    record Component(int number) implements Note {

      @Override
      public String text() {
        return "component " + number;
      }
    }
  }

  /** The left side of an equation, in each notation; set when it is asked for. */
  public static final class Label {

    private final String text;
    private final Function<Typesetting, String> set;

    private Label(String text, Function<Typesetting, String> set) {
      this.text = text;
      this.set = set;
    }

    static Label of(Expr expr) {
      return of(ExprPrinter.TEXT.print(expr), notation -> notation.expression(expr));
    }

    static Label of(String text, Function<Typesetting, String> set) {
      return new Label(text, set);
    }

    public String text() {
      return text;
    }

    public String latex() {
      return set.apply(Typesetting.LATEX);
    }

    public String mathMl() {
      return set.apply(Typesetting.MATHML);
    }
  }
}
