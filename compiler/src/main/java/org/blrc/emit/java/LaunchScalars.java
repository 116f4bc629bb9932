package org.blrc.emit.java;

import com.squareup.javapoet.CodeBlock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.blrc.emit.arith.Arith;
import org.blrc.emit.arith.Arith.Hoisted;
import org.blrc.emit.arith.Arith.Ref;
import org.blrc.emit.arith.Formula;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.arith.ProgramPlan;
import org.blrc.emit.arith.Source;
import org.blrc.emit.arith.Suggestions;
import org.blrc.emit.cuda.HostScalar;
import org.blrc.program.Program.Hyper;

/** The scalars of a kernel as code: computed in double precision, and then rounded. */
final class LaunchScalars {

  private final ProgramPlan plan;
  private final Precision precision;
  private final Function<Hyper, String> accessors;
  private final Names names = Names.without(List.of("kernel", "to", "at"));
  private final CodeBlock.Builder declarations = CodeBlock.builder();

  /** Whether values are those of the step that follows. */
  private boolean later;

  private final Map<Source.Local, String> now = new HashMap<>();
  private final Map<Source.Local, String> next = new HashMap<>();
  private final Formula text =
      new Formula(JavaDialect.JAVA, Precision.DOUBLE, this::name, part -> part);

  /**
   * @param accessors the methods that take a hyper-parameter from among the values of all
   */
  LaunchScalars(ProgramPlan plan, Precision precision, Function<Hyper, String> accessors) {
    this.plan = plan;
    this.precision = precision;
    this.accessors = accessors;
  }

  /** What writes the scalars, in order. */
  CodeBlock code(List<HostScalar> scalars) {
    CodeBlock.Builder puts = CodeBlock.builder();
    for (HostScalar scalar : scalars) {
      puts.add("to.put($L);\n", value(scalar));
    }
    return declarations.add(puts.build()).build();
  }

  private CodeBlock value(HostScalar scalar) {
    later = scalar.later();
    return LineBreaks.code(
        text.writeCast(scalar.value(), scalar.exact() ? Precision.DOUBLE : precision));
  }

  private String name(Arith part) {
    return switch (part) {
      case Ref(Source.HyperValue(Hyper hyper)) ->
          "%s(at.%s())".formatted(accessors.apply(hyper), later ? "nextValues" : "values");
      case Ref(Source.StepNumber _) -> later ? "(at.step() + 1)" : "at.step()";
      case Ref(Source.Share _) -> "at.share()";
      case Ref(Source.DrawWeight _) -> "at.drawWeight()";
      case Ref(Source.ExampleWeight _) -> "at.exampleWeight()";
      case Ref(Source.Constant constant) -> JavaDialect.constant(constant);
      case Ref(Source.Local local) -> local(local);
      default -> null;
    };
  }

  /** A value that others are made of is computed once. */
  private String local(Source.Local local) {
    Map<Source.Local, String> known = later ? next : now;
    String name = known.get(local);
    if (name == null) {
      Arith definition = plan.definition(local);
      CodeBlock value =
          LineBreaks.code(
              text.write(definition instanceof Hoisted(Arith bare) ? bare : definition));
      name = names.fresh(Suggestions.of(local));
      declarations.addStatement("double $N = $L", name, value);
      known.put(local, name);
    }
    return name;
  }
}
