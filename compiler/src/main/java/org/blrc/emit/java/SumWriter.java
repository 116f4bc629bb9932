package org.blrc.emit.java;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;
import org.blrc.emit.java.Source.Reduced;
import org.blrc.program.Program;
import org.blrc.program.Program.CoordinateSum;
import org.blrc.symbolic.Expr.Reduce;

/** The code that adds up over the coordinates of a block. */
final class SumWriter {

  private final ProgramPlan plan;
  private final Program program;

  SumWriter(ProgramPlan plan) {
    this.plan = plan;
    this.program = plan.program();
  }

  /** The hook, and a method for each sum where there are several. */
  List<MethodSpec> methods() {
    List<CoordinateSum> sums = program.sums();
    MethodSpec.Builder hook =
        MethodSpec.methodBuilder("sum")
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PROTECTED)
            .addParameter(int.class, "index");
    if (sums.isEmpty()) {
      return List.of();
    }
    if (sums.size() == 1) {
      CoordinateSum only = sums.getFirst();
      return List.of(block(hook, draws(only)).addCode(code(only)).build());
    }
    List<MethodSpec> methods = new ArrayList<>();
    CodeBlock.Builder choice = CodeBlock.builder().add("return switch (index) {\n$>");
    for (int i = 0; i < sums.size(); i++) {
      String single = Questions.ordinal(i) + "Sum";
      choice.add("case $L -> $N(draw, from, to, values, before);\n", i, single);
      MethodSpec.Builder method = MethodSpec.methodBuilder(single).addModifiers(Modifier.PRIVATE);
      methods.add(block(method, draws(sums.get(i))).addCode(code(sums.get(i))).build());
    }
    ClassName exception = ClassName.get(IndexOutOfBoundsException.class);
    choice.add("default -> throw new $T(index);\n$<};\n", exception);
    methods.addFirst(block(hook, "draw").addCode(choice.build()).build());
    return methods;
  }

  /** What the number that the hook is given stands for. */
  private String draws(CoordinateSum sum) {
    return isOverDraws(sum) ? "draws" : "draw";
  }

  private boolean isOverDraws(CoordinateSum sum) {
    return sum.after() > program.phases().size();
  }

  private static MethodSpec.Builder block(MethodSpec.Builder method, String draw) {
    return method
        .returns(TypeName.DOUBLE)
        .addParameter(int.class, draw)
        .addParameter(int.class, "from")
        .addParameter(int.class, "to")
        .addParameter(double[].class, "values")
        .addParameter(double.class, "before");
  }

  private CodeBlock code(CoordinateSum sum) {
    int answered = isOverDraws(sum) ? program.phases().size() : sum.after() - 1;
    MethodWriter method = new MethodWriter(plan, answered);
    Map<Reduce, Arith> needed = new LinkedHashMap<>(plan.reductions(answered));
    needed
        .keySet()
        .removeIf(reduce -> !plan.sources(plan.summand(sum)).contains(new Reduced(reduce)));
    new BatchWriter(method).write(needed, List.of());
    method.sum(plan.summand(sum));
    return method.code();
  }
}
