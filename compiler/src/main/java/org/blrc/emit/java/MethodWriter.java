package org.blrc.emit.java;

import com.squareup.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.blrc.emit.java.LoopWriter.Store;
import org.blrc.emit.java.Source.AnswerValue;
import org.blrc.emit.java.Source.Element;
import org.blrc.emit.java.Source.NoiseValue;
import org.blrc.emit.java.Source.Row;
import org.blrc.emit.java.Source.StateValue;
import org.blrc.program.Program;
import org.blrc.program.Program.Answer;
import org.blrc.program.Program.NoiseInput;
import org.blrc.symbolic.Expr.Distribution;

/**
 * One emitted method: what its loops need is declared before them, once; fields are read into local
 * variables.
 */
final class MethodWriter {

  private final ProgramPlan plan;
  private final Fields fields;
  private final int answered;
  private final String draw;
  private final Names names;
  private final ScalarWriter scalars;
  private final Map<Element, String> arrays = new HashMap<>();
  private final Map<Answer, String> answers = new HashMap<>();
  private final Set<String> copied = new HashSet<>();
  private final Declarations arrayCode = new Declarations();
  private final CodeBlock.Builder noiseCode = CodeBlock.builder();
  private final CodeBlock.Builder body = CodeBlock.builder();
  private int scratch;

  /**
   * @param answered the phase whose answers are at hand
   */
  MethodWriter(ProgramPlan plan, int answered) {
    this(plan, plan.fields(), answered, "draw");
  }

  /**
   * @param draw the number of the draw
   */
  MethodWriter(ProgramPlan plan, Fields fields, int answered, String draw) {
    this.plan = plan;
    this.fields = fields;
    this.answered = answered;
    this.draw = draw;
    this.names = fields.names();
    this.scalars = new ScalarWriter(plan, names);
  }

  ProgramPlan plan() {
    return plan;
  }

  ScalarWriter scalars() {
    return scalars;
  }

  /** What comes after the declarations. */
  CodeBlock.Builder body() {
    return body;
  }

  boolean isEmpty() {
    return body.isEmpty();
  }

  /** Adds a loop over the coordinates of the block, or several if one would be too large. */
  void loop(List<Store> stores) {
    for (LoopParts.Part part : new LoopParts(plan).of(stores)) {
      CodeBlock loop = new LoopWriter(this, part).write();
      body.beginControlFlow("for (int i = from; i < to; i++)").add(loop).endControlFlow();
    }
  }

  /**
   * Adds a loop that adds up over the coordinates of the block, in double precision. One loop, for
   * additions in a given order keep HotSpot from vectorising, and what sums share is computed once.
   */
  void sums(List<Arith> values) {
    List<Store> stores = new ArrayList<>();
    for (Arith value : values) {
      String total = fresh("sum");
      body.addStatement("double $N = sums[$L]", total, place(stores.size()));
      stores.add(new Store(total, null, value, LoopWriter.How.ADD));
    }
    body.beginControlFlow("for (int i = from; i < to; i++)")
        .add(LoopWriter.sums(this, stores))
        .endControlFlow();
    for (int k = 0; k < stores.size(); k++) {
      body.addStatement("sums[$L] = $N", place(k), stores.get(k).array());
    }
  }

  private static String place(int sum) {
    return sum == 0 ? "at" : "at + " + sum;
  }

  /** Adds a loop that finds the least and the greatest value over the coordinates of the block. */
  void extremes(Arith value, int place) {
    String least = fresh("least");
    String greatest = fresh("greatest");
    CodeBlock loop = LoopWriter.extremes(this, least, greatest, value);
    Precision precision = plan.precision();
    String box = precision == Precision.FLOAT ? "Float" : "Double";
    body.addStatement("$T $N = $L.POSITIVE_INFINITY", precision.type, least, box)
        .addStatement("$T $N = $L.NEGATIVE_INFINITY", precision.type, greatest, box)
        .beginControlFlow("for (int i = from; i < to; i++)")
        .add(loop)
        .endControlFlow()
        .addStatement("range[$L] = $N", 2 * place, least)
        .addStatement("range[$L] = $N", 2 * place + 1, greatest);
  }

  /** What {@link #extremes} finds where all coordinates share the value. */
  void single(Arith value, int place) {
    String name = scalars.name(value);
    body.addStatement("range[$L] = $N", 2 * place, name)
        .addStatement("range[$L] = $N", 2 * place + 1, name);
  }

  CodeBlock code() {
    return CodeBlock.builder()
        .add(scalars.code())
        .add(arrayCode.code())
        .add(noiseCode.build())
        .add(body.build())
        .build();
  }

  /** A new local variable. */
  String fresh(String suggestion) {
    return names.fresh(suggestion);
  }

  /** The local variable for a field. */
  String field(String name) {
    if (copied.add(name)) {
      int rank = fields.rank(name);
      arrayCode.add(rank, "$T $N = this.$N", plan.precision().array, name, name);
    }
    return name;
  }

  /** The local variable for the array that holds an element. */
  String array(Element element) {
    String known = arrays.get(element);
    if (known == null) {
      known = declare(element);
      arrays.put(element, known);
    }
    return known;
  }

  /** The local variable for all rows of a per-example answer. */
  String rows(Row row) {
    return declareAnswer(row.answer());
  }

  /** Whether an answer is one of the last phase, and not kept from an earlier one. */
  boolean isAtHand(AnswerValue value) {
    return plan.questions().phaseOf(value.answer()) == answered;
  }

  /** The place of a coordinate in a row of an array, from 0, that has one for each component. */
  String index(int row) {
    return rowStart(row) + "i";
  }

  /** What is added to the place of a coordinate in a row. */
  String rowStart(int row) {
    return row == 0 ? "" : (row == 1 ? "" : row + " * ") + scalars.rowLength() + " + ";
  }

  private String declare(Element element) {
    return switch (element) {
      case StateValue _ -> field(fields.array(element, ""));
      case Source.Sum(var accumulator) -> field(fields.sum(accumulator));
      case Source.Reduced(var reduce) ->
          field(fields.array(element, Suggestions.name(reduce, plan.reduction(reduce))));
      case AnswerValue value when !isAtHand(value) ->
          field(fields.array(element, plan.questions().keptName(value.answer())));
      case AnswerValue(var answer, _) -> declareAnswer(answer);
      case Row _ -> declareScratch("row");
      case NoiseValue(var noise) -> declareNoise(noise);
    };
  }

  private String declareAnswer(Answer answer) {
    String known = answers.get(answer);
    if (known != null) {
      return known;
    }
    String name = fresh(plan.questions().arrayName(answer));
    arrayCode.add(
        Fields.LAST,
        "$T $N = answer($L)",
        plan.precision().array,
        name,
        plan.questions().indexOf(answer));
    answers.put(answer, name);
    return name;
  }

  private String declareNoise(NoiseInput noise) {
    String name = declareScratch(noise.name());
    Program program = plan.program();
    boolean normal = noise.distribution() == Distribution.STANDARD_NORMAL;
    noiseCode.addStatement(
        "$L($L, $L, $N, from, to)",
        normal ? "normal" : "uniform",
        program.noises().indexOf(noise),
        draw,
        name);
    return name;
  }

  private String declareScratch(String suggestion) {
    String field = fields.scratch(scratch++);
    String name = fresh(suggestion);
    if (field.equals(fields.parameters())) {
      arrayCode.comment(Fields.LAST, "Scratch until a point is written here.");
    }
    String source = copied.contains(field) ? field : "this." + field;
    arrayCode.add(Fields.LAST, "$T $N = $L", plan.precision().array, name, source);
    return name;
  }
}
