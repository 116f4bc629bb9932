package org.blrc.emit.java;

import com.squareup.javapoet.CodeBlock;
import org.blrc.emit.arith.Arith.Ref;
import org.blrc.emit.arith.Formula;
import org.blrc.emit.arith.Lowering;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.arith.ProgramPlan;
import org.blrc.emit.arith.Source;
import org.blrc.program.Program;
import org.blrc.program.Program.Hyper;
import org.blrc.symbolic.Expr;

/** All arithmetic of a program, and what every emitted method has to know. */
final class JavaPlan {

  private final ProgramPlan arithmetic;
  private final Precision precision;
  private final Accessors accessors;
  private final Fields fields;

  JavaPlan(Program program, Precision precision, Accessors accessors) {
    this(program, precision, accessors, program.samples().isPresent());
  }

  private JavaPlan(Program program, Precision precision, Accessors accessors, boolean means) {
    this.arithmetic = new ProgramPlan(program, means);
    this.precision = precision;
    this.accessors = accessors;
    this.fields = new Fields(program, arithmetic.aliased());
  }

  /** The same program where a step is made from a single draw, whose answers are at hand. */
  JavaPlan ofOneDraw() {
    return new JavaPlan(program(), precision, accessors, false);
  }

  /** The same program where a part of the step is made. */
  JavaPlan ofPart() {
    return new JavaPlan(
        program().withUpdate(program().safeguard().backOff()), precision, accessors);
  }

  ProgramPlan arithmetic() {
    return arithmetic;
  }

  Program program() {
    return arithmetic.program();
  }

  Precision precision() {
    return precision;
  }

  Fields fields() {
    return fields;
  }

  /**
   * An expression over hyper-parameters, in double precision.
   *
   * @param values the array that holds their values; empty for those outside groups
   */
  CodeBlock hyperCode(Expr expr, String values) {
    Formula text =
        new Formula(
            JavaDialect.JAVA,
            Precision.DOUBLE,
            part ->
                switch (part) {
                  case Ref(Source.HyperValue(Hyper hyper)) -> accessor(hyper) + "(" + values + ")";
                  case Ref(Source.Constant constant) -> JavaDialect.constant(constant);
                  default -> null;
                },
            part -> part);
    return LineBreaks.code(text.write(new Lowering(program()).lower(expr)));
  }

  String accessor(Hyper hyper) {
    return accessors.of(hyper);
  }
}
