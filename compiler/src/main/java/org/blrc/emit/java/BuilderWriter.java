package org.blrc.emit.java;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import org.blrc.emit.arith.Precision;
import org.blrc.program.Program;
import org.blrc.program.Program.Hyper;
import org.blrc.program.Program.State;
import org.blrc.runtime.HyperParameter;
import org.blrc.runtime.OptimizerBuilder;
import org.blrc.runtime.Signature;
import org.blrc.runtime.cuda.CudaOptimizerBuilder;
import org.blrc.runtime.cuda.Device;
import org.blrc.symbolic.ExprPrinter;

/** The nested class that collects what an optimizer starts from. */
final class BuilderWriter {

  private final Program program;
  private final Signature signature;
  private final ClassName optimizer;
  private final ClassName name;
  private final Accessors accessors;
  private final Precision precision;

  /** The state that the model reads, or none, where the optimizer is on a device. */
  private final Optional<String> onDevice;

  BuilderWriter(
      Program program,
      Signature signature,
      ClassName optimizer,
      Accessors accessors,
      Precision precision,
      Optional<String> onDevice) {
    this.program = program;
    this.signature = signature;
    this.optimizer = optimizer;
    this.name = optimizer.nestedClass("Builder");
    this.accessors = accessors;
    this.precision = precision;
    this.onDevice = onDevice;
  }

  /** The method of the optimizer that makes a builder. */
  MethodSpec factory() {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("builder")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .returns(name);
    return onDevice.isPresent()
        ? method
            .addJavadoc("For an optimizer in the memory of a device.\n")
            .addParameter(Device.class, "device")
            .addStatement("return new $T(device)", name)
            .build()
        : method.addStatement("return new $T()", name).build();
  }

  TypeSpec write() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addJavadoc("Collects the hyper-parameters and the initial states.\n")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
            .superclass(
                ParameterizedTypeName.get(
                    ClassName.get(
                        onDevice.isPresent() ? CudaOptimizerBuilder.class : OptimizerBuilder.class),
                    optimizer));
    CodeBlock.Builder required = CodeBlock.builder();
    program.states().stream()
        .filter(state -> state.initial().isEmpty())
        .forEach(state -> required.add(", $S", state.name()));
    MethodSpec.Builder constructor = MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE);
    onDevice.ifPresent(_ -> constructor.addParameter(Device.class, "device"));
    type.addMethod(
        constructor
            .addStatement(
                "super($LSIGNATURE$L)", onDevice.isPresent() ? "device, " : "", required.build())
            .build());
    program.hypers().forEach(hyper -> type.addMethod(setter(hyper)));
    program.states().forEach(state -> type.addMethod(setter(state)));
    return type.addMethod(
            MethodSpec.methodBuilder("build")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(optimizer)
                .addStatement(
                    "return new $T($L)",
                    optimizer,
                    onDevice
                        .map(state -> CodeBlock.of("startOf($S)", state))
                        .orElse(CodeBlock.of("start()")))
                .build())
        .build();
  }

  private MethodSpec setter(Hyper hyper) {
    HyperParameter described = signature.hyperParameters().get(program.hypers().indexOf(hyper));
    return setter(accessors.of(hyper), TypeName.DOUBLE)
        .addJavadoc(
            "{@code $L}, in $L; $L.\n",
            hyper.name(),
            described.interval(),
            SignatureCode.describeDefault(described))
        .addStatement("hyperParameter($S, value)", hyper.name())
        .addStatement("return this")
        .build();
  }

  private MethodSpec setter(State state) {
    String byDefault =
        state
            .initial()
            .map(initial -> "{@code " + ExprPrinter.TEXT.print(initial) + "} by default")
            .orElse(state.shared() ? "has to be given" : "have to be given");
    return setter(
            accessors.of(state),
            state.shared() ? JavaDialect.type(precision) : JavaDialect.array(precision))
        .addJavadoc(
            "The initial $L of {@code $L}; $L.\n",
            state.shared() ? "value" : "values",
            state.name(),
            byDefault)
        .addStatement(
            state.shared() ? "state($S, new $T {value})" : "state($S, value)",
            state.shared()
                ? new Object[] {state.name(), JavaDialect.array(precision)}
                : new Object[] {state.name()})
        .addStatement("return this")
        .build();
  }

  private MethodSpec.Builder setter(String method, TypeName type) {
    return MethodSpec.methodBuilder(method)
        .addModifiers(Modifier.PUBLIC)
        .returns(name)
        .addParameter(type, "value");
  }
}
