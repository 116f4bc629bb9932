package org.blrc.program;

import static org.blrc.program.ProgramBuilder.T;
import static org.blrc.program.ProgramBuilder.batchMean;
import static org.blrc.symbolic.Exprs.ONE;
import static org.blrc.symbolic.Exprs.TWO;
import static org.blrc.symbolic.Exprs.ZERO;
import static org.blrc.symbolic.Exprs.add;
import static org.blrc.symbolic.Exprs.call;
import static org.blrc.symbolic.Exprs.divide;
import static org.blrc.symbolic.Exprs.mul;
import static org.blrc.symbolic.Exprs.negate;
import static org.blrc.symbolic.Exprs.num;
import static org.blrc.symbolic.Exprs.pow;
import static org.blrc.symbolic.Exprs.sqrt;
import static org.blrc.symbolic.Exprs.square;
import static org.blrc.symbolic.Exprs.subtract;

import java.util.List;
import org.blrc.program.Program.AnswerKind;
import org.blrc.program.Program.Assign;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Distribution;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Expr.Sym.Kind;
import org.blrc.symbolic.Function;

/** Update programs of published algorithms, written down from their equations. */
public final class ZooPrograms {

  private ZooPrograms() {}

  public static Program rmsprop() {
    ProgramBuilder b = new ProgramBuilder("RMSprop");
    Sym alpha = b.hyper("alpha", Domain.POSITIVE, 1e-3);
    Sym rho = b.hyper("rho", Domain.UNIT, 0.01);
    Sym delta = b.hyper("delta", Domain.POSITIVE, 1e-8);
    Sym m = b.state("m");
    Sym s = b.state("s", ZERO);
    Sym g = b.ask(m, AnswerKind.GRADIENT, "g");
    Sym mean = b.accumulate("g_mean", g);
    Sym squares = b.accumulate("g_squares", square(g));
    Sym sNew = b.update(s, blend(rho, s, squares));
    b.update(m, subtract(m, mul(alpha, divide(mean, add(sqrt(sNew), delta)))));
    return b.build(m);
  }

  public static Program vogn() {
    ProgramBuilder b = new ProgramBuilder("VOGN");
    Sym alpha = b.hyper("alpha", Domain.POSITIVE);
    Sym rho = b.hyper("rho", Domain.UNIT, 0.05);
    Sym gamma = b.hyper("gamma", Domain.POSITIVE, 1);
    Sym n = b.hyper("N", Domain.POSITIVE);
    Sym m = b.state("m");
    Sym s = b.state("s", ZERO);
    Expr eps = b.noise("eps", Distribution.STANDARD_NORMAL);
    b.samples(ONE);
    Expr point = add(m, divide(eps, sqrt(add(s, gamma))));
    Sym g = b.ask(point, AnswerKind.PER_EXAMPLE_GRADIENTS, "g");
    Sym mean = b.accumulate("g_mean", batchMean(g));
    Sym squares = b.accumulate("g_squares", batchMean(square(g)));
    Sym sNew = b.update(s, blend(rho, s, mul(n, squares)));
    Expr direction = divide(add(mul(n, mean), mul(gamma, m)), add(sNew, gamma));
    b.update(m, subtract(m, mul(alpha, direction)));
    return b.build(m);
  }

  public static Program ivon() {
    ProgramBuilder b = new ProgramBuilder("IVON");
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
    Sym debias = b.scalar("debias", subtract(ONE, pow(beta1, T)));
    Expr precision = mul(n, add(h, delta));
    Sym g = b.ask(add(m, divide(eps, sqrt(precision))), AnswerKind.GRADIENT, "g");
    Sym mean = b.accumulate("g_mean", g);
    Sym hessian = b.accumulate("hessian", mul(g, eps, sqrt(precision)));
    Sym vNew = b.update(v, blend(subtract(ONE, beta1), v, mean));
    Expr correction =
        divide(mul(square(rho), square(subtract(h, hessian))), mul(TWO, add(h, delta)));
    Sym hNew = b.update(h, add(blend(rho, h, hessian), correction));
    Expr direction = divide(add(divide(vNew, debias), mul(delta, m)), add(hNew, delta));
    Expr clipped = call(Function.CLAMP, direction, negate(clip), clip);
    b.update(m, subtract(m, mul(alpha, clipped)));
    return b.build(m);
  }

  /** Two phases: the second point depends on the first answer. */
  public static Program bsam() {
    ProgramBuilder b = new ProgramBuilder("BSAM");
    Sym alpha = b.hyper("alpha", Domain.POSITIVE);
    Sym beta1 = b.hyper("beta1", Domain.UNIT);
    Sym rho = b.hyper("rho", Domain.UNIT);
    Sym r = b.hyper("r", Domain.POSITIVE);
    Sym wd = b.hyper("wd", Domain.NONNEGATIVE);
    Sym damping = b.hyper("damping", Domain.NONNEGATIVE);
    Sym n = b.hyper("N", Domain.POSITIVE);
    Sym m = b.state("m");
    Sym v = b.state("v", ZERO);
    Sym s = b.state("s", ONE);
    Expr eps = b.noise("eps", Distribution.STANDARD_NORMAL);
    b.samples(num(1));
    Expr theta = add(m, divide(eps, sqrt(mul(n, s))));
    Sym first = b.ask(theta, AnswerKind.GRADIENT, "g1");
    Sym e = b.symbol(Kind.LOCAL, "e", Domain.REAL);
    Assign ascent = new Assign(e, divide(mul(r, first), s));
    Sym second = b.ask(List.of(ascent), add(m, e), AnswerKind.GRADIENT, "g2");
    Sym mean = b.accumulate("g2_mean", second);
    Sym hessian = b.accumulate("hessian", mul(sqrt(s), call(Function.ABS, first)));
    Sym gradient = b.local("gradient", add(mean, mul(wd, m)));
    Sym vNew = b.update(v, blend(subtract(ONE, beta1), v, gradient));
    b.update(m, subtract(m, divide(mul(alpha, vNew), s)));
    b.update(s, blend(rho, s, add(hessian, damping, wd)));
    return b.build(m);
  }

  /** (1 - rate) old + rate value. */
  private static Expr blend(Expr rate, Expr old, Expr value) {
    return add(mul(subtract(ONE, rate), old), mul(rate, value));
  }
}
