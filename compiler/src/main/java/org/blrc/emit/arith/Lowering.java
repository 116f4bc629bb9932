package org.blrc.emit.arith;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.emit.arith.Arith.Literal;
import org.blrc.emit.arith.Arith.Negate;
import org.blrc.emit.arith.Arith.Ref;
import org.blrc.emit.arith.Source.Local;
import org.blrc.program.Program;
import org.blrc.program.Program.Answer;
import org.blrc.program.Program.Phase;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Function;
import org.blrc.symbolic.Rational;

/** Turns the expressions of one program into arithmetic. */
public final class Lowering {

  private static final Rational MINUS_ONE = Rational.of(-1);

  private final Program program;
  private final Map<Local, Arith> definitions = new LinkedHashMap<>();
  private final Map<Reduce, Arith> bodies = new LinkedHashMap<>();

  public Lowering(Program program) {
    this.program = program;
    program.scalars().forEach(scalar -> define(scalar.target(), lower(scalar.value())));
    for (Phase phase : program.phases()) {
      phase.locals().forEach(local -> define(local.target(), lower(local.value())));
    }
  }

  /** What the locals that were met stand for, in the order of their definition. */
  Map<Local, Arith> definitions() {
    return definitions;
  }

  /** The reductions that were met, each with what it reduces. */
  Map<Reduce, Arith> bodies() {
    return bodies;
  }

  void define(Sym symbol, Arith value) {
    definitions.put(new Local(symbol.kind(), symbol.name()), value);
  }

  private static IllegalArgumentException unexpected(Expr expr) {
    return new IllegalArgumentException("not part of an update program: " + expr);
  }

  public Arith lower(Expr expr) {
    return switch (expr) {
      case Expr.Num(Rational value) -> number(value);
      case Sym symbol -> symbol(symbol);
      case Expr.Component(Sym answer, int number) -> answer(answer, number);
      case Expr.Add(List<Expr> terms) -> add(terms);
      case Expr.Mul(List<Expr> factors) -> multiply(factors);
      case Expr.Pow _ -> multiply(List.of(expr));
      case Expr.Call(Function function, List<Expr> arguments) -> call(function, arguments);
      case Expr.Noise noise ->
          program.noises().stream()
              .filter(input -> input.name().equals(noise.name()))
              .map(input -> Arith.ref(new Source.NoiseValue(input)))
              .findFirst()
              .orElseThrow(() -> unexpected(noise));
      case Reduce reduce -> {
        if (!bodies.containsKey(reduce)) {
          bodies.put(reduce, lower(reduce.body()));
        }
        yield Arith.ref(new Source.Reduced(reduce));
      }
      case Expr.Vector _, Expr.Component _ -> throw unexpected(expr);
      case Expr.Oracle _, Expr.Expect _, Expr.Draw _ -> throw unexpected(expr);
    };
  }

  private Arith symbol(Sym symbol) {
    String name = symbol.name();
    return switch (symbol.kind()) {
      case CONSTANT -> Arith.ref(name.equals("pi") ? Source.Constant.PI : Source.Constant.INFINITY);
      case HYPER ->
          program.hypers().stream()
              .filter(hyper -> hyper.name().equals(name))
              .map(hyper -> Arith.ref(new Source.HyperValue(hyper)))
              .findFirst()
              .orElseThrow(() -> unexpected(symbol));
      case STATE ->
          program.states().stream()
              .filter(state -> state.name().equals(name))
              .map(state -> Arith.ref(Source.of(state)))
              .findFirst()
              .orElseThrow(() -> unexpected(symbol));
      case STEP_NUMBER -> Arith.ref(new Source.StepNumber(name));
      case ANSWER -> answer(symbol, 1);
      case LOCAL -> total(name).orElseGet(() -> local(new Local(symbol.kind(), name)));
      case NEW -> local(new Local(symbol.kind(), name));
      // Safeguard.SHARE is the only one in a program.
      case RATE -> Arith.ref(new Source.Share());
      case PARAMETER, VARIABLE, INDEX, META -> throw unexpected(symbol);
    };
  }

  private Optional<Arith> total(String name) {
    return program.sums().stream()
        .filter(sum -> sum.name().equals(name))
        .map(sum -> Arith.ref(new Source.Total(sum)))
        .findFirst();
  }

  private Arith answer(Sym symbol, int component) {
    for (Phase phase : program.phases()) {
      for (Answer answer : phase.answers()) {
        if (answer.symbol().name().equals(symbol.name())) {
          return Arith.ref(
              answer.kind().perExample()
                  ? new Source.Row(answer, component)
                  : new Source.AnswerValue(answer, component));
        }
      }
    }
    throw unexpected(symbol);
  }

