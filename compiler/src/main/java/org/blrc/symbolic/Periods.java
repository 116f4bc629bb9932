package org.blrc.symbolic;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.blrc.symbolic.Expr.Call;
import org.blrc.symbolic.Expr.Num;
import org.blrc.symbolic.Expr.Oracle;
import org.blrc.symbolic.Expr.Sym;

/** Which expressions certainly have the period 2 pi. */
public final class Periods {

  /** Those of which the last argument is an angle. */
  private static final Set<Function> OF_ANGLES =
      EnumSet.of(Function.SIN, Function.COS, Function.BESSEL_I0INC_DK, Function.BESSEL_I0INC_DX);

  private Periods() {}

  /**
   * Whether an expression is the same where an angle is a turn further. Of functions that are known
   * only from outside this is taken for granted.
   */
  public static boolean isPeriodic(Expr expr, Sym angle) {
    if (expr.equals(angle)) {
      return false;
    }
    return switch (expr) {
      case Call(Function function, List<Expr> arguments) when OF_ANGLES.contains(function) ->
          isAngle(arguments.getLast(), angle)
              && arguments.stream()
                  .limit(arguments.size() - 1L)
                  .allMatch(each -> isPeriodic(each, angle));
      case Oracle oracle ->
          isAngle(oracle.point(), angle)
              && oracle.direction().map(along -> isPeriodic(along, angle)).orElse(true);
      default -> Walk.children(expr).stream().allMatch(child -> isPeriodic(child, angle));
    };
  }

  /** Whether an expression goes whole turns where the angle goes one. */
  private static boolean isAngle(Expr expr, Sym angle) {
    Optional<List<Expr>> linear = Normal.coefficients(expr, angle, 1);
    return linear
        .map(
            each ->
                each.get(1) instanceof Num(Rational turns)
                    && turns.isInteger()
                    && isPeriodic(each.getFirst(), angle))
        .orElseGet(() -> isPeriodic(expr, angle));
  }
}
