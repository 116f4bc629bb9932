package org.blrc.symbolic;

import java.util.List;
import java.util.Optional;
import org.blrc.symbolic.Expr.Add;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Call;
import org.blrc.symbolic.Expr.Component;
import org.blrc.symbolic.Expr.Draw;
import org.blrc.symbolic.Expr.Expect;
import org.blrc.symbolic.Expr.Mul;
import org.blrc.symbolic.Expr.Noise;
import org.blrc.symbolic.Expr.Num;
import org.blrc.symbolic.Expr.Oracle;
import org.blrc.symbolic.Expr.Pow;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Expr.Vector;

/**
 * Total orders of expressions. Symbols compare by where they were declared, never by spelling
 * first, so that renaming the identifiers of a spec leaves the shape of every expression as it was.
 */
final class ExprOrder {

  private ExprOrder() {}

  /** Factors: numbers, coefficients, then what varies with the coordinate. */
  static int compareFactors(Expr left, Expr right) {
    int byWeight = Integer.compare(weight(left), weight(right));
    return byWeight != 0 ? byWeight : compare(left, right);
  }

  /** Terms: numbers, then terms with states, then other varying terms, then coefficients alone. */
  static int compareTerms(Expr left, Expr right) {
    int byClass = Integer.compare(termClass(left), termClass(right));
    if (byClass != 0) {
      return byClass;
    }
    int bySize = Integer.compare(Walk.size(left), Walk.size(right));
    if (bySize != 0) {
      return bySize;
    }
    int byLast = compare(Exprs.factors(left).getLast(), Exprs.factors(right).getLast());
    return byLast != 0 ? byLast : compare(left, right);
  }

  private static int termClass(Expr term) {
    if (term instanceof Num) {
      return 0;
    }
    int heaviest = heaviest(Exprs.factors(term));
    if (heaviest >= 5) {
      return heaviest;
    }
    // 1 - rho + ..., but s + gamma.
    return Exprs.coefficient(term).signum() < 0 ? 1 : 9;
  }

  /** How far an expression is from being a plain number. */
  private static int weight(Expr expr) {
    return switch (expr) {
      case Num _ -> 0;
      case Sym symbol ->
          switch (symbol.kind()) {
            case CONSTANT -> 1;
            case RATE -> 2;
            case HYPER -> 3;
            case STEP_NUMBER -> 4;
            case PARAMETER, STATE -> 5;
            case NEW -> 6;
            case VARIABLE, INDEX, META, LOCAL -> 7;
            case ANSWER -> 8;
          };
      case Add(List<Expr> terms) -> heaviest(terms);
      case Mul(List<Expr> factors) -> heaviest(factors);
      case Pow(Expr base, Expr exponent) -> Math.max(weight(base), weight(exponent));
      case Call(_, List<Expr> arguments) -> heaviest(arguments);
      case Vector(List<Expr> components) -> heaviest(components);
      case Component(Expr of, _) -> weight(of);
      case Noise _, Draw _ -> 7;
      case Oracle _, Expect _, Reduce _ -> 8;
    };
  }

  private static int heaviest(List<Expr> parts) {
    int heaviest = 0;
    for (Expr part : parts) {
      heaviest = Math.max(heaviest, weight(part));
    }
    return heaviest;
  }

