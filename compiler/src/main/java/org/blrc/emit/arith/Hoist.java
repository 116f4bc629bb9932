package org.blrc.emit.arith;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.blrc.emit.arith.Arith.Hoisted;
import org.blrc.emit.arith.Arith.Literal;
import org.blrc.emit.arith.Arith.Negate;
import org.blrc.emit.arith.Arith.Product;
import org.blrc.emit.arith.Arith.Ref;
import org.blrc.emit.arith.Arith.Sum;
import org.blrc.emit.arith.Source.Local;

/** Marks the largest parts that are the same for all coordinates. */
final class Hoist {

  private final Map<Local, Arith> definitions;
  private final Map<Local, Boolean> scalars = new HashMap<>();

  Hoist(Map<Local, Arith> definitions) {
    this.definitions = definitions;
  }

  /** What a local stands for, unmarked. */
  Arith definition(Local local) {
    return definitions.get(local);
  }

  /** Whether a local is the same for all coordinates. */
  boolean isScalar(Local local) {
    Boolean known = scalars.get(local);
    if (known == null) {
      known = invariant(definitions.get(local));
      scalars.put(local, known);
    }
    return known;
  }

  /** Whether a value depends on hyper-parameters, the step number and sums alone. */
  boolean invariant(Arith arith) {
    return switch (arith) {
      case Ref(Source source) ->
          switch (source) {
            case Source.HyperValue _,
                Source.StepNumber _,
                Source.Constant _,
                Source.Total _,
                Source.SharedValue _,
                Source.SharedNext _,
                Source.Share _ ->
                true;
            // They keep their names in the loop, so that a mean is seen to be one.
            case Source.DrawWeight _, Source.ExampleWeight _ -> false;
            case Source.Element _ -> false;
            case Local local -> isScalar(local);
          };
      default -> arith.children().stream().allMatch(this::invariant);
    };
  }

  Arith mark(Arith arith) {
    if (invariant(arith)) {
      return switch (arith) {
        case Literal _, Ref _ -> arith;
        case Negate(Arith operand) -> Arith.negate(mark(operand));
        default -> new Hoisted(arith);
      };
    }
    return switch (arith) {
      case Sum(List<Arith> terms) -> sum(terms);
      case Product(List<Arith> over, List<Arith> under) -> product(over, under);
      default -> arith.mapChildren(this::mark);
    };
  }

  private Arith sum(List<Arith> terms) {
    List<Arith> constant = terms.stream().filter(this::invariant).toList();
    if (constant.size() < 2) {
      return Arith.sum(terms.stream().map(this::mark).toList());
    }
    List<Arith> marked = new ArrayList<>();
    for (Arith term : terms) {
      if (term.equals(constant.getFirst())) {
        marked.add(mark(Arith.sum(constant)));
      } else if (!constant.contains(term)) {
        marked.add(mark(term));
      }
    }
    return Arith.sum(marked);
  }

  private Arith product(List<Arith> over, List<Arith> under) {
    List<Arith> factors = over.stream().filter(this::invariant).toList();
    List<Arith> divisors = under.stream().filter(this::invariant).toList();
    if (isPlain(factors, divisors)) {
      return Arith.product(markAll(over), markAll(under));
    }
    List<Arith> marked = new ArrayList<>();
    marked.add(mark(Arith.product(factors, divisors)));
    marked.addAll(markAll(over.stream().filter(factor -> !invariant(factor)).toList()));
    return Arith.product(
        marked, markAll(under.stream().filter(divisor -> !invariant(divisor)).toList()));
  }

  /** Whether there is nothing to compute beforehand. */
  private static boolean isPlain(List<Arith> factors, List<Arith> divisors) {
    boolean numbers =
        factors.stream().allMatch(Literal.class::isInstance)
            && divisors.stream().allMatch(Literal.class::isInstance);
    return numbers || (divisors.isEmpty() && factors.size() == 1);
  }

  private List<Arith> markAll(List<Arith> parts) {
    return parts.stream().map(this::mark).toList();
  }
}
