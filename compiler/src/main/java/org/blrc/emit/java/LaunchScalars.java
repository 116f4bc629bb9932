package org.blrc.emit.java;

import com.squareup.javapoet.CodeBlock;
import java.util.function.Function;
import org.blrc.emit.arith.Arith;
import org.blrc.emit.arith.Arith.Ref;
import org.blrc.emit.arith.Formula;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.arith.ProgramPlan;
import org.blrc.emit.arith.Source;
import org.blrc.emit.cuda.HostScalar;
import org.blrc.program.Program.Hyper;

/** The scalars of launches as code: computed in double precision, and then rounded. */
final class LaunchScalars {

  private final ProgramPlan plan;
  private final Precision precision;
  private final Function<Hyper, String> accessors;

  /**
   * @param accessors the methods that take a hyper-parameter from among the values of all
   */
  LaunchScalars(ProgramPlan plan, Precision precision, Function<Hyper, String> accessors) {
    this.plan = plan;
    this.precision = precision;
    this.accessors = accessors;
  }

  CodeBlock value(HostScalar scalar) {
    Formula text =
        new Formula(
            JavaDialect.JAVA, Precision.DOUBLE, part -> name(part, scalar.later()), this::written);
    return LineBreaks.code(
        text.writeCast(scalar.value(), scalar.exact() ? Precision.DOUBLE : precision));
  }

  private Arith written(Arith arith) {
    return arith instanceof Ref(Source.Local local) ? plan.definition(local) : arith;
  }

  private String name(Arith part, boolean later) {
    return switch (part) {
      case Ref(Source.HyperValue(Hyper hyper)) ->
          "%s(at.%s())".formatted(accessors.apply(hyper), later ? "nextValues" : "values");
      case Ref(Source.StepNumber _) -> later ? "(at.step() + 1)" : "at.step()";
      case Ref(Source.Share _) -> "at.share()";
      case Ref(Source.DrawWeight _) -> "at.drawWeight()";
      case Ref(Source.ExampleWeight _) -> "at.exampleWeight()";
      case Ref(Source.Constant constant) -> JavaDialect.constant(constant);
      default -> null;
    };
  }
}