  /** A local that only gives another name to something is that something. */
  private Arith local(Local local) {
    Arith value = definitions.get(local);
    return switch (value) {
      case null -> throw new IllegalArgumentException("undefined: " + local.name());
      case Ref _, Literal _ -> value;
      case Negate(Ref _) -> value;
      default -> Arith.ref(local);
    };
  }

  private static Arith number(Rational value) {
    return new Factors().times(value).product();
  }

  private Arith multiply(List<Expr> factors) {
    Factors result = new Factors();
    for (Expr factor : factors) {
      switch (factor) {
        case Expr.Num(Rational value) -> result.times(value);
        case Expr.Pow(Expr.Call(Function function, var arguments), Expr exponent)
            when function == Function.EXP
                && isNegative(exponent)
                && isNegative(arguments.getFirst()) ->
            result.times(lower(Exprs.call(function, Exprs.mul(exponent, arguments.getFirst()))));
        case Expr.Pow(Expr base, Expr exponent) when isNegative(exponent) ->
            result.dividedBy(power(base, Exprs.negate(exponent)));
        case Expr.Pow(Expr base, Expr exponent) -> result.times(power(base, exponent));
        default -> result.times(lower(factor));
      }
    }
    return result.product();
  }

  private static boolean isNegative(Expr expr) {
    return Exprs.coefficient(expr).signum() < 0;
  }

  private Arith power(Expr base, Expr exponent) {
    Arith lowered = lower(base);
    return exponent instanceof Expr.Num(Rational value)
        ? Powers.power(lowered, value).orElseGet(() -> power(lowered, number(value)))
        : power(lowered, lower(exponent));
  }

  private static Arith power(Arith base, Arith exponent) {
    return Arith.call(Operation.POW, base, exponent);
  }

  /** Writes {@code c - c exp(x)} and {@code c - c tanh(x)^2} without cancellation. */
  private Arith add(List<Expr> terms) {
    List<Arith> result = new ArrayList<>();
    Rational constant = Rational.ZERO;
    for (Expr term : terms) {
      if (term instanceof Expr.Num(Rational value)) {
        constant = constant.plus(value);
      }
    }
    for (Expr term : terms) {
      boolean cancels =
          !constant.isZero() && Exprs.coefficient(term).equals(constant.times(MINUS_ONE));
      switch (Exprs.withoutCoefficient(term)) {
        case Expr.Call(Function function, List<Expr> arguments)
            when cancels && function == Function.EXP -> {
          Arith expm1 = Arith.call(Operation.EXPM1, lower(arguments.getFirst()));
          result.add(new Factors().times(constant.times(MINUS_ONE)).times(expm1).product());
          constant = Rational.ZERO;
        }
        case Expr.Pow(Expr.Call(Function function, List<Expr> arguments), Expr exponent)
            when cancels && function == Function.TANH && exponent.equals(Exprs.TWO) -> {
          Arith cosh = Arith.call(Operation.COSH, lower(arguments.getFirst()));
          Arith square = Powers.power(cosh, Rational.of(2)).orElseThrow();
          result.add(new Factors().times(constant).dividedBy(square).product());
          constant = Rational.ZERO;
        }
        default -> {
          if (!(term instanceof Expr.Num)) {
            result.add(lower(term));
          }
        }
      }
    }
    if (!constant.isZero()) {
      result.addFirst(number(constant));
    }
    return Arith.sum(result);
  }

  private Arith call(Function function, List<Expr> arguments) {
    Expr first = arguments.getFirst();
    if (function == Function.LOG
        && first instanceof Expr.Add(var terms)
        && terms.contains(Exprs.ONE)) {
      return Arith.call(Operation.LOG1P, lower(Exprs.subtract(first, Exprs.ONE)));
    }
    List<Arith> lowered = arguments.stream().map(this::lower).toList();
    return switch (function) {
      case CLAMP ->
          Arith.call(
              Operation.MIN,
              Arith.call(Operation.MAX, lowered.get(0), lowered.get(1)),
              lowered.get(2));
      // A difference is zero only where both sides are equal, so that no branch is needed.
      case GREATER ->
          Arith.call(Operation.MAX, signOfDifference(lowered), new Literal(Rational.ZERO));
      case EQUAL ->
          Arith.sum(
              List.of(
                  new Literal(Rational.ONE),
                  Arith.negate(Arith.call(Operation.ABS, signOfDifference(lowered)))));
      default -> new Arith.Call(Operation.valueOf(function.name()), lowered);
    };
  }

  private static Arith signOfDifference(List<Arith> sides) {
    Arith difference = Arith.sum(List.of(sides.getFirst(), Arith.negate(sides.getLast())));
    return Arith.call(Operation.SIGN, difference);
  }
}
