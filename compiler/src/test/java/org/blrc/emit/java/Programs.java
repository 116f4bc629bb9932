package org.blrc.emit.java;

import static org.blrc.program.ProgramBuilder.T;
import static org.blrc.program.ProgramBuilder.batchMean;
import static org.blrc.symbolic.Exprs.ONE;
import static org.blrc.symbolic.Exprs.TWO;
import static org.blrc.symbolic.Exprs.ZERO;
import static org.blrc.symbolic.Exprs.add;
import static org.blrc.symbolic.Exprs.call;
import static org.blrc.symbolic.Exprs.divide;
import static org.blrc.symbolic.Exprs.mul;
import static org.blrc.symbolic.Exprs.num;
import static org.blrc.symbolic.Exprs.pow;
import static org.blrc.symbolic.Exprs.sqrt;
import static org.blrc.symbolic.Exprs.square;
import static org.blrc.symbolic.Exprs.subtract;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.blrc.program.Program;
import org.blrc.program.Program.Answer;
import org.blrc.program.Program.AnswerKind;
import org.blrc.program.Program.Assign;
import org.blrc.program.Program.Phase;
import org.blrc.program.ProgramBuilder;
import org.blrc.program.ZooPrograms;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Distribution;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Expr.Sym.Kind;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Function;
import org.blrc.symbolic.Rational;

/** Update programs written by hand: published algorithms, and shapes that none of them has. */
public final class Programs {

  private Programs() {}

  /** All of them, by a label for reports. */
  public static Map<String, Program> all() {
    Map<String, Program> programs = new LinkedHashMap<>();
    programs.put("rmsprop", rmsprop());
    programs.put("rmsprop with accumulators", ZooPrograms.rmsprop());
    programs.put("adam", adam());
    programs.put("newton", newton());
    programs.put("ogn", ogn());
    programs.put("vogn", ZooPrograms.vogn());
    programs.put("ivon", ZooPrograms.ivon());
    programs.put("ivon squared", ivonSquared());
    programs.put("bsam", ZooPrograms.bsam());
    programs.put("log scale", logScale());
    programs.put("binary", binary());
    programs.put("two noises", twoNoises());
    programs.put("nonlinear batch", nonlinearBatch());
    programs.put("two phases without draws", twoPhases());
    programs.put("batch in the first phase", batchFirst());
    programs.put("norms", norms());
    programs.put("sums in one pass", sumsInOnePass());
    programs.put("norms of draws", normsOfDraws());
    programs.put("norms of examples' means", normsOfBatches());
    programs.put("swap", swap());
    programs.put("powers", powers());
    programs.put("names that languages have", taken());
    return programs;
  }

  static Program rmsprop() {
    ProgramBuilder b = new ProgramBuilder("RMSprop");
    Sym alpha = b.hyper("alpha", Domain.POSITIVE, 1e-3);
    Sym rho = b.hyper("rho", Domain.UNIT, 0.01);
    Sym delta = b.hyper("delta", Domain.POSITIVE, 1e-8);
    Sym m = b.state("m");
    Sym s = b.state("s", ZERO);
    Sym g = b.ask(m, AnswerKind.GRADIENT, "g");
    Sym sNew = b.update(s, mix(rho, s, square(g)));
    b.update(m, subtract(m, divide(mul(alpha, g), add(sqrt(sNew), delta))));
    return b.build(m);
  }

