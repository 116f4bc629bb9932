package org.blrc.symbolic;

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
}
