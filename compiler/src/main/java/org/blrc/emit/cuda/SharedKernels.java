package org.blrc.emit.cuda;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.blrc.emit.arith.Arith;
import org.blrc.emit.arith.Arith.Ref;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.arith.ProgramPlan;
import org.blrc.emit.arith.Source;
import org.blrc.program.Program.State;
import org.blrc.runtime.cuda.Argument;
import org.blrc.runtime.cuda.Purpose;

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
    KernelScalars scalars = new KernelScalars(plan, precision, Names.fresh(), false);
    Map<State, Arith> shared = plan.shared();
    Code body = new Code(2);
    shared.forEach(
        (state, value) ->
            body.statement(
                "next[%s] = ".formatted(index(state)),
                precision.cast() + "(" + scalars.value(inOld(value)) + ")"));
    return ofOneThread(
        "moveShared",
        new Purpose.MoveShared(),
        "The new values of what all coordinates share.",
        scalars,
        body);
  }

  private Written keep() {
    KernelScalars scalars = new KernelScalars(plan, precision, Names.fresh(), false);
    Code body = new Code(2);
    plan.shared()
        .keySet()
        .forEach(
            state -> body.line("shared[%s] = next[%s];".formatted(index(state), index(state))));
    return ofOneThread(
        "keepShared",
        new Purpose.KeepShared(),
        "From now on these are what all coordinates share.",
        scalars,
        body);
  }

  /**
   * A kernel in which one thread does everything.
   *
   * @param body what it does to {@code shared} and {@code next}
   */
  private Written ofOneThread(
      String name, Purpose purpose, String comment, KernelScalars scalars, Code body) {
    Set<Argument> arguments = EnumSet.of(Argument.SHARED, Argument.NEXT);
    arguments.addAll(scalars.arguments());
    Code text =
        new KernelHead(name, precision).write(comment, false, scalars.passed(), arguments, "");
    text.open("if (blockIdx.x == 0 && threadIdx.x == 0)")
        .add(scalars.code())
        .add(body)
        .close()
        .close();
    return new Written(
        new EmittedKernel(
            name,
            purpose,
            scalars.passed(),
            List.copyOf(arguments),
            List.of(),
            Traffic.NONE,
            Prelude.callsFunctions(text.toString())),
        text.toString());
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
