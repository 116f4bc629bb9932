package org.blrc.emit.java;

import com.squareup.javapoet.CodeBlock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.blrc.emit.arith.Arith;
import org.blrc.emit.arith.Arith.Hoisted;
import org.blrc.emit.arith.Arith.Ref;
import org.blrc.emit.arith.Formula;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.arith.Source;
import org.blrc.emit.arith.Source.HyperValue;
import org.blrc.emit.arith.Source.Local;
import org.blrc.emit.arith.Suggestions;
import org.blrc.program.Program.Hyper;

/**
 * Declares, at the head of a method, what is the same for all coordinates. It is computed in double
 * precision and then rounded.
 */
final class ScalarWriter {

  private static final int COUNTS = -1;

  private final JavaPlan plan;
  private final Names names;
  private final int computed;
  private final Map<Arith, String> working = new HashMap<>();
  private final Map<Source, String> exact = new HashMap<>();
  private final Map<Arith, String> parts = new HashMap<>();
  private final Declarations declarations = new Declarations();
  private final Formula text;
  private boolean countsExamples;
  private boolean measuresRows;

  ScalarWriter(JavaPlan plan, Names names) {
    this.plan = plan;
    this.names = names;
    this.computed = plan.program().hypers().size();
    this.text = new Formula(JavaDialect.JAVA, Precision.DOUBLE, this::exactName, part -> part);
  }

  CodeBlock code() {
    return declarations.code();
  }

  /** The local variable, in the working precision, for a value. */
  String name(Arith arith) {
    String known = working.get(arith);
    if (known == null) {
      known = declare(arith);
      working.put(arith, known);
    }
    return known;
  }

  /** A value, which is computed in double precision and then rounded. */
  CodeBlock value(Arith value) {
    shareParts(value);
    return LineBreaks.code(text.writeCast(value, plan.precision()));
  }

  /** The local variable for the number of examples. */
  String examples() {
    if (!countsExamples) {
      countsExamples = true;
      declarations.add(COUNTS, "int examples = examples()");
    }
    return "examples";
  }

  /** The local variable for the distance between the rows of two examples. */
  String rowLength() {
    if (!measuresRows) {
      measuresRows = true;
      declarations.add(COUNTS, "int n = dimension()");
    }
    return "n";
  }

  private String declare(Arith arith) {
    return switch (arith) {
      case Ref(Source.DrawWeight _) -> declareWeight("draws");
      case Ref(Source.ExampleWeight _) -> declareWeight(examples());
      case Ref(HyperValue(Hyper hyper)) ->
          declareRounded(plan.program().hypers().indexOf(hyper), arith, arith);
      case Ref(Source source) when needsNoRounding(source) -> exact(source);
      case Ref(Local local) when !plan.arithmetic().neededExactly(local) ->
          declareRounded(computed, arith, plan.arithmetic().definition(local));
      case Hoisted(Arith value) -> declareRounded(computed, arith, value);
      default -> declareRounded(computed, arith, arith);
    };
  }

  private boolean needsNoRounding(Source source) {
    return plan.precision() == Precision.DOUBLE
        && (source instanceof Local
            || source instanceof Source.StepNumber
            || source instanceof Source.Share
            || source instanceof Source.SharedValue
            || source instanceof Source.SharedNext
            || source instanceof Source.Total);
  }

  private String declareRounded(int rank, Arith arith, Arith value) {
    CodeBlock code = value(value);
    String name = names.fresh(Suggestions.name(arith));
    declarations.add(rank, "$T $N = $L", JavaDialect.type(plan.precision()), name, code);
    return name;
  }

  private String declareWeight(String count) {
    String name = names.fresh("weight");
    String one = plan.precision() == Precision.FLOAT ? "1f" : "1.0";
    declarations.add(
        computed, "$T $N = $L / $L", JavaDialect.type(plan.precision()), name, one, count);
    return name;
  }

  /** What a value needs more than once is computed once. */
  private void shareParts(Arith value) {
    Map<Arith, Integer> uses = new LinkedHashMap<>();
    value.children().forEach(part -> count(part, uses));
    uses.forEach(
        (part, count) -> {
          if (count > 1 && !part.children().isEmpty() && !parts.containsKey(part)) {
            CodeBlock code = LineBreaks.code(text.writeOut(part));
            String name = names.fresh(Suggestions.name(part));
            declarations.add(computed, "double $N = $L", name, code);
            parts.put(part, name);
          }
        });
  }

  /** Counts inner parts first. */
  private static void count(Arith part, Map<Arith, Integer> uses) {
    if (!uses.containsKey(part)) {
      part.children().forEach(child -> count(child, uses));
    }
    uses.merge(part, 1, Integer::sum);
  }

  private String exactName(Arith part) {
    if (parts.containsKey(part)) {
      return parts.get(part);
    }
    return switch (part) {
      case Ref(HyperValue(Hyper hyper)) -> plan.accessor(hyper) + "(values)";
      case Ref(Source.Constant constant) -> JavaDialect.constant(constant);
      case Ref(Source source) -> exact(source);
      default -> null;
    };
  }

  /**
   * The local variable, in double precision, for the step number, a sum or a scalar of the program.
   */
  private String exact(Source source) {
    if (source instanceof Source.Share) {
      return "share";
    }
    String known = exact.get(source);
    if (known == null) {
      if (source instanceof Local local) {
        shareParts(plan.arithmetic().definition(local));
      }
      CodeBlock code =
          switch (source) {
            case Local local -> LineBreaks.code(text.write(plan.arithmetic().definition(local)));
            case Source.Total(var sum) ->
                CodeBlock.of(
                    "$L($L)", sum.mean() ? "average" : "total", plan.program().sums().indexOf(sum));
            case Source.SharedValue(var state) ->
                CodeBlock.of("this.$N[0]", plan.fields().array(new Source.StateValue(state), ""));
            case Source.SharedNext(var state) -> CodeBlock.of("$N", plan.fields().next(state));
            default -> CodeBlock.of("stepNumber()");
          };
      known = names.fresh(Suggestions.of(source));
      declarations.add(computed, "double $N = $L", known, code);
      exact.put(source, known);
    }
    return known;
  }
}
