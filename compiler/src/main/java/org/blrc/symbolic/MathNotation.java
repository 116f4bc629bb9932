package org.blrc.symbolic;

import java.util.Optional;

/** Expressions in a notation with fonts and subscripts. */
interface MathNotation extends Notation<String>, Typesetting {

  String infinity();

  @Override
  default String symbol(Expr.Sym symbol) {
    String name = symbol.equals(Exprs.INFINITY) ? infinity() : name(symbol.name());
    return symbol.kind() == Expr.Sym.Kind.NEW ? renewed(name) : name;
  }

  @Override
  default String draw(Expr.Draw draw) {
    return subscript(name(draw.variable().name()), expression(draw.index()));
  }

  @Override
  default String noise(Expr.Noise noise) {
    String name = name(noise.name());
    return noise.index().map(index -> subscript(name, expression(index))).orElse(name);
  }

  /** The name of a loss, with the example whose loss it is. */
  default String loss(Expr.Oracle oracle) {
    String name = name(oracle.function());
    return oracle.example().map(index -> subscript(name, expression(index))).orElse(name);
  }

  /** The direction of a product of the Hessian with a vector. */
  default String factor(Expr.Oracle oracle, String direction) {
    return oracle.direction().orElseThrow() instanceof Expr.Add
        ? ((Notation<String>) this).brackets(direction)
        : direction;
  }

  @Override
  default String reduction(Expr.Reduce reduction, String body, Optional<String> size) {
    String index = name(reduction.index().name());
    String sum =
        switch (reduction.axis()) {
          case Expr.Axis.Data(String name, _, _) -> sumOver(index, upright(name));
          case Expr.Axis.Batch _ -> sumOver(index, name("B"));
          case Expr.Axis.Draws _ -> sumTo(index, size.orElseThrow());
          case Expr.Axis.Coordinates _ -> throw Notation.notANorm(reduction);
        };
    if (!reduction.mean()) {
      return row(sum, body);
    }
    String count =
        switch (reduction.axis()) {
          case Expr.Axis.Data(_, _, Expr number) -> expression(number);
          case Expr.Axis.Batch _ -> cardinality(name("B"));
          case Expr.Axis.Draws _ -> size.orElseThrow();
          case Expr.Axis.Coordinates _ -> throw Notation.notANorm(reduction);
        };
    return row(fraction(number(1), count), sum, body);
  }

  /** The name of a set, in letters that stand upright where there are several. */
  String upright(String name);

  /** The sign of a sum over the elements of a set. */
  String sumOver(String index, String set);

  /** The sign of a sum from 1 on. */
  String sumTo(String index, String last);

  /** The number of elements of a set. */
  String cardinality(String set);
}
