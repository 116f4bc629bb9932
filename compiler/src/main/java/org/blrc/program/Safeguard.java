package org.blrc.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.program.Program.Accumulator;
import org.blrc.program.Program.Assign;
import org.blrc.program.Program.State;
import org.blrc.symbolic.Containment;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Walk;
import org.blrc.symbolic.WorkBudget;

/**
 * What has to be looked at before a step, so that states stay in their domains.
 *
 * @param guarded the new states that an update may take out of their domains, in the order in which
 *     they are computed
 * @param backOff the update with every rate of the learning rule multiplied by {@link #SHARE};
 *     empty where it is not known or nothing is guarded
 */
public record Safeguard(List<Sym> guarded, List<Assign> backOff) {

  /** How much of a step is made. */
  public static final Sym SHARE = new Sym(Sym.Kind.RATE, "share", 1, new Domain(0, false, 1, true));

  public static final Safeguard NONE = new Safeguard(List.of(), List.of());

  public Safeguard {
    guarded = List.copyOf(guarded);
    backOff = List.copyOf(backOff);
  }

  /** The new states that the updates of a program do not certainly keep in their domains. */
  public static List<Sym> uncertain(Program program, List<Assign> update) {
    Map<Sym, Sym> bounded = new HashMap<>();
    for (Accumulator accumulator : program.accumulators()) {
      Sym symbol = accumulator.symbol();
      bounded.put(
          symbol, new Sym(symbol.kind(), symbol.name(), symbol.rank(), sign(accumulator.body())));
    }
    List<Sym> uncertain = new ArrayList<>();
    for (Assign assign : update) {
      Sym target = assign.target();
      if (target.kind() == Sym.Kind.NEW
          && !target.domain().equals(Domain.REAL)
          && !isCertain(Walk.substitute(assign.value(), bounded), target.domain())) {
        uncertain.add(target);
      }
    }
    return uncertain;
  }

  /** What takes too long to tell is not certain. */
  private static boolean isCertain(Expr value, Domain domain) {
    try {
      return Containment.isCertain(value, domain);
    } catch (WorkBudget.Exceeded tooLarge) {
      return false;
    }
  }

  /** A mean has the sign of what it is taken over. */
  private static Domain sign(Expr body) {
    if (isCertain(body, Domain.POSITIVE)) {
      return Domain.POSITIVE;
    }
    return isCertain(body, Domain.NONNEGATIVE) ? Domain.NONNEGATIVE : Domain.REAL;
  }

  /**
   * The update of a program that was derived with every rate multiplied by {@link #SHARE}, if it is
   * made of the same questions, draws and accumulators, and coordinates share no state, of which
   * each would make its own part of the step. Sums over all coordinates are those of the whole
   * step.
   */
  public static Optional<List<Assign>> backOff(Program program, Program shared) {
    boolean alike =
        program.phases().equals(shared.phases())
            && program.noises().equals(shared.noises())
            && program.samples().equals(shared.samples())
            && program.accumulators().equals(shared.accumulators())
            && program.states().equals(shared.states())
            && program.states().stream().noneMatch(State::shared)
            && sameSums(program, shared);
    return alike ? Optional.of(shared.update()) : Optional.empty();
  }

  private static boolean sameSums(Program program, Program shared) {
    if (program.sums().size() != shared.sums().size()) {
      return false;
    }
    for (int i = 0; i < program.sums().size(); i++) {
      Program.CoordinateSum whole = program.sums().get(i);
      Program.CoordinateSum other = shared.sums().get(i);
      Expr atWhole = Walk.substitute(other.body(), SHARE, Exprs.ONE);
      if (!whole.symbol().equals(other.symbol())
          || whole.mean() != other.mean()
          || whole.after() != other.after()
          || !Normal.equal(whole.body(), atWhole)) {
        return false;
      }
    }
    return true;
  }
}
