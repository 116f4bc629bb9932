package org.blrc.emit.java;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;
import org.blrc.emit.arith.Arith;
import org.blrc.emit.arith.Questions;
import org.blrc.emit.arith.Source.Reduced;
import org.blrc.program.Program;
import org.blrc.program.Program.CoordinateSum;
import org.blrc.symbolic.Expr.Reduce;

/** The code that adds up over the coordinates of a block. */
final class SumWriter {

  private final JavaPlan plan;
  private final Program program;

  SumWriter(JavaPlan plan) {
    this.plan = plan;
    this.program = plan.program();
  }

  /** The hook, and a method for each pass where there are several. */
  List<MethodSpec> methods() {
    List<List<CoordinateSum>> passes = program.sumPasses();
    MethodSpec.Builder hook =
        MethodSpec.methodBuilder("sum")
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PROTECTED)
            .addParameter(int.class, "pass");
    if (passes.isEmpty()) {
      return List.of();
    }
    if (passes.size() == 1) {
      List<CoordinateSum> only = passes.getFirst();
      return List.of(block(hook, draws(only)).addCode(code(only)).build());
    }
    List<MethodSpec> methods = new ArrayList<>();
    CodeBlock.Builder choice = CodeBlock.builder().add("switch (pass) {\n$>");
    for (int i = 0; i < passes.size(); i++) {
      String single = Questions.ordinal(i) + (passes.get(i).size() == 1 ? "Sum" : "Sums");
      choice.add("case $L -> $N(draw, from, to, values, sums, at);\n", i, single);
      MethodSpec.Builder method = MethodSpec.methodBuilder(single).addModifiers(Modifier.PRIVATE);
      methods.add(block(method, draws(passes.get(i))).addCode(code(passes.get(i))).build());
    }
    ClassName exception = ClassName.get(IndexOutOfBoundsException.class);
    choice.add("default -> throw new $T(pass);\n$<}\n", exception);
    methods.addFirst(block(hook, "draw").addCode(choice.build()).build());
    return methods;
  }

  /** What the number that the hook is given stands for. */
  private String draws(List<CoordinateSum> pass) {
    return isOverDraws(pass) ? "draws" : "draw";
  }

  private boolean isOverDraws(List<CoordinateSum> pass) {
    return pass.getFirst().after() > program.phases().size();
  }

  private static MethodSpec.Builder block(MethodSpec.Builder method, String draw) {
    return method
        .addParameter(int.class, draw)
        .addParameter(int.class, "from")
        .addParameter(int.class, "to")
        .addParameter(double[].class, "values")
        .addParameter(double[].class, "sums")
        .addParameter(int.class, "at");
  }

  private CodeBlock code(List<CoordinateSum> pass) {
    int answered = isOverDraws(pass) ? program.phases().size() : pass.getFirst().after() - 1;
    MethodWriter method = new MethodWriter(plan, answered);
    List<Arith> summands = pass.stream().map(plan.arithmetic()::summand).toList();
    Map<Reduce, Arith> needed = new LinkedHashMap<>(plan.arithmetic().reductions(answered));
    needed
        .keySet()
        .removeIf(
            reduce ->
                summands.stream()
                    .noneMatch(
                        each -> plan.arithmetic().sources(each).contains(new Reduced(reduce))));
    new BatchWriter(method).write(needed, List.of());
    method.sums(summands);
    return method.code();
  }
}
