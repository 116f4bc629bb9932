package org.blrc.emit.java;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.arith.Questions;
import org.blrc.emit.arith.Source;
import org.blrc.program.Program;
import org.blrc.program.Program.State;
import org.blrc.program.ProgramSignature;
import org.blrc.runtime.AbstractOptimizer;
import org.blrc.runtime.Signature;

/** Writes the class of one optimizer in one precision. */
final class ClassWriter {

  private final Program program;
  private final Signature signature;
  private final EmitOptions options;
  private final Precision precision;
  private final Accessors accessors;
  private final JavaPlan plan;
  private final ClassName name;

  ClassWriter(Program program, EmitOptions options, Precision precision) {
    this.program = program;
    this.signature = ProgramSignature.of(program);
    this.options = options;
    this.precision = precision;
    this.accessors = new Accessors(program);
    this.plan = new JavaPlan(program, precision, accessors);
    this.name = ClassName.get(options.packageName(), options.className() + precision.title());
  }

  TypeSpec write() {
    // Later methods decide which arrays exist, so they are written first.
    Optional<CodeBlock> updateFromOne = new StepWriter(plan).updateFromOne();
    CodeBlock update = new StepWriter(plan).update();
    List<MethodSpec> safeguards = safeguards(updateFromOne.isPresent());
    CodeBlock accumulate = new StepWriter(plan).accumulate();
    List<MethodSpec> sums = new SumWriter(plan).methods();
    List<CodeBlock> points = new ArrayList<>();
    for (int phase = program.phases().size() - 1; phase >= 0; phase--) {
      points.addFirst(new PointWriter(plan).point(phase));
    }
    CodeBlock restore = new PointWriter(plan).restore();

    CommonMembers common = new CommonMembers(program, signature, accessors);
    BuilderWriter builder =
        new BuilderWriter(program, signature, name, accessors, precision, Optional.empty());
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addJavadoc(
                "$L",
                new ClassComment(
                        program, signature, options, "in %s precision".formatted(precision.label()))
                    .text())
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .superclass(
                ParameterizedTypeName.get(
                    ClassName.get(AbstractOptimizer.class), JavaDialect.array(precision)))
            .addField(common.signature());
    new FieldWriter(plan).fields().forEach(type::addField);
    type.addMethod(new FieldWriter(plan).constructor())
        .addMethod(builder.factory())
        .addType(builder.write());
    type.addMethods(points(points))
        .addMethods(sums)
        .addMethod(block(hook("restore")).addCode(restore).build())
        .addMethod(
            block(hook("accumulate").addParameter(int.class, "draw")).addCode(accumulate).build())
        .addMethod(block(hook("update").addParameter(int.class, "draws")).addCode(update).build());
    updateFromOne.ifPresent(
        code -> type.addMethod(block(hook("updateFromOne")).addCode(code).build()));
    type.addMethods(safeguards).addMethods(new SharedWriter(plan).methods());
    type.addMethod(access("parameters", plan.fields().parameters()));
    if (program.hasDirections()) {
      type.addMethod(access("direction", Fields.DIRECTION));
    }
    type.addMethod(common.samples(plan)).addMethod(stateByIndex());
    program.hypers().forEach(hyper -> type.addMethods(common.access(hyper)));
    program.states().forEach(state -> type.addMethod(access(state)));
    return type.build();
  }

  /** The hooks that look at a step before it is made, and that make a part of it. */
  private List<MethodSpec> safeguards(boolean fromOne) {
    List<MethodSpec> methods = new ArrayList<>();
    if (!program.safeguard().guarded().isEmpty()) {
      StepWriter steps = new StepWriter(plan);
      methods.add(
          block(hook("range").addParameter(int.class, "draws"))
              .addParameter(double[].class, "range")
              .addCode(steps.range())
              .build());
      if (fromOne) {
        methods.add(
            block(hook("rangeFromOne"))
                .addParameter(double[].class, "range")
                .addCode(steps.rangeFromOne())
                .build());
      }
    }
    if (!program.safeguard().backOff().isEmpty()) {
      methods.add(
          block(
                  hook("backOff")
                      .addParameter(int.class, "draws")
                      .addParameter(double.class, "share"))
              .addCode(new StepWriter(plan).backOff())
              .build());
    }
    return methods;
  }

  private MethodSpec access(State state) {
    return MethodSpec.methodBuilder(accessors.of(state))
        .addJavadoc(
            "The live array of the state {@code $L}$L.\n",
            state.name(),
            state.shared() ? "; it holds one value, which all coordinates share" : "")
        .addModifiers(Modifier.PUBLIC)
        .returns(JavaDialect.array(precision))
        .addStatement("return $N", plan.fields().array(new Source.StateValue(state), ""))
        .build();
  }

  private MethodSpec stateByIndex() {
    CodeBlock.Builder code = CodeBlock.builder().add("return switch (index) {\n").indent();
    for (State state : program.states()) {
      String field = plan.fields().array(new Source.StateValue(state), "");
      code.add("case $L -> $N;\n", program.states().indexOf(state), field);
    }
    code.add("default -> throw new $T(index);\n", IndexOutOfBoundsException.class);
    return hook("state")
        .returns(JavaDialect.array(precision))
        .addParameter(int.class, "index")
        .addCode(code.unindent().add("};\n").build())
        .build();
  }

  private MethodSpec access(String method, String field) {
    return MethodSpec.methodBuilder(method)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(JavaDialect.array(precision))
        .addStatement("return $N", field)
        .build();
  }

  private List<MethodSpec> points(List<CodeBlock> points) {
    MethodSpec.Builder point =
        block(hook("point").addParameter(int.class, "phase").addParameter(int.class, "draw"));
    if (points.size() == 1) {
      return List.of(point.addCode(points.getFirst()).build());
    }
    List<MethodSpec> methods = new ArrayList<>();
    point.addCode("switch (phase) {\n$>");
    for (int phase = 0; phase < points.size(); phase++) {
      String single = Questions.ordinal(phase) + "Point";
      point.addCode("case $L -> $N(draw, from, to, values);\n", phase, single);
      methods.add(
          block(
                  MethodSpec.methodBuilder(single)
                      .addModifiers(Modifier.PRIVATE)
                      .addParameter(int.class, "draw"))
              .addCode(points.get(phase))
              .build());
    }
    point.addCode("default -> throw new $T(phase);\n$<}\n", IndexOutOfBoundsException.class);
    methods.addFirst(point.build());
    return methods;
  }

  /** What every hook is told about its block. */
  private static MethodSpec.Builder block(MethodSpec.Builder hook) {
    return hook.addParameter(int.class, "from")
        .addParameter(int.class, "to")
        .addParameter(double[].class, "values");
  }

  private static MethodSpec.Builder hook(String name) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED);
  }
}
