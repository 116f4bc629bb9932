package org.blrc.emit.java;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import org.blrc.emit.arith.ProgramPlan;
import org.blrc.emit.cuda.CudaProgram;
import org.blrc.emit.cuda.EmittedKernel;
import org.blrc.emit.cuda.KernelSets;
import org.blrc.program.Program;
import org.blrc.program.Program.State;
import org.blrc.program.ProgramSignature;
import org.blrc.runtime.Signature;
import org.blrc.runtime.cuda.Argument;
import org.blrc.runtime.cuda.Column;
import org.blrc.runtime.cuda.CudaOptimizer;
import org.blrc.runtime.cuda.CudaStart;
import org.blrc.runtime.cuda.DeviceArray;
import org.blrc.runtime.cuda.Kernel;
import org.blrc.runtime.cuda.KernelSet;
import org.blrc.runtime.cuda.LaunchContext;
import org.blrc.runtime.cuda.Purpose;
import org.blrc.runtime.cuda.Scalars;

/** Writes the class that launches the kernels of one optimizer in one precision. */
final class LauncherWriter {

  /** Ends the names of the classes. */
  static final String SUFFIX = "Cuda";

  private final Program program;
  private final CudaProgram cuda;
  private final Signature signature;
  private final EmitOptions options;
  private final Accessors accessors;
  private final JavaPlan plan;
  private final KernelSet kernels;
  private final ClassName name;

  LauncherWriter(CudaProgram cuda, EmitOptions options) {
    this.cuda = cuda;
    this.program = cuda.program();
    this.signature = ProgramSignature.of(program);
    this.options = options;
    this.accessors = new Accessors(program);
    this.plan = new JavaPlan(program, cuda.precision(), accessors);
    String files = options.className() + cuda.numbers().title();
    this.kernels = KernelSets.of(cuda, files);
    this.name = ClassName.get(options.packageName(), files + SUFFIX);
  }

  TypeSpec write() {
    String read = plan.arithmetic().aliased().map(State::name).orElse("");
    BuilderWriter builder =
        new BuilderWriter(program, signature, name, accessors, cuda.precision(), Optional.of(read));
    CommonMembers common = new CommonMembers(program, signature, accessors);
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addJavadoc(
                "$L",
                new ClassComment(
                        program,
                        signature,
                        options,
                        cuda.numbers().label() + ", in the memory of a device")
                    .text())
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .superclass(CudaOptimizer.class)
            .addField(common.signature())
            .addField(
                FieldSpec.builder(KernelSet.class, "KERNELS")
                    .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                    .initializer(kernelSet())
                    .build())
            .addMethod(constructor())
            .addMethod(builder.factory())
            .addType(builder.write());
    if (kernels.kernels().stream().anyMatch(kernel -> kernel.scalars() > 0)) {
      type.addMethod(scalars());
    } else {
      type.addMethod(scalarsHead().build());
    }
    type.addMethod(column("parameters", kernels.parameters()));
    if (program.hasDirections()) {
      type.addMethod(column("direction", place(new Column.Direction())));
    }
    type.addMethod(common.samples(plan));
    program.hypers().forEach(hyper -> type.addMethods(common.access(hyper)));
    program.states().forEach(state -> type.addMethod(access(state)));
    return type.build();
  }

  private int place(Column column) {
    return kernels.columns().indexOf(column);
  }

  private MethodSpec constructor() {
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder()
            .addModifiers(Modifier.PRIVATE)
            .addParameter(CudaStart.class, "start")
            .addStatement("super(SIGNATURE, KERNELS, start)");
    for (State state : program.states()) {
      constructor.addStatement(
          "initial($S, $L$L)",
          state.name(),
          SignatureCode.interval(ProgramSignature.interval(state.symbol().domain())),
          state
              .initial()
              .map(initial -> CodeBlock.of(", $L", FieldWriter.initialValue(plan, initial)))
              .orElse(CodeBlock.of("")));
    }
    return constructor.addStatement("begin()").build();
  }

  private MethodSpec column(String method, int place) {
    return MethodSpec.methodBuilder(method)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(DeviceArray.class)
        .addStatement("return column($L)", place)
        .build();
  }

  private MethodSpec access(State state) {
    return MethodSpec.methodBuilder(accessors.of(state))
        .addJavadoc(
            "The live values of the state {@code $L}$L.\n",
            state.name(),
            state.shared() ? "; there is one, which all coordinates share" : "")
        .addModifiers(Modifier.PUBLIC)
        .returns(DeviceArray.class)
        .addStatement("return state($L)", program.states().indexOf(state))
        .build();
  }

