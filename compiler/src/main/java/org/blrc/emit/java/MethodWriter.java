package org.blrc.emit.java;

import com.squareup.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.blrc.emit.arith.Arith;
import org.blrc.emit.arith.Dialect;
import org.blrc.emit.arith.LoopBody;
import org.blrc.emit.arith.LoopBody.Store;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.arith.ProgramPlan;
import org.blrc.emit.arith.Source;
import org.blrc.emit.arith.Source.AnswerValue;
import org.blrc.emit.arith.Source.Element;
import org.blrc.emit.arith.Source.NoiseValue;
import org.blrc.emit.arith.Source.Row;
import org.blrc.emit.arith.Source.StateValue;
import org.blrc.emit.arith.Suggestions;
import org.blrc.program.Program;
import org.blrc.program.Program.Answer;
import org.blrc.program.Program.NoiseInput;
import org.blrc.symbolic.Expr.Distribution;

/**
 * One emitted method: what its loops need is declared before them, once; fields are read into local
 * variables.
 */
final class MethodWriter implements LoopBody.Frame {

  private final JavaPlan plan;
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
  MethodWriter(JavaPlan plan, int answered) {
    this(plan, plan.fields(), answered, "draw");
  }

  /**
   * @param draw the number of the draw
   */
  MethodWriter(JavaPlan plan, Fields fields, int answered, String draw) {
    this.plan = plan;
    this.fields = fields;
    this.answered = answered;
    this.draw = draw;
    this.names = fields.names();
    this.scalars = new ScalarWriter(plan, names);
  }

  @Override
  public ProgramPlan plan() {
    return plan.arithmetic();
  }

  @Override
  public Dialect dialect() {
    return JavaDialect.JAVA;
  }

  @Override
  public Precision precision() {
    return plan.precision();
  }

  @Override
  public String scalar(Arith arith) {
    return scalars.name(arith);
  }

  @Override
  public String element(Element element) {
    int row =
        element instanceof AnswerValue answer && isAtHand(answer) ? answer.component() - 1 : 0;
    return array(element) + "[" + index(row) + "]";
  }

  @Override
  public String place(String array, int row) {
    return array + "[" + index(row) + "]";
  }

  @Override
  public void declare(Precision type, String name, String value) {
    body.addStatement("$T $N = $L", JavaDialect.type(type), name, LineBreaks.code(value));
  }

  @Override
  public void assign(String left, String operator, String value) {
    body.addStatement("$L $L $L", left, operator, LineBreaks.code(value));
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
    for (LoopBody.Part part : new LoopParts(plan.arithmetic()).of(stores)) {
      body.beginControlFlow("for (int i = from; i < to; i++)");
      LoopBody.write(this, part);
      body.endControlFlow();
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
      stores.add(new Store(total, null, value, LoopBody.How.ADD));
    }
    body.beginControlFlow("for (int i = from; i < to; i++)");
    LoopBody.sums(this, stores);
    body.endControlFlow();
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
    Precision precision = plan.precision();
    String box = precision == Precision.FLOAT ? "Float" : "Double";
    body.addStatement("$T $N = $L.POSITIVE_INFINITY", JavaDialect.type(precision), least, box)
        .addStatement("$T $N = $L.NEGATIVE_INFINITY", JavaDialect.type(precision), greatest, box)
        .beginControlFlow("for (int i = from; i < to; i++)");
    LoopBody.extremes(this, least, greatest, value);
    body.endControlFlow()
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

  @Override
  public String fresh(String suggestion) {
    return names.fresh(suggestion);
  }

  /** The local variable for a field. */
  String field(String name) {
    if (copied.add(name)) {
      int rank = fields.rank(name);
      arrayCode.add(rank, "$T $N = this.$N", JavaDialect.array(plan.precision()), name, name);
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
    return plan.arithmetic().questions().phaseOf(value.answer()) == answered;
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
          field(
              fields.array(element, Suggestions.name(reduce, plan.arithmetic().reduction(reduce))));
      case AnswerValue value when !isAtHand(value) ->
          field(fields.array(element, plan.arithmetic().questions().keptName(value.answer())));
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
    String name = fresh(plan.arithmetic().questions().arrayName(answer));
    arrayCode.add(
        Fields.LAST,
        "$T $N = answer($L)",
        JavaDialect.array(plan.precision()),
        name,
        plan.arithmetic().questions().indexOf(answer));
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
    arrayCode.add(Fields.LAST, "$T $N = $L", JavaDialect.array(plan.precision()), name, source);
    return name;
  }
}
