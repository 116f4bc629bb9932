package org.blrc.emit.java;

import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeName;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.blrc.program.Program;
import org.blrc.program.Program.Hyper;
import org.blrc.runtime.HyperParameter;
import org.blrc.runtime.Signature;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Exprs;

/** What all emitted classes have, whatever holds their states. */
final class CommonMembers {

  private final Program program;
  private final Signature signature;
  private final Accessors accessors;

  CommonMembers(Program program, Signature signature, Accessors accessors) {
    this.program = program;
    this.signature = signature;
    this.accessors = accessors;
  }

  FieldSpec signature() {
    return FieldSpec.builder(Signature.class, "SIGNATURE")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer(SignatureCode.of(signature))
        .build();
  }

  /** What reads and changes a hyper-parameter. */
  List<MethodSpec> access(Hyper hyper) {
    String method = accessors.of(hyper);
    int index = program.hypers().indexOf(hyper);
    HyperParameter described = signature.hyperParameters().get(index);
    return List.of(
        MethodSpec.methodBuilder(method)
            .addJavadoc("The hyper-parameter {@code $L}.\n", hyper.name())
            .addModifiers(Modifier.PUBLIC)
            .returns(TypeName.DOUBLE)
            .addStatement("return hyper($L)", index)
            .build(),
        MethodSpec.methodBuilder(method)
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
            .returns(TypeName.DOUBLE)
            .addParameter(double[].class, "values")
            .addStatement("return values[$L]", index)
            .build(),
        MethodSpec.methodBuilder(method)
            .addJavadoc(
                "Changes {@code $L} from the next step on; it lies in $L.\n",
                hyper.name(),
                described.interval())
            .addModifiers(Modifier.PUBLIC)
            .addParameter(TypeName.DOUBLE, "value")
            .addStatement("hyperParameter($S, value)", hyper.name())
            .build());
  }

  MethodSpec samples(JavaPlan plan) {
    Expr count = program.samples().orElse(Exprs.ONE);
    return MethodSpec.methodBuilder("samples")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(int.class)
        .addStatement(
            count instanceof Expr.Num(var value) && value.isInteger()
                ? "return $L"
                : "return (int) Math.rint($L)",
            plan.hyperCode(count, ""))
        .build();
  }
}
