package org.blrc.emit.java;

import com.squareup.javapoet.CodeBlock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.blrc.emit.arith.Arith;
import org.blrc.emit.arith.Arith.Ref;
import org.blrc.emit.arith.LoopBody.Store;
import org.blrc.emit.arith.Source;
import org.blrc.emit.arith.Source.AnswerValue;
import org.blrc.emit.arith.Source.Reduced;
import org.blrc.emit.arith.Source.StateValue;
import org.blrc.program.Program.Answer;
import org.blrc.symbolic.Expr.Reduce;

/**
 * The code that writes the parameters, which are the point of a phase or the rest, and the
 * direction.
 */
final class PointWriter {

  private final JavaPlan plan;

  PointWriter(JavaPlan plan) {
    this.plan = plan;
  }

  /** Restores the parameters between steps. */
  CodeBlock restore() {
    if (plan.arithmetic().aliased().isPresent()) {
      return CodeBlock.of("// The parameters are the state itself.\n");
    }
    return write(plan.arithmetic().rest());
  }

  private CodeBlock write(List<Arith> point) {
    if (point.size() == 1 && point.getFirst() instanceof Ref(StateValue state)) {
      return CodeBlock.builder()
          .addStatement(
              "$T.arraycopy($N, from, $N, from, to - from)",
              System.class,
              plan.fields().array(state, ""),
              plan.fields().parameters())
          .build();
    }
    MethodWriter method = new MethodWriter(plan, -1);
    write(method, point);
    return method.code();
  }

  /**
   * The point of a phase. What later methods need of the phase before has to be known by now: they
   * are written first.
   */
  CodeBlock point(int phase) {
    if (phase == 0
        && plan.arithmetic().aliased().isEmpty()
        && plan.arithmetic().direction(0).isEmpty()) {
      return write(plan.arithmetic().point(0));
    }
    MethodWriter method = new MethodWriter(plan, phase - 1);
    if (phase > 0) {
      keep(method, phase - 1);
    }
    // Before the point, which may be written over the noise that both are made of.
    plan.arithmetic()
        .direction(phase)
        .ifPresent(
            direction ->
                method.loop(Store.ofPoint(method.field(Fields.DIRECTION), List.of(direction))));
    if (plan.arithmetic().aliased().isEmpty()) {
      write(method, plan.arithmetic().point(phase));
    }
    return method.isEmpty()
        ? CodeBlock.of("// The loss is asked at the state itself.\n")
        : method.code();
  }

  private void keep(MethodWriter method, int phase) {
    for (Answer answer : plan.program().phases().get(phase).answers()) {
      for (int component = 1; component <= plan.program().components(); component++) {
        AnswerValue value = new AnswerValue(answer, component);
        if (plan.fields().has(value)) {
          String kept = method.field(plan.fields().array(value, ""));
          method
              .body()
              .addStatement(
                  "$T.arraycopy($N, $Lfrom, $N, from, to - from)",
                  System.class,
                  method.array(value),
                  method.rowStart(component - 1),
                  kept);
        }
      }
    }
    Set<Source> used = new HashSet<>();
    plan.arithmetic()
        .point(phase + 1)
        .forEach(component -> used.addAll(plan.arithmetic().sources(component)));
    plan.arithmetic()
        .direction(phase + 1)
        .ifPresent(along -> used.addAll(plan.arithmetic().sources(along)));
    Map<Reduce, Arith> reductions = plan.arithmetic().reductions(phase);
    reductions
        .keySet()
        .removeIf(
            reduce ->
                !used.contains(new Reduced(reduce)) && !plan.fields().has(new Reduced(reduce)));
    new BatchWriter(method).write(reductions, List.of());
  }

  private void write(MethodWriter method, List<Arith> point) {
    String parameters = method.field(plan.fields().parameters());
    if (point.size() == 1 && point.getFirst() instanceof Ref(StateValue state)) {
      method
          .body()
          .addStatement(
              "$T.arraycopy($N, from, $N, from, to - from)",
              System.class,
              method.array(state),
              parameters);
    } else {
      method.loop(Store.ofPoint(parameters, point));
    }
  }
}
