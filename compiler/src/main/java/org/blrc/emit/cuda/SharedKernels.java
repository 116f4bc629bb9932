package org.blrc.emit.cuda;

import java.util.List;
import java.util.Map;
import org.blrc.emit.arith.Arith;
import org.blrc.emit.arith.Arith.Ref;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.arith.ProgramPlan;
import org.blrc.emit.arith.Source;
import org.blrc.emit.cuda.Kernel.Purpose;
import org.blrc.emit.cuda.KernelWriter.Written;
import org.blrc.program.Program.State;

/** The kernels that move the states that all coordinates share: one thread, in double precision. */
final class SharedKernels {

  private final ProgramPlan plan;
  private final Precision precision;

  SharedKernels(ProgramPlan plan, Precision precision) {
    this.plan = plan;
    this.precision = precision;
  }

  List<Written> write() {
    return plan.shared().isEmpty() ? List.of() : List.of(move(), keep());
  }

  private Written move() {
    KernelScalars scalars = new KernelScalars(plan, precision, Names.fresh());
    Map<State, Arith> shared = plan.shared();
    Code body = new Code(2);
    shared.forEach(
        (state, value) ->
            body.statement(
                "next[%s] = ".formatted(index(state)),
                precision.cast() + "(" + scalars.value(inOld(value)) + ")"));
    return KernelWriter.ofOneThread(
        "moveShared",
        new Purpose.MoveShared(),
        "The new values of what all coordinates share.",
        precision,
        scalars,
        body);
  }

  private Written keep() {
    KernelScalars scalars = new KernelScalars(plan, precision, Names.fresh());
    Code body = new Code(2);
    plan.shared()
        .keySet()
        .forEach(
            state -> body.line("shared[%s] = next[%s];".formatted(index(state), index(state))));
    return KernelWriter.ofOneThread(
        "keepShared",
        new Purpose.KeepShared(),
        "From now on these are what all coordinates share.",
        precision,
        scalars,
        body);
  }

  /** In terms of old values alone. */
  private Arith inOld(Arith arith) {
    return arith instanceof Ref(Source.SharedNext(State state))
        ? inOld(plan.shared().get(state))
        : arith.mapChildren(this::inOld);
  }

  private int index(State state) {
    return plan.program().states().stream().filter(State::shared).toList().indexOf(state);
  }
}
