package org.blrc.emit.java;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.MethodSpec;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.arith.Source;
import org.blrc.program.Program;
import org.blrc.program.Program.State;
import org.blrc.program.ProgramSignature;
import org.blrc.runtime.Start;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Expr.Sym.Kind;
import org.blrc.symbolic.Walk;

/** The arrays of an emitted class and the constructor that makes them. */
final class FieldWriter {

  private final JavaPlan plan;
  private final Fields fields;

  FieldWriter(JavaPlan plan) {
    this.plan = plan;
    this.fields = plan.fields();
  }

  List<FieldSpec> fields() {
    List<FieldSpec> result = new ArrayList<>();
    for (State state : plan.program().states()) {
      result.add(field(fields.array(new Source.StateValue(state), ""), CodeBlock.of("")));
    }
    if (fields.hasBuffer()) {
      result.add(
          field(
              fields.parameters(),
              CodeBlock.of(
                  fields.isScratch()
                      ? "What the model reads; free for other use while it reads nothing.\n"
                      : "What the model reads, one row of coordinates for each component.\n")));
    }
    if (plan.program().hasDirections()) {
      result.add(
          field(Fields.DIRECTION, CodeBlock.of("What the Hessian is to be multiplied with.\n")));
    }
    fields.extra().forEach((element, name) -> result.add(field(name, comment(element))));
    fields.work().forEach(name -> result.add(field(name, CodeBlock.of("Scratch.\n"))));
    plan.program().states().stream().filter(State::shared).map(this::next).forEach(result::add);
    return result;
  }

  private FieldSpec next(State state) {
    return FieldSpec.builder(JavaDialect.type(plan.precision()), fields.next(state))
        .addJavadoc("{@code $L} after the step.\n", state.name())
        .addModifiers(Modifier.PRIVATE)
        .build();
  }

  private FieldSpec field(String name, CodeBlock comment) {
    return FieldSpec.builder(JavaDialect.array(plan.precision()), name)
        .addJavadoc(comment)
        .addModifiers(Modifier.PRIVATE, Modifier.FINAL)
        .build();
  }

  private static CodeBlock comment(Source.Element element) {
    return switch (element) {
      case Source.Sum(var accumulator) ->
          CodeBlock.of("{@code $L}, added up over the draws.\n", accumulator.symbol().name());
      case Source.Reduced _ -> CodeBlock.of("A result over the examples.\n");
      case Source.AnswerValue(var answer, _) ->
          CodeBlock.of("{@code $L}, kept beyond its phase.\n", answer.symbol().name());
      case Source.StateValue _, Source.Row _, Source.NoiseValue _ ->
          throw new IllegalArgumentException("no field of its own: " + element);
    };
  }

  MethodSpec constructor() {
    Program program = plan.program();
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder()
            .addModifiers(Modifier.PRIVATE)
            .addParameter(ClassName.get(Start.class), "start")
            .addStatement("super(SIGNATURE, start)");
    for (State state : program.states()) {
      constructor.addStatement(
          "$N = start.$L($S, $L$L)",
          fields.array(new Source.StateValue(state), ""),
          method(state),
          state.name(),
          SignatureCode.interval(ProgramSignature.interval(state.symbol().domain())),
          state
              .initial()
              .map(initial -> CodeBlock.of(", $L", initialValue(initial)))
              .orElse(CodeBlock.of("")));
    }
    List<String> empty = new ArrayList<>(fields.extra().values());
    empty.addAll(fields.work());
    if (program.hasDirections()) {
      empty.add(Fields.DIRECTION);
    }
    if (fields.hasBuffer()) {
      int components = program.components();
      constructor.addStatement(
          "$N = new $T[$L]",
          fields.parameters(),
          JavaDialect.type(plan.precision()),
          components == 1
              ? CodeBlock.of("dimension()")
              : CodeBlock.of("Math.multiplyExact($L, dimension())", components));
    }
    for (String name : empty) {
      constructor.addStatement(
          "$N = new $T[dimension()]", name, JavaDialect.type(plan.precision()));
    }
    if (fields.hasBuffer()) {
      constructor.addStatement("refresh()");
    }
    return constructor.build();
  }

  private String method(State state) {
    boolean single = plan.precision() == Precision.FLOAT;
    return state.shared()
        ? (single ? "sharedFloat" : "sharedDouble")
        : single ? "floats" : "doubles";
  }

  /** A number, or a function of the hyper-parameters, which may differ from group to group. */
  private CodeBlock initialValue(Expr initial) {
    return initialValue(plan, initial);
  }

  /** The same for any class. */
  static CodeBlock initialValue(JavaPlan plan, Expr initial) {
    boolean varies =
        !Walk.find(initial, part -> part instanceof Sym symbol && symbol.kind() == Kind.HYPER)
            .isEmpty();
    return varies
        ? CodeBlock.of("values -> $L", plan.hyperCode(initial, "values"))
        : plan.hyperCode(initial, "");
  }
}