  static Program adam() {
    ProgramBuilder b = new ProgramBuilder("Adam");
    Sym alpha = b.hyper("alpha", Domain.POSITIVE, 1e-3);
    Sym beta1 = b.hyper("beta1", Domain.UNIT, 0.9);
    Sym beta2 = b.hyper("beta2", Domain.UNIT, 0.999);
    Sym delta = b.hyper("delta", Domain.POSITIVE, 1e-8);
    Sym m = b.state("m");
    Sym v = b.state("v", ZERO);
    Sym s = b.state("s", ZERO);
    Sym first = b.scalar("first", subtract(ONE, pow(beta1, T)));
    Sym second = b.scalar("second", subtract(ONE, pow(beta2, T)));
    Sym g = b.ask(m, AnswerKind.GRADIENT, "g");
    Sym vNew = b.update(v, mix(subtract(ONE, beta1), v, g));
    Sym sNew = b.update(s, mix(subtract(ONE, beta2), s, square(g)));
    Expr step = divide(divide(vNew, first), add(sqrt(divide(sNew, second)), delta));
    b.update(m, subtract(m, mul(alpha, step)));
    return b.build(m);
  }

  static Program newton() {
    ProgramBuilder b = new ProgramBuilder("Newton");
    Sym rho = b.hyper("rho", Domain.UNIT, 1);
    Sym m = b.state("m");
    Sym s = b.state("s", ONE);
    Sym g = b.symbol(Kind.ANSWER, "g", Domain.REAL);
    Sym hessian = b.symbol(Kind.ANSWER, "H", Domain.REAL);
    b.phase(
        new Phase(
            List.of(),
            m,
            List.of(
                new Answer(g, "ell", AnswerKind.GRADIENT),
                new Answer(hessian, "ell", AnswerKind.HESSIAN_DIAGONAL))));
    Sym sNew = b.update(s, mix(rho, s, hessian));
    b.update(m, subtract(m, divide(mul(rho, g), sNew)));
    return b.build(m);
  }

  static Program ogn() {
    ProgramBuilder b = new ProgramBuilder("OGN");
    Sym alpha = b.hyper("alpha", Domain.POSITIVE);
    Sym rho = b.hyper("rho", Domain.UNIT, 0.05);
    Sym gamma = b.hyper("gamma", Domain.POSITIVE, 1);
    Sym n = b.hyper("N", Domain.POSITIVE);
    Sym m = b.state("m");
    Sym s = b.state("s", ZERO);
    Sym g = b.ask(m, AnswerKind.PER_EXAMPLE_GRADIENTS, "g");
    Sym sNew = b.update(s, mix(rho, s, mul(n, batchMean(square(g)))));
    Expr gradient = add(mul(n, batchMean(g)), mul(gamma, m));
    b.update(m, subtract(m, divide(mul(alpha, gradient), add(sNew, gamma))));
    return b.build(m);
  }

  static Program ivonSquared() {
    ProgramBuilder b = new ProgramBuilder("IVON-squared");
    Sym alpha = b.hyper("alpha", Domain.POSITIVE);
    Sym beta1 = b.hyper("beta1", Domain.UNIT, 0.9);
    Sym rho = b.hyper("rho", Domain.UNIT, 1e-5);
    Sym n = b.hyper("N", Domain.POSITIVE);
    Sym delta = b.hyper("delta", Domain.NONNEGATIVE, 1e-4);
    Domain aboveZero = new Domain(0, false, Double.POSITIVE_INFINITY, true);
    Sym clip = b.hyper("clip", aboveZero, Double.POSITIVE_INFINITY);
    Sym m = b.state("m");
    Sym v = b.state("v", ZERO);
    Sym h = b.state("h", ONE);
    Expr eps = b.noise("eps", Distribution.STANDARD_NORMAL);
    b.samples(ONE);
    Expr point = add(m, divide(eps, sqrt(mul(n, add(h, delta)))));
    Sym g = b.ask(point, AnswerKind.GRADIENT, "g");
    Sym mean = b.accumulate("gHat", g);
    Sym squares = b.accumulate("hHat", mul(n, square(g)));
    Sym vNew = b.update(v, mix(subtract(ONE, beta1), v, mean));
    Expr correction =
        divide(mul(square(rho), square(subtract(h, squares))), mul(TWO, add(h, delta)));
    Sym hNew = b.update(h, add(mix(rho, h, squares), correction));
    Expr debiased = divide(vNew, subtract(ONE, pow(beta1, T)));
    Expr ratio = divide(add(debiased, mul(delta, m)), add(hNew, delta));
    b.update(m, subtract(m, mul(alpha, call(Function.CLAMP, ratio, Exprs.negate(clip), clip))));
    return b.build(m);
  }