  private static MethodSpec.Builder scalarsHead() {
    return MethodSpec.methodBuilder("scalars")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .addParameter(int.class, "kernel")
        .addParameter(Scalars.class, "to")
        .addParameter(LaunchContext.class, "at");
  }

  private MethodSpec scalars() {
    ProgramPlan arithmetic = new ProgramPlan(program, program.samples().isPresent());
    CodeBlock.Builder code = CodeBlock.builder().add("switch (kernel) {\n").indent();
    for (int i = 0; i < cuda.kernels().size(); i++) {
      EmittedKernel kernel = cuda.kernels().get(i);
      if (!kernel.scalars().isEmpty()) {
        code.add("// $L\n", kernel.name())
            .add("case $L -> {\n$>", i)
            .add(
                new LaunchScalars(arithmetic, cuda.precision(), plan::accessor)
                    .code(kernel.scalars()))
            .add("$<}\n");
      }
    }
    code.add("default -> {}\n");
    return scalarsHead().addCode(code.unindent().add("}\n").build()).build();
  }

  private CodeBlock kernelSet() {
    return CodeBlock.builder()
        .add("\n$>$>new $T(\n$>$>$S,\n", KernelSet.class, kernels.name())
        .add("$T.$L,\n", KernelSet.Real.class, kernels.real())
        .add("$T.$L,\n", KernelSet.Real.class, kernels.model())
        .add("$L,\n", kernels.parameters())
        .add("$L,\n", lines(kernels.columns().stream().map(LauncherWriter::code).toList()))
        .add("$L)$<$<$<$<", lines(kernels.kernels().stream().map(LauncherWriter::code).toList()))
        .build();
  }

  private static CodeBlock lines(List<CodeBlock> items) {
    return items.isEmpty()
        ? CodeBlock.of("$T.of()", List.class)
        : CodeBlock.of(
            "$T.of(\n$>$>$L)$<$<", List.class, items.stream().collect(CodeBlock.joining(",\n")));
  }

  private static CodeBlock code(Column column) {
    return switch (column) {
      case Column.State(int index) -> CodeBlock.of("new $T($L)", Column.State.class, index);
      case Column.Parameters(int rows) -> CodeBlock.of("new $T($L)", Column.Parameters.class, rows);
      case Column.Direction _ -> CodeBlock.of("new $T()", Column.Direction.class);
      case Column.Given(int question) -> CodeBlock.of("new $T($L)", Column.Given.class, question);
      case Column.Kept _ -> CodeBlock.of("new $T()", Column.Kept.class);
      case Column.Noise(int stream, boolean normal) ->
          CodeBlock.of("new $T($L, $L)", Column.Noise.class, stream, normal);
    };
  }

  private static CodeBlock code(Kernel kernel) {
    return CodeBlock.of(
        "new $T($S, $L, $L,$W$L,$W$L)",
        Kernel.class,
        kernel.name(),
        code(kernel.purpose()),
        kernel.scalars(),
        list(kernel.columns().stream().map(column -> CodeBlock.of("$L", column)).toList()),
        list(
            kernel.arguments().stream()
                .map(argument -> CodeBlock.of("$T.$L", Argument.class, argument))
                .toList()));
  }

  private static CodeBlock list(List<CodeBlock> items) {
    return CodeBlock.of("$T.of($L)", List.class, items.stream().collect(CodeBlock.joining(",$W")));
  }

  private static CodeBlock code(Purpose purpose) {
    return switch (purpose) {
      case Purpose.Point(int phase) -> CodeBlock.of("new $T($L)", Purpose.Point.class, phase);
      case Purpose.Sums(int pass) -> CodeBlock.of("new $T($L)", Purpose.Sums.class, pass);
      case Purpose.Accumulate(boolean first) ->
          CodeBlock.of("new $T($L)", Purpose.Accumulate.class, first);
      case Purpose.Range(boolean fromOne) ->
          CodeBlock.of("new $T($L)", Purpose.Range.class, fromOne);
      case Purpose.Restore _,
          Purpose.Update _,
          Purpose.UpdateFromOne _,
          Purpose.UpdateAndPoint _,
          Purpose.BackOff _,
          Purpose.MoveShared _,
          Purpose.KeepShared _ ->
          CodeBlock.of("new $T()", purpose.getClass());
    };
  }
}
