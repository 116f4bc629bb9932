package org.blrc.symbolic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Draw;
import org.blrc.symbolic.Expr.Expect;
import org.blrc.symbolic.Expr.Oracle;
import org.blrc.symbolic.Expr.Reduce;

/**
 * The steps in which a random expression is built on a stack. An operation that lacks operands does
 * nothing, so that every list of tokens makes an expression, and a shorter list a smaller one.
 */
enum Token {
  X(Samples.X),
  Y(Samples.Y),
  P(Samples.P),
  Q(Samples.Q),
  U(Samples.U),
  N(Samples.N),
  ONE(Exprs.ONE),
  MINUS_TWO(Exprs.num(-2)),
  TWO_THIRDS(Exprs.num(Rational.of(2, 3))),
  LOSS(new Oracle("ell", 0, 1, Optional.empty(), Samples.X)),
  ADD((left, right) -> Exprs.add(left, right)),
  SUBTRACT(Exprs::subtract),
  MULTIPLY((left, right) -> Exprs.mul(left, right)),
  DIVIDE((left, right) -> Normal.isZero(right) ? left : Exprs.divide(left, right)),
  SQUARE(Exprs::square),
  CUBE(operand -> Exprs.pow(operand, Exprs.num(3))),
  NEGATE(Exprs::negate),
  SHIFT(operand -> Exprs.add(Exprs.ONE, operand)),
  POSITIVE(operand -> Exprs.add(Exprs.ONE, Exprs.square(operand))),
  ROOT(operand -> Exprs.sqrt(nonnegative(operand))),
  CUBE_ROOT(operand -> Exprs.pow(nonnegative(operand), Exprs.num(Rational.of(1, 3)))),
  POWER((left, right) -> Exprs.pow(positive(left), right)),
  EXP(Function.EXP),
  LOG(operand -> Exprs.call(Function.LOG, positive(operand))),
  ABS(Function.ABS),
  SIGN(Function.SIGN),
  SIN(Function.SIN),
  COS(Function.COS),
  TANH(Function.TANH),
  SIGMOID(Function.SIGMOID),
  SOFTPLUS(Function.SOFTPLUS),
  EXPM1(Function.EXPM1),
  LOG1P(operand -> Exprs.call(Function.LOG1P, nonnegative(operand))),
  SUM(operand -> overData(false, operand)),
  MEAN(operand -> overData(true, operand)),
  DRAWS(operand -> overDraws(operand)),
  EXPECTATION(operand -> expectation(operand));

  static final Token[] SMOOTH = all(EnumSet.complementOf(EnumSet.of(ABS, SIGN, EXPECTATION)));

  private final int operands;
  private final BinaryOperator<Expr> step;

  Token(Expr leaf) {
    this.operands = 0;
    this.step = (_, _) -> leaf;
  }

  Token(Function function) {
    this(operand -> Exprs.call(function, operand));
  }

  Token(UnaryOperator<Expr> step) {
    this.operands = 1;
    this.step = (operand, _) -> step.apply(operand);
  }

  Token(BinaryOperator<Expr> step) {
    this.operands = 2;
    this.step = step;
  }

  private static Token[] all(EnumSet<Token> tokens) {
    return tokens.toArray(Token[]::new);
  }

  static Expr build(List<Token> tokens) {
    WorkBudget.reset();
    Deque<Expr> stack = new ArrayDeque<>();
    for (Token token : tokens) {
      if (stack.size() >= token.operands) {
        Expr right = token.operands > 0 ? stack.pop() : null;
        Expr left = token.operands > 1 ? stack.pop() : right;
        stack.push(token.step.apply(left, right));
      }
    }
    return stack.isEmpty() ? Exprs.ZERO : stack.pop();
  }

  private static Expr positive(Expr operand) {
    return Bounds.isPositive(operand) ? operand : Exprs.add(Samples.P, Exprs.square(operand));
  }

  private static Expr nonnegative(Expr operand) {
    return Bounds.isNonnegative(operand) ? operand : positive(operand);
  }

  /** The operand with the gradient of an example's loss in place of x, over all examples. */
  private static Expr overData(boolean mean, Expr operand) {
    if (Walk.contains(operand, part -> part instanceof Reduce(_, _, Axis.Data _, _))) {
      return operand;
    }
    Oracle gradient = new Oracle("ell", 0, 1, Optional.of(Samples.EXAMPLE), Samples.X);
    return new Reduce(
        mean, Samples.EXAMPLE, Samples.DATA, Walk.substitute(operand, Samples.X, gradient));
  }

  private static Expr overDraws(Expr operand) {
    if (Walk.contains(operand, part -> part instanceof Reduce(_, _, Axis.Draws _, _))) {
      return operand;
    }
    Draw draw = new Draw(Samples.VARIABLE, Samples.NUMBER);
    return new Reduce(
        true, Samples.NUMBER, new Axis.Draws(Exprs.TWO), Walk.substitute(operand, Samples.Y, draw));
  }

  private static Expr expectation(Expr operand) {
    return Walk.contains(operand, part -> part instanceof Expect)
        ? operand
        : new Expect(Samples.VARIABLE, Walk.substitute(operand, Samples.Y, Samples.VARIABLE));
  }
}