  /** The state is the logarithm of the standard deviation; its start depends on N. */
  static Program logScale() {
    ProgramBuilder b = new ProgramBuilder("log scale");
    Sym rho = b.hyper("rho", Domain.UNIT, 0.1);
    Sym n = b.hyper("N", Domain.POSITIVE, 10);
    Sym m = b.state("m");
    Sym ls = b.state("ls", mul(fraction(-1, 2), call(Function.LOG, n)));
    Expr eps = b.noise("eps", Distribution.STANDARD_NORMAL);
    b.samples(num(2));
    Sym g = b.ask(add(m, mul(call(Function.EXP, ls), eps)), AnswerKind.GRADIENT, "g");
    Sym mean = b.accumulate("gHat", mul(n, g));
    Sym curvature = b.accumulate("hHat", divide(mul(eps, g, n), call(Function.EXP, ls)));
    Expr variance = call(Function.EXP, mul(TWO, ls));
    Expr change = subtract(mul(variance, call(Function.MAX, curvature, ZERO)), ONE);
    Sym lsNew =
        b.update(ls, subtract(ls, mul(Exprs.HALF, call(Function.LOG, add(ONE, mul(rho, change))))));
    Expr precision = call(Function.EXP, mul(num(-2), lsNew));
    b.update(m, subtract(m, divide(mul(rho, mean), precision)));
    return b.build(m);
  }

  /** Bernoulli weights relaxed with uniform noise; the rest is no state. */
  static Program binary() {
    ProgramBuilder b = new ProgramBuilder("binary");
    Sym rho = b.hyper("rho", Domain.UNIT, 0.01);
    Sym tau = b.hyper("tau", Domain.POSITIVE, 1);
    Sym n = b.hyper("N", Domain.POSITIVE, 4);
    Sym l = b.state("l");
    Expr u = b.noise("u", Distribution.UNIFORM);
    b.samples(n);
    Expr logit = mul(Exprs.HALF, call(Function.LOG, divide(u, subtract(ONE, u))));
    Sym w = b.symbol(Kind.LOCAL, "w", Domain.REAL);
    Assign relaxed = new Assign(w, call(Function.TANH, divide(add(l, logit), tau)));
    Sym g = b.ask(List.of(relaxed), w, AnswerKind.GRADIENT, "g");
    Expr scale = mul(tau, subtract(ONE, square(call(Function.TANH, l))));
    Sym mean = b.accumulate("gHat", divide(mul(g, subtract(ONE, square(w))), scale));
    b.update(l, subtract(mul(subtract(ONE, rho), l), mul(rho, n, mean)));
    return b.build(call(Function.TANH, l));
  }

  /** Two noise inputs, one of them drawn from the unit interval, needed at both places. */
  static Program twoNoises() {
    ProgramBuilder b = new ProgramBuilder("two noises");
    Sym rho = b.hyper("rho", Domain.UNIT, 0.1);
    Sym m = b.state("m");
    Sym s = b.state("s", ONE);
    Expr eps = b.noise("eps", Distribution.STANDARD_NORMAL);
    Expr u = b.noise("u", Distribution.UNIFORM);
    b.samples(TWO);
    Expr point = add(m, mul(eps, u), divide(subtract(u, Exprs.HALF), s));
    Sym g = b.ask(point, AnswerKind.PER_EXAMPLE_GRADIENTS, "g");
    Sym mean = b.accumulate("a", batchMean(mul(g, eps)));
    Sym other = b.accumulate("b", mul(u, batchMean(g)));
    b.update(s, add(mix(rho, s, square(mean)), fraction(1, 3)));
    b.update(m, subtract(m, mul(rho, other)));
    return b.build(m);
  }

