package org.blrc.derive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.blrc.program.Program.CoordinateSum;
import org.blrc.symbolic.Bounds;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Walk;

/** The sums over all coordinates, each computed as soon as all that it is made of is known. */
final class SumTable {

  private record Key(boolean mean, Expr body, boolean overDraws) {}

  private final Map<Key, CoordinateSum> sums = new LinkedHashMap<>();

  /**
   * The symbol for a sum of what one draw knows.
   *
   * @param answered how many phases have to be answered before an answer is known
   */
  Sym ofDraw(boolean mean, Expr body, ToIntFunction<Sym> answered) {
    return symbol(new Key(mean, body, false), answered(body, answered));
  }

  /** How many phases of a draw have to be answered before an expression is known. */
  int answered(Expr expr, ToIntFunction<Sym> answered) {
    int after = 0;
    for (Expr part : Walk.find(expr, Sym.class::isInstance)) {
      Sym symbol = (Sym) part;
      after =
          Math.max(
              after,
              switch (symbol.kind()) {
                case ANSWER -> answered.applyAsInt(symbol);
                case LOCAL -> after(symbol);
                default -> 0;
              });
    }
    return after;
  }

  private int after(Sym symbol) {
    return sums.values().stream()
        .filter(sum -> sum.symbol().equals(symbol))
        .mapToInt(CoordinateSum::after)
        .findFirst()
        .orElse(0);
  }

  /** The symbol for a sum of means over draws, which are known after all phases of all draws. */
  Sym ofMeans(boolean mean, Expr body) {
    return symbol(new Key(mean, body, true), Integer.MAX_VALUE);
  }

  private Sym symbol(Key key, int after) {
    CoordinateSum known = sums.get(key);
    if (known == null) {
      String name =
          (key.mean() ? "average" : "sum")
              + (sums.isEmpty() ? "" : Integer.toString(sums.size() + 1));
      Domain domain = Bounds.isNonnegative(key.body()) ? Domain.NONNEGATIVE : Domain.REAL;
      known =
          new CoordinateSum(
              new Sym(Sym.Kind.LOCAL, name, -1 - sums.size(), domain),
              key.mean(),
              key.body(),
              after);
      sums.put(key, known);
    }
    return known.symbol();
  }

  /**
   * All sums in the order in which they are computed.
   *
   * @param phases how many phases a draw has
   */
  List<CoordinateSum> all(int phases) {
    List<CoordinateSum> all = new ArrayList<>();
    for (CoordinateSum sum : sums.values()) {
      int after = Math.min(sum.after(), phases + 1);
      all.add(new CoordinateSum(sum.symbol(), sum.mean(), sum.body(), after));
    }
    all.sort((left, right) -> Integer.compare(left.after(), right.after()));
    return List.copyOf(all);
  }
}
