package org.blrc.trial;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.blrc.program.Program;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Declaration.Rates;
import org.blrc.syntax.Term;
import org.blrc.syntax.Term.Operator;

/**
 * What hyper-parameters are to a problem, read off where they stand in the spec.
 *
 * @param sizes those that stand for the number of training examples
 * @param rates those that set the rate of the mean's update, in the order of the spec
 */
public record Roles(Set<String> sizes, List<String> rates) {

  public Roles {
    sizes = Set.copyOf(sizes);
    rates = List.copyOf(rates);
  }

  /**
   * A size is the length of a data axis, or the only hyper-parameter without a default that
   * multiplies the loss. A rate occurs in the rate of a state that the mean depends on.
   */
  public static Roles of(Declaration.Optimizer spec, Program program) {
    List<String> hypers = program.hypers().stream().map(Program.Hyper::name).toList();
    Set<String> sizes = new HashSet<>();
    spec.data().forEach(axis -> names(axis.size(), sizes::add));
    Set<String> factors = new HashSet<>();
    factors(spec.loss(), factors::add);
    Set<String> scales =
        program.hypers().stream()
            .filter(hyper -> hyper.byDefault().isEmpty())
            .map(Program.Hyper::name)
            .filter(factors::contains)
            .collect(Collectors.toSet());
    if (scales.size() == 1) {
      sizes.addAll(scales);
    }
    sizes.retainAll(hypers);
    Set<String> rates = new HashSet<>();
    switch (spec.rates()) {
      case Rates.Common common -> names(common.value(), rates::add);
      case Rates.Blocks blocks ->
          blocks.values().stream()
              .filter(block -> dependsOn(program.rest(), block.name().text()))
              .forEach(block -> names(block.value(), rates::add));
    }
    return new Roles(sizes, hypers.stream().filter(rates::contains).toList());
  }

  private static boolean dependsOn(Expr mean, String state) {
    return Walk.contains(
        mean,
        part ->
            part instanceof Sym symbol
                && symbol.kind() == Sym.Kind.STATE
                && symbol.name().equals(state));
  }

  /** The names that are factors of a product as a whole. */
  private static void factors(Term term, Consumer<String> found) {
    switch (term) {
      case Term.Reference reference -> found.accept(reference.name());
      case Term.Binary binary when binary.operator() == Operator.MULTIPLY -> {
        factors(binary.left(), found);
        factors(binary.right(), found);
      }
      case Term.Binary binary when binary.operator() == Operator.DIVIDE ->
          factors(binary.left(), found);
      default -> {}
    }
  }

  /** The names that occur in arithmetic. */
  private static void names(Term term, Consumer<String> found) {
    switch (term) {
      case Term.Literal _, Term.Compact _ -> {}
      case Term.Reference reference -> found.accept(reference.name());
      case Term.Negate negate -> names(negate.operand(), found);
      case Term.Binary binary -> {
        names(binary.left(), found);
        names(binary.right(), found);
      }
      case Term.Apply apply -> apply.arguments().forEach(a -> names(a.value(), found));
      case Term.Expectation expectation -> names(expectation.body(), found);
      case Term.Reduction reduction -> names(reduction.body(), found);
    }
  }
}