  /** The square of a batch mean, beside the batch mean itself. */
  static Program nonlinearBatch() {
    ProgramBuilder b = new ProgramBuilder("nonlinear batch");
    Sym rho = b.hyper("rho", Domain.UNIT, 0.1);
    Sym m = b.state("m");
    Sym s = b.state("s", ONE);
    Expr eps = b.noise("eps", Distribution.STANDARD_NORMAL);
    b.samples(ONE);
    Sym g = b.ask(add(m, eps), AnswerKind.PER_EXAMPLE_GRADIENTS, "g");
    Sym squared = b.accumulate("squared", square(batchMean(g)));
    Sym twice = b.accumulate("twice", mul(TWO, rho, batchMean(g)));
    Sym total = b.accumulate("total", new Expr.Reduce(false, index(), axis(), mul(s, g)));
    b.update(s, mix(rho, s, squared));
    b.update(m, subtract(m, add(twice, mul(num(Rational.of(1, 1000)), total))));
    return b.build(m);
  }

  /** The second point depends on the first answer, and so does the update. */
  static Program twoPhases() {
    ProgramBuilder b = new ProgramBuilder("ascent");
    Sym alpha = b.hyper("alpha", Domain.POSITIVE, 0.1);
    Sym r = b.hyper("r", Domain.POSITIVE, 0.05);
    Sym m = b.state("m");
    Sym first = b.ask(m, AnswerKind.GRADIENT, "g1");
    Sym e = b.symbol(Kind.LOCAL, "e", Domain.REAL);
    Assign ascent = new Assign(e, mul(r, first));
    Sym second = b.ask(List.of(ascent), add(m, e), AnswerKind.GRADIENT, "g2");
    b.update(m, subtract(m, mul(alpha, add(second, mul(e, first)))));
    return b.build(m);
  }

  /** Per-example answers of the first phase are needed in the second and in the update. */
  static Program batchFirst() {
    ProgramBuilder b = new ProgramBuilder("batch first");
    Sym alpha = b.hyper("alpha", Domain.POSITIVE, 0.1);
    Sym m = b.state("m");
    Sym s = b.state("s", ONE);
    Sym first = b.ask(m, AnswerKind.PER_EXAMPLE_GRADIENTS, "g1");
    Sym second = b.ask(add(m, mul(alpha, batchMean(first))), AnswerKind.GRADIENT, "g2");
    b.update(s, add(s, batchMean(square(first))));
    b.update(m, subtract(m, mul(alpha, second)));
    return b.build(m);
  }

  /** Sums of states, of an answer, and of a point that a sum is part of. */
  static Program norms() {
    ProgramBuilder b = new ProgramBuilder("norms");
    Sym alpha = b.hyper("alpha", Domain.POSITIVE, 0.1);
    Sym r = b.hyper("r", Domain.POSITIVE, 0.05);
    Sym m = b.state("m");
    Sym size = b.sum("size", square(m), 0);
    Sym first = b.ask(divide(m, sqrt(size)), AnswerKind.GRADIENT, "g1");
    Sym slope = b.sum("slope", square(mul(alpha, first)), 1);
    Sym second = b.ask(add(m, divide(mul(r, first), sqrt(slope))), AnswerKind.GRADIENT, "g2");
    Sym both = b.sum("both", mul(first, second, divide(ONE, slope)), 2);
    b.update(m, subtract(m, mul(alpha, second, call(Function.MIN, ONE, both))));
    return b.build(m);
  }

