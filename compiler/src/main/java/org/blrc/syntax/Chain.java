package org.blrc.syntax;

import java.util.List;
import java.util.function.BiFunction;
import org.blrc.symbolic.Rational;
import org.blrc.syntax.Term.Operator;

/**
 * A sum or a product as it stands in the text: operands with operators between them. It is read
 * from left to right; where it is long, as a balanced tree with the same value, so that nothing
 * that follows the tree needs a stack as deep as the chain is long.
 *
 * @param operators one less than there are operands
 * @param span from one operand to another, brackets included
 */
record Chain(
    List<Term> operands, List<Operator> operators, BiFunction<Integer, Integer, Span> span) {

  /** Up to this many operands, nothing is balanced. */
  static final int LONG = 16;

  Term term() {
    return term(0, operands.size() - 1, operands.getFirst());
  }

  /**
   * @param first what stands for the operand {@code from}
   * @param to the last operand
   */
  private Term term(int from, int to, Term first) {
    if (to - from < LONG) {
      Term result = first;
      for (int i = from + 1; i <= to; i++) {
        result =
            new Term.Binary(span.apply(from, i), operators.get(i - 1), result, operands.get(i));
      }
      return result;
    }
    int middle = (from + to + 1) >>> 1;
    Term operand = operands.get(middle);
    Span place = operand.span();
    Term left = term(from, middle - 1, first);
    return switch (operators.get(middle - 1)) {
      case ADD -> join(Operator.ADD, from, to, left, term(middle, to, operand));
      case SUBTRACT ->
          join(Operator.ADD, from, to, left, term(middle, to, new Term.Negate(place, operand)));
      case MULTIPLY -> join(Operator.MULTIPLY, from, to, left, term(middle, to, operand));
      case DIVIDE -> {
        Term one = new Term.Literal(place, Rational.ONE);
        Term inverse = new Term.Binary(place, Operator.DIVIDE, one, operand);
        yield join(Operator.MULTIPLY, from, to, left, term(middle, to, inverse));
      }
      case POWER -> throw new IllegalArgumentException("powers make no chain");
    };
  }

  private Term join(Operator operator, int from, int to, Term left, Term right) {
    return new Term.Binary(span.apply(from, to), operator, left, right);
  }
}
