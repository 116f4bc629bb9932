package org.blrc.emit.java;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.blrc.emit.arith.Arith;
import org.blrc.emit.arith.Arith.Ref;
import org.blrc.emit.arith.Source;
import org.blrc.program.Program.State;

/** The code that moves the states that all coordinates share: once a step, in double precision. */
final class SharedWriter {

  private final JavaPlan plan;

  SharedWriter(JavaPlan plan) {
    this.plan = plan;
  }

  List<MethodSpec> methods() {
    return plan.arithmetic().shared().isEmpty() ? List.of() : List.of(move(), keep());
  }

  private MethodSpec move() {
    MethodWriter method = new MethodWriter(plan, -1);
    plan.arithmetic()
        .shared()
        .forEach(
            (state, value) ->
                method
                    .body()
                    .addStatement(
                        "$N = $L",
                        plan.fields().next(state),
                        method.scalars().value(inOld(value))));
    return hook("moveShared").addParameter(double[].class, "values").addCode(method.code()).build();
  }

  /** In terms of old values alone. */
  private Arith inOld(Arith arith) {
    return arith instanceof Ref(Source.SharedNext(State state))
        ? inOld(plan.arithmetic().shared().get(state))
        : arith.mapChildren(this::inOld);
  }

  private MethodSpec keep() {
    CodeBlock.Builder code = CodeBlock.builder();
    for (var state : plan.arithmetic().shared().keySet()) {
      code.addStatement(
          "$N[0] = $N",
          plan.fields().array(new Source.StateValue(state), ""),
          plan.fields().next(state));
    }
    return hook("keepShared").addCode(code.build()).build();
  }

  private static MethodSpec.Builder hook(String name) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED);
  }
}
