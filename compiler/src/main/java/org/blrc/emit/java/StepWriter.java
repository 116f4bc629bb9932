package org.blrc.emit.java;

import com.squareup.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.emit.arith.Arith;
import org.blrc.emit.arith.Arith.Product;
import org.blrc.emit.arith.Arith.Ref;
import org.blrc.emit.arith.Factors;
import org.blrc.emit.arith.LoopBody.How;
import org.blrc.emit.arith.LoopBody.Store;
import org.blrc.emit.arith.ProgramPlan;
import org.blrc.emit.arith.Source;
import org.blrc.emit.arith.Source.Reduced;
import org.blrc.emit.arith.Source.StateValue;
import org.blrc.program.Program;
import org.blrc.program.Program.Accumulator;
import org.blrc.program.Program.State;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Expr.Sym;

/** The code that follows the last phase: accumulation and update. */
final class StepWriter {

  /** A reduction that is added to an accumulator as the examples pass by. */
  private record Direct(Reduce reduce, Arith factor) {}

  private final JavaPlan plan;
  private final Program program;
  private final int last;

  StepWriter(JavaPlan plan) {
    this.plan = plan;
    this.program = plan.program();
    this.last = program.phases().size() - 1;
    if (plan.arithmetic().draws()) {
      program.accumulators().forEach(plan.fields()::sum);
    }
  }

  /** The new states, and the parameters that belong to them. */
  CodeBlock update() {
    return update(plan, new MethodWriter(plan, last));
  }

  /**
   * The same from a single draw without a detour through the accumulators; absent where examples
   * have to be added up first.
   */
  Optional<CodeBlock> updateFromOne() {
    if (!plan.arithmetic().draws()) {
      return Optional.empty();
    }
    JavaPlan ofOne = plan.ofOneDraw();
    boolean reduces =
        program.accumulators().stream()
            .flatMap(
                accumulator ->
                    ofOne
                        .arithmetic()
                        .sources(ofOne.arithmetic().contribution(accumulator))
                        .stream())
            .anyMatch(Reduced.class::isInstance);
    return reduces
        ? Optional.empty()
        : Optional.of(update(ofOne, new MethodWriter(ofOne, plan.fields(), last, "0")));
  }

  /** What the update would make of the guarded states. */
  CodeBlock range() {
    return range(plan, new MethodWriter(plan, last));
  }

  /** The same from a single draw. */
  CodeBlock rangeFromOne() {
    JavaPlan ofOne = plan.ofOneDraw();
    return range(ofOne, new MethodWriter(ofOne, plan.fields(), last, "0"));
  }

  private CodeBlock range(JavaPlan source, MethodWriter method) {
    List<Sym> guarded = program.safeguard().guarded();
    for (int place = 0; place < guarded.size(); place++) {
      Arith value = source.arithmetic().update().get(guarded.get(place));
      if (guarded.get(place).shared()) {
        method.single(value, place);
      } else {
        method.extremes(value, place);
      }
    }
    return method.code();
  }

  /** A part of the update. */
  CodeBlock backOff() {
    JavaPlan part = plan.ofPart();
    return update(part, new MethodWriter(part, plan.fields(), last, "draw"));
  }

  private CodeBlock update(JavaPlan source, MethodWriter method) {
    List<Store> stores = new ArrayList<>();
    source
        .arithmetic()
        .update()
        .forEach(
            (symbol, value) -> {
              if (symbol.shared()) {
                return;
              }
              StateValue state = new StateValue(state(symbol.name()));
              stores.add(new Store(method.array(state), state, value, How.SET));
            });
    if (plan.fields().hasBuffer()) {
      String parameters = method.field(plan.fields().parameters());
      stores.addAll(Store.ofPoint(parameters, source.arithmetic().updatedRest()));
    }
    method.loop(stores);
    return method.code();
  }

  private State state(String name) {
    return program.states().stream()
        .filter(state -> state.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** What one draw contributes. */
  CodeBlock accumulate() {
    MethodWriter method = new MethodWriter(plan, last);
    Map<Reduce, Arith> bodies = plan.arithmetic().reductions(last);
    Map<Reduce, Arith> kept = new LinkedHashMap<>(bodies);
    List<Store> rows = new ArrayList<>();
    List<Store> others = new ArrayList<>();
    if (plan.arithmetic().draws()) {
      startAnew(method);
      kept.keySet()
          .removeIf(reduce -> !plan.fields().has(new Reduced(reduce)) && !isNeeded(reduce));
      for (Accumulator accumulator : program.accumulators()) {
        Source.Sum sum = new Source.Sum(accumulator);
        Arith value = plan.arithmetic().contribution(accumulator);
        Optional<Direct> direct = direct(value).filter(d -> !kept.containsKey(d.reduce()));
        direct.ifPresentOrElse(
            d -> {
              Arith part = ProgramPlan.weighted(d.reduce(), bodies.get(d.reduce()));
              Arith scaled = new Factors().times(d.factor()).times(part).product();
              rows.add(new Store(method.array(sum), sum, scaled, How.ADD));
            },
            () -> others.add(new Store(method.array(sum), sum, value, How.ADD)));
      }
    } else {
      kept.keySet().removeIf(reduce -> !plan.fields().has(new Reduced(reduce)));
    }
    new BatchWriter(method).write(kept, rows);
    if (!others.isEmpty()) {
      method.loop(others);
    }
    return method.isEmpty()
        ? CodeBlock.of("// A step takes one evaluation: its answers are read by the update.\n")
        : method.code();
  }

  private void startAnew(MethodWriter method) {
    method.body().beginControlFlow("if (draw == 0)");
    for (Accumulator accumulator : program.accumulators()) {
      String sum = method.array(new Source.Sum(accumulator));
      method.body().addStatement("$T.fill($N, from, to, 0)", Arrays.class, sum);
    }
    method.body().endControlFlow();
  }

  /** Whether a reduction is part of something that is not linear in it. */
  private boolean isNeeded(Reduce reduce) {
    Reduced result = new Reduced(reduce);
    return program.accumulators().stream()
        .map(plan.arithmetic()::contribution)
        .anyMatch(
            value -> plan.arithmetic().sources(value).contains(result) && direct(value).isEmpty());
  }

  /** A contribution that is a reduction, or a multiple of one by something invariant. */
  private static Optional<Direct> direct(Arith value) {
    return switch (value) {
      case Ref(Reduced(Reduce reduce)) ->
          Optional.of(new Direct(reduce, Arith.product(List.of(), List.of())));
      case Product(List<Arith> over, List<Arith> under)
          when under.isEmpty()
              && over.size() == 2
              && isFactor(over.getFirst())
              && over.getLast() instanceof Ref(Reduced(Reduce reduce)) ->
          Optional.of(new Direct(reduce, over.getFirst()));
      default -> Optional.empty();
    };
  }

  private static boolean isFactor(Arith arith) {
    return arith instanceof Arith.Literal
        || arith instanceof Arith.Hoisted
        || arith instanceof Ref(Source.Scalar _);
  }
}