  /** Sums that are taken in one pass, one that needs another, and some that belong to draws. */
  static Program sumsInOnePass() {
    ProgramBuilder b = new ProgramBuilder("sums in one pass");
    Sym alpha = b.hyper("alpha", Domain.POSITIVE, 0.1);
    Sym m = b.state("m");
    Sym s = b.state("s", ONE);
    Expr eps = b.noise("eps", Distribution.STANDARD_NORMAL);
    b.samples(TWO);
    Expr x = add(m, mul(alpha, eps));
    Sym squares = b.sum("squares", square(x), 0);
    Sym products = b.sum("products", mul(s, square(x)), 0);
    Sym scaled = b.sum("scaled", square(divide(m, sqrt(squares))), 0);
    Sym first = b.ask(divide(x, sqrt(products)), AnswerKind.GRADIENT, "g1");
    Sym second = b.ask(add(m, divide(first, sqrt(scaled))), AnswerKind.GRADIENT, "g2");
    Sym mean = b.accumulate("mean", mul(first, second));
    Sym total = b.sum("total", square(add(mean, m)), 3);
    Sym other = b.sum("other", mul(square(mean), s), 3);
    b.update(s, add(s, mul(alpha, divide(square(mean), total))));
    b.update(m, subtract(m, divide(mul(alpha, mean), sqrt(other))));
    return b.build(m);
  }

  /** Sums of noise, of a draw's answer and of means over the draws. */
  static Program normsOfDraws() {
    ProgramBuilder b = new ProgramBuilder("norms of draws");
    Sym alpha = b.hyper("alpha", Domain.POSITIVE, 0.1);
    Sym m = b.state("m");
    Sym s = b.state("s", ONE);
    Expr eps = b.noise("eps", Distribution.STANDARD_NORMAL);
    b.samples(TWO);
    Sym length = b.sum("length", square(eps), 0);
    Sym first = b.ask(add(m, divide(eps, sqrt(length))), AnswerKind.GRADIENT, "g1");
    Sym slope = b.sum("slope", square(first), 1);
    Sym second = b.ask(add(m, divide(first, sqrt(slope))), AnswerKind.GRADIENT, "g2");
    Sym last = b.sum("last", square(mul(s, second)), 2);
    Sym mean = b.accumulate("mean", divide(mul(first, second), sqrt(last)));
    Sym total = b.sum("total", square(add(mean, m)), 3);
    b.update(s, add(s, mul(alpha, divide(square(mean), total))));
    b.update(m, subtract(m, divide(mul(alpha, mean), sqrt(total))));
    return b.build(m);
  }

  /** What is added up is made of the answers for single examples, of either phase. */
  static Program normsOfBatches() {
    ProgramBuilder b = new ProgramBuilder("norms of batches");
    Sym alpha = b.hyper("alpha", Domain.POSITIVE, 0.1);
    Sym m = b.state("m");
    Sym first = b.ask(m, AnswerKind.PER_EXAMPLE_GRADIENTS, "g1");
    Expr mean = batchMean(square(first));
    Sym slope = b.sum("slope", square(mean), 1);
    Expr point = add(m, mul(alpha, divide(mean, sqrt(slope))));
    Sym second = b.ask(point, AnswerKind.PER_EXAMPLE_GRADIENTS, "g2");
    Sym last = b.sum("last", square(add(mean, batchMean(second))), 2);
    b.update(m, subtract(m, mul(alpha, divide(batchMean(second), sqrt(last)))));
    return b.build(m);
  }

  /** Keywords, functions and macros, and letters that a language may not know. */
  static Program taken() {
    ProgramBuilder b = new ProgramBuilder("float");
    Sym rate = b.hyper("NULL", Domain.POSITIVE, 0.1);
    Sym damping = b.hyper("threadIdx", Domain.POSITIVE, 0.5);
    Sym scale = b.hyper("sqrt", Domain.POSITIVE, 2);
    Sym m = b.state("\u03b8");
    Sym s = b.state("while", ONE);
    Sym h = b.state("register", ONE);
    Expr eps = b.noise("count", Distribution.STANDARD_NORMAL);
    b.samples(ONE);
    Sym g = b.ask(add(m, divide(eps, sqrt(add(square(s), damping)))), AnswerKind.GRADIENT, "y0");
    Sym mean = b.accumulate("unsigned", mul(g, eps));
    b.update(s, add(s, mul(rate, square(mean))));
    b.update(h, add(h, mul(scale, rate)));
    b.update(m, subtract(m, divide(mul(rate, mean), sqrt(add(square(s), h)))));
    return b.build(m);
  }