  @SuppressWarnings("ReferenceEquality") // Only saves work where both are one object.
  static int compare(Expr left, Expr right) {
    if (left == right) {
      return 0;
    }
    int byShape = Integer.compare(shape(left), shape(right));
    if (byShape != 0) {
      return byShape;
    }
    return switch (left) {
      case Num(Rational value) -> value.compareTo(((Num) right).value());
      case Sym symbol -> compareSymbols(symbol, (Sym) right);
      case Add(List<Expr> terms) -> compareLists(terms, ((Add) right).terms());
      case Mul(List<Expr> factors) -> compareLists(factors, ((Mul) right).factors());
      case Pow(Expr base, Expr exponent) ->
          firstDifference(
              compare(base, ((Pow) right).base()), compare(exponent, ((Pow) right).exponent()));
      case Call(Function function, List<Expr> arguments) ->
          firstDifference(
              function.compareTo(((Call) right).function()),
              compareLists(arguments, ((Call) right).arguments()));
      case Vector(List<Expr> components) -> compareLists(components, ((Vector) right).components());
      case Component(Expr of, int number) ->
          firstDifference(
              compare(of, ((Component) right).of()),
              Integer.compare(number, ((Component) right).number()));
      case Oracle oracle -> compareOracles(oracle, (Oracle) right);
      case Expect(Sym variable, Expr body) ->
          firstDifference(
              compareSymbols(variable, ((Expect) right).variable()),
              compare(body, ((Expect) right).body()));
      case Reduce reduce -> compareReductions(reduce, (Reduce) right);
      case Draw(Sym variable, Expr index) ->
          firstDifference(
              compareSymbols(variable, ((Draw) right).variable()),
              compare(index, ((Draw) right).index()));
      case Noise noise -> {
        Noise other = (Noise) right;
        yield firstDifference(
            Integer.compare(noise.rank(), other.rank()),
            compareOptional(noise.index(), other.index()),
            noise.name().compareTo(other.name()));
      }
    };
  }

  private static int shape(Expr expr) {
    return switch (expr) {
      case Num _ -> 0;
      case Sym _ -> 1;
      case Noise _ -> 2;
      case Draw _ -> 3;
      case Pow _ -> 4;
      case Mul _ -> 5;
      case Add _ -> 6;
      case Call _ -> 7;
      case Oracle _ -> 8;
      case Expect _ -> 9;
      case Reduce _ -> 10;
      case Component _ -> 11;
      case Vector _ -> 12;
    };
  }

  private static int compareSymbols(Sym left, Sym right) {
    return firstDifference(
        left.kind().compareTo(right.kind()),
        Integer.compare(left.rank(), right.rank()),
        left.name().compareTo(right.name()));
  }

  private static int compareOracles(Oracle left, Oracle right) {
    return firstDifference(
        Integer.compare(left.rank(), right.rank()),
        Integer.compare(left.order(), right.order()),
        compareOptional(left.example(), right.example()),
        compare(left.point(), right.point()),
        compareOptional(left.direction(), right.direction()),
        left.function().compareTo(right.function()));
  }

  private static int compareReductions(Reduce left, Reduce right) {
    return firstDifference(
        Boolean.compare(left.mean(), right.mean()),
        compareAxes(left.axis(), right.axis()),
        compareSymbols(left.index(), right.index()),
        compare(left.body(), right.body()));
  }

  private static int compareAxes(Axis left, Axis right) {
    return switch (left) {
      case Axis.Data data ->
          right instanceof Axis.Data other
              ? firstDifference(
                  Integer.compare(data.rank(), other.rank()), data.name().compareTo(other.name()))
              : -1;
      case Axis.Batch(Axis.Data data) ->
          switch (right) {
            case Axis.Data _ -> 1;
            case Axis.Batch(Axis.Data other) -> compareAxes(data, other);
            case Axis.Draws _, Axis.Coordinates _ -> -1;
          };
      case Axis.Draws(Expr count) ->
          switch (right) {
            case Axis.Data _, Axis.Batch _ -> 1;
            case Axis.Draws(Expr other) -> compare(count, other);
            case Axis.Coordinates _ -> -1;
          };
      case Axis.Coordinates _ -> right instanceof Axis.Coordinates ? 0 : 1;
    };
  }

  private static int compareLists(List<Expr> left, List<Expr> right) {
    // From the end: the last factor tells more about a term than its coefficient.
    for (int i = 1; i <= Math.min(left.size(), right.size()); i++) {
      int difference = compare(left.get(left.size() - i), right.get(right.size() - i));
      if (difference != 0) {
        return difference;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static int compareOptional(Optional<Expr> left, Optional<Expr> right) {
    if (left.isPresent() && right.isPresent()) {
      return compare(left.get(), right.get());
    }
    return Boolean.compare(left.isPresent(), right.isPresent());
  }

  private static int firstDifference(int... differences) {
    for (int difference : differences) {
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }
}