  /** Old values are needed after the state was written. */
  static Program swap() {
    ProgramBuilder b = new ProgramBuilder("swap");
    Sym m = b.state("m");
    Sym s = b.state("s", ONE);
    Sym k = b.state("k", TWO);
    Sym g = b.ask(m, AnswerKind.GRADIENT, "g");
    b.update(m, s);
    b.update(s, add(m, g));
    b.update(k, mul(m, k));
    return b.build(m);
  }

  /** Every function and power, and the step number by itself. */
  static Program powers() {
    ProgramBuilder b = new ProgramBuilder("powers");
    Sym p = b.hyper("p", Domain.POSITIVE, 1.7);
    Sym m = b.state("m");
    Sym g = b.ask(m, AnswerKind.GRADIENT, "g");
    Expr x = b.local("x", add(ONE, square(g)));
    Expr sum =
        add(
            divide(ONE, T),
            divide(g, mul(num(3), T)),
            pow(x, num(5)),
            pow(x, fraction(3, 2)),
            pow(x, fraction(-1, 2)),
            pow(x, num(-3)),
            pow(x, fraction(1, 3)),
            pow(x, p),
            pow(x, Exprs.negate(p)),
            pow(p, g),
            num(new Rational(BigInteger.TEN.pow(12), BigInteger.ONE)),
            mul(fraction(-2, 7), x),
            mul(num(Rational.of(1, 1 << 20)), g));
    for (Function function : Function.values()) {
      sum =
          switch (function) {
            case LGAMMA, DIGAMMA, TRIGAMMA -> add(sum, call(function, x));
            case NDTRI -> add(sum, call(function, call(Function.SIGMOID, g)));
            case BESSEL_RATIO_INVERSE -> add(sum, call(function, call(Function.TANH, g)));
            case LOG1P -> add(sum, call(function, x));
            case LOGADDEXP -> add(sum, call(function, g, p));
            case POLYGAMMA -> add(sum, call(function, num(3), x));
            case GAMMAINC, GAMMAINCC, GAMMAINC_DA, GAMMAINC_DX -> add(sum, call(function, p, x));
            case BESSEL_I0INC, BESSEL_I0INC_DK, BESSEL_I0INC_DX -> add(sum, call(function, p, g));
            case ATAN2 -> add(sum, call(function, g, p));
            case PDTRIK -> add(sum, call(function, call(Function.SIGMOID, g), x));
            case GAMMAINCINV, BESSEL_I0INCINV ->
                add(sum, call(function, x, call(Function.SIGMOID, g)));
            case BETAINC, BETAINC_DX -> add(sum, call(function, p, x, call(Function.SIGMOID, g)));
            case LOG -> add(sum, call(function, x), call(function, add(ONE, x)));
            case ATANH -> add(sum, call(function, divide(g, x)));
            case MIN, MAX -> add(sum, call(function, g, p));
            case CLAMP -> add(sum, call(function, g, Exprs.negate(p), p));
            case EXP -> add(sum, call(function, g), subtract(call(function, mul(p, g)), ONE));
            default -> add(sum, call(function, g));
          };
    }
    b.update(m, add(mul(Exprs.PI, m), mul(num(Rational.of(1, 10)), sum)));
    return b.build(m);
  }

  /** (1 - rate) old + rate value. */
  private static Expr mix(Expr rate, Expr old, Expr value) {
    return add(mul(subtract(ONE, rate), old), mul(rate, value));
  }

  private static Expr fraction(long numerator, long denominator) {
    return num(Rational.of(numerator, denominator));
  }

  private static Sym index() {
    return ((Expr.Reduce) batchMean(ONE)).index();
  }

  private static Expr.Axis axis() {
    return ((Expr.Reduce) batchMean(ONE)).axis();
  }
}
