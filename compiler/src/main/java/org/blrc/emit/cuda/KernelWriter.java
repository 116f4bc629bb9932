package org.blrc.emit.cuda;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.blrc.emit.arith.Arith;
import org.blrc.emit.arith.Dialect;
import org.blrc.emit.arith.LoopBody;
import org.blrc.emit.arith.LoopBody.How;
import org.blrc.emit.arith.LoopBody.Store;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.arith.ProgramPlan;
import org.blrc.emit.arith.Source;
import org.blrc.emit.arith.Source.AnswerValue;
import org.blrc.emit.arith.Source.Element;
import org.blrc.emit.arith.Source.Reduced;
import org.blrc.emit.arith.Source.Row;
import org.blrc.emit.arith.Suggestions;
import org.blrc.program.Program;
import org.blrc.runtime.cuda.Argument;
import org.blrc.runtime.cuda.Purpose;
import org.blrc.symbolic.Expr.Distribution;
import org.blrc.symbolic.Expr.Reduce;

/**
 * One kernel under construction: the arithmetic for one of several lanes, between the loads and the
 * stores of {@link Lanes}.
 */
final class KernelWriter implements LoopBody.Frame {

  /** What a chunk comes to: a variable of each thread, and how those of a block become one. */
  private record Part(String variable, Precision type, String start, String join) {}

  private final Columns columns;
  private final ProgramPlan plan;
  private final Precision precision;
  private final int answered;
  private final Names names;
  private final KernelScalars scalars;
  private final KernelScalars laterScalars;
  private final Lanes lanes;
  private final Map<Program.NoiseInput, String> noises = new LinkedHashMap<>();
  private final Map<Program.NoiseInput, String> laterNoises = new LinkedHashMap<>();
  private final Map<Reduced, String> reduced = new LinkedHashMap<>();
  private final Map<Row, String> rows = new LinkedHashMap<>();
  private final Set<Argument> arguments = EnumSet.noneOf(Argument.class);
  private final Code batches = new Code(3);
  private final List<Code> loops = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private Code body = new Code(4);
  private int bytesOfExample;

  /** Whether what is added is of the step that follows. */
  private boolean later;

  /** The loop that is; its noise is drawn when registers are free again. */
  private Code laterLoop;

  /**
   * @param answered the phase whose answers are at hand
   */
  KernelWriter(Columns columns, ProgramPlan plan, Precision precision, int answered) {
    this.columns = columns;
    this.plan = plan;
    this.precision = precision;
    this.answered = answered;
    this.names = Names.fresh();
    this.lanes = new Lanes(precision, names);
    this.scalars = new KernelScalars(plan, precision, names, false);
    this.laterScalars = new KernelScalars(plan, precision, names, true);
  }

  @Override
  public ProgramPlan plan() {
    return plan;
  }

  @Override
  public Dialect dialect() {
    return CudaDialect.CUDA;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public String fresh(String suggestion) {
    return names.fresh(suggestion);
  }

  @Override
  public String scalar(Arith arith) {
    return (later ? laterScalars : scalars).name(arith);
  }

  @Override
  public String element(Element element) {
    return switch (element) {
          case Source.NoiseValue(var noise) ->
              (later ? laterNoises : noises)
                  .computeIfAbsent(noise, each -> names.fresh(each.name()));
          case Row row ->
              rows.computeIfAbsent(row, each -> names.fresh(each.answer().symbol().name()));
          case Reduced result when reduced.containsKey(result) -> reduced.get(result);
          default -> lanes.read(place(element));
        }
        + "[k]";
  }

  private Lanes.Place place(Element element) {
    return switch (element) {
      case Source.StateValue(var state) -> new Lanes.Place(columns.state(state), 0);
      case Source.Sum sum -> new Lanes.Place(columns.accumulated(sum), 0);
      case AnswerValue value when isAtHand(value) ->
          new Lanes.Place(columns.given(value.answer()), value.component() - 1);
      case AnswerValue value ->
          new Lanes.Place(
              columns.kept(value, plan.questions().keptName(value.answer()) + suffix(value)), 0);
      case Reduced(Reduce reduce) ->
          new Lanes.Place(
              columns.kept(element, Suggestions.name(reduce, plan.reduction(reduce))), 0);
      case Source.NoiseValue _, Row _ -> throw new IllegalArgumentException("no array: " + element);
    };
  }

  private static String suffix(AnswerValue value) {
    return value.component() == 1 ? "" : Integer.toString(value.component());
  }

  /** Whether an answer is one of the last phase, and not kept from an earlier one. */
  private boolean isAtHand(AnswerValue value) {
    return plan.questions().phaseOf(value.answer()) == answered;
  }

  /** The lanes of a column that the kernel writes. */
  String output(Column column, int row) {
    return lanes.write(new Lanes.Place(column, row));
  }

  /** The same of a column that is added to. */
  String sum(Source.Sum sum, boolean first) {
    Lanes.Place place = new Lanes.Place(columns.accumulated(sum), 0);
    if (!first) {
      lanes.read(place);
    }
    return lanes.write(place);
  }

  @Override
  public String place(String array, int row) {
    return (row == 0 ? array : output(lanes.column(array), row)) + "[k]";
  }

  @Override
  public void declare(Precision type, String name, String value) {
    body.statement("const %s %s = ".formatted(type.keyword(), name), value);
  }

  @Override
  public void assign(String left, String operator, String value) {
    body.statement(left + " " + operator + " ", value);
  }

  /** Adds a loop over the lanes. */
  void loop(List<Store> stores) {
    if (!stores.isEmpty()) {
      body = new Code(4);
      LoopBody.write(this, new LoopBody.Part(stores, Set.of()));
      loops.add(body);
    }
  }

  /** The same of the step that follows, where states are new, and so is the noise. */
  void laterLoop(List<Store> stores) {
    later = true;
    loop(stores);
    laterLoop = loops.getLast();
    later = false;
  }

  /** Adds a loop that adds up in double precision. */
  void sums(List<Arith> values) {
    List<Store> stores = new ArrayList<>();
    for (Arith value : values) {
      String total = names.fresh("sum");
      parts.add(new Part(total, Precision.DOUBLE, "0", "blockSum"));
      stores.add(new Store(total, null, value, How.ADD));
    }
    arguments.add(Argument.PARTS);
    body = new Code(5);
    LoopBody.sums(this, stores);
    loops.add(body);
  }

  /** Adds loops that find the least and the greatest of some values, each. */
  void extremes(List<Arith> values) {
    arguments.add(Argument.PARTS);
    for (Arith value : values) {
      String least = names.fresh("least");
      String greatest = names.fresh("greatest");
      String infinity = CudaDialect.constant(Source.Constant.INFINITY);
      parts.add(new Part(least, precision, infinity, "blockLeast"));
      parts.add(new Part(greatest, precision, "-" + infinity, "blockGreatest"));
      body = new Code(5);
      LoopBody.extremes(this, least, greatest, value);
      loops.add(body);
    }
  }

  /** Copies what later phases need of the answers at hand. */
  void keep(AnswerValue value) {
    String from = element(value);
    Column kept = columns.kept(value, "");
    loops.add(new Code(4).line("%s[k] = %s;".formatted(output(kept, 0), from)));
  }

  /** Stores the result of a reduction, which later phases need. */
  void keep(Reduced result) {
    String kept = output(columns.kept(result, ""), 0);
    loops.add(new Code(4).line("%s[k] = %s[k];".formatted(kept, reduced.get(result))));
  }

  /** Computes reductions over the examples before the loops over the lanes. */
  void reduce(Map<Reduce, Arith> bodies) {
    Set<Reduce> pending = new LinkedHashSet<>(bodies.keySet());
    List<Store> stores = new ArrayList<>();
    bodies.forEach(
        (reduce, body) -> {
          Reduced result = new Reduced(reduce);
          String name = names.fresh(Suggestions.name(reduce, body));
          reduced.put(result, name);
          batches.line("%s %s[%s] = {};".formatted(precision.keyword(), name, lanes.width()));
          stores.add(new Store(name, result, ProgramPlan.weighted(reduce, body), How.ADD));
        });
    while (!stores.isEmpty()) {
      List<Store> ready =
          stores.stream()
              .filter(
                  store ->
                      plan.sources(store.value()).stream()
                          .noneMatch(
                              source ->
                                  source instanceof Reduced(Reduce reduce)
                                      && pending.contains(reduce)))
              .toList();
      pass(ready);
      stores.removeAll(ready);
      ready.forEach(store -> pending.remove(((Reduced) store.element()).reduce()));
    }
  }

  /** One pass over the examples. */
  private void pass(List<Store> stores) {
    arguments.add(Argument.EXAMPLES);
    lanes.stride();
    rows.clear();
    body = new Code(6);
    LoopBody.write(this, new LoopBody.Part(stores, Set.of()));
    rows.keySet().forEach(row -> bytesOfExample += lanes.bytes(columns.given(row.answer())));
    // Without a branch in it, the loads of several examples are under way at once.
    batches.open("if (full)");
    examples("");
    batches.otherwise();
    examples(", count");
    batches.close();
  }

  private void examples(String count) {
    batches.open("for (int example = 0; example < examples; ++example)");
    rows.forEach(
        (row, name) -> {
          String from =
              "%s + %s * stride + i"
                  .formatted(lanes.pointer(columns.given(row.answer())), line(row));
          batches.line(lanes.declaration(name));
          batches.line("load(%s, %s%s);".formatted(name, from, count));
        });
    batches.directive("#pragma unroll");
    batches.open(lanesLoop()).add(body).close().close();
  }

  /** The number of a row among those of all examples and components. */
  private String line(Row row) {
    int components = plan.program().components();
    if (row.answer().kind().order() == 0 || components == 1) {
      return "example";
    }
    return "(example * %sLL + %s)".formatted(components, row.component() - 1);
  }

  private String lanesLoop() {
    return "for (int k = 0; k < %s; ++k)".formatted(lanes.width());
  }

  boolean isEmpty() {
    return loops.stream().allMatch(Code::isEmpty);
  }

  /** The finished kernel. */
  Written write(String name, Purpose purpose, String comment) {
    Code inner = inner();
    arguments.addAll(scalars.arguments());
    arguments.addAll(laterScalars.arguments());
    Code text =
        head(
            name,
            comment + lanes.traffic(bytesOfExample).described(),
            purpose,
            Prelude.callsFunctions(inner.toString() + scalars.code() + laterScalars.code()));
    text.add(scalars.code()).add(laterScalars.code());
    if (!parts.isEmpty()) {
      text.line("__shared__ double block[BLOCK];");
    }
    text.open(
            "for (long long chunk = blockIdx.x; chunk < tensors.chunks[tensors.count]; chunk +="
                + " gridDim.x)")
        .line("const int tensor = tensorOf(tensors, chunk);");
    lanes.declarePointers(text);
    text.line("const long long begin = (chunk - tensors.chunks[tensor]) * CHUNK;")
        .line("const long long length = tensors.lengths[tensor];")
        .line("const long long end = begin + CHUNK < length ? begin + CHUNK : length;")
        .statement("const bool whole = ", lanes.whole());
    if (!noises.isEmpty() || !laterNoises.isEmpty() || lanes.round()) {
      text.line("const long long first = tensors.firsts[tensor];");
    }
    for (Part part : parts) {
      text.line("%s %s = %s;".formatted(part.type().keyword(), part.variable(), part.start()));
    }
    text.open(
            "for (long long i = begin + %s * threadIdx.x; i < end; i += %s * BLOCK)"
                .formatted(lanes.width(), lanes.width()))
        .line(
            "const int count = end - i < %s ? (int) (end - i) : %s;"
                .formatted(lanes.width(), lanes.width()))
        .line("const bool full = whole && count == %s;".formatted(lanes.width()))
        .add(inner)
        .close();
    for (int k = 0; k < parts.size(); k++) {
      Part part = parts.get(k);
      String whole = names.fresh("whole");
      text.line("const double %s = %s(%s, block);".formatted(whole, part.join(), part.variable()))
          .open("if (threadIdx.x == 0)")
          .line("parts[chunk * %s + %s] = %s;".formatted(parts.size(), k, whole))
          .close();
    }
    text.close().close();
    return new Written(
        new EmittedKernel(
            name,
            purpose,
            passed(),
            List.copyOf(arguments),
            lanes.columns(),
            lanes.traffic(bytesOfExample),
            Prelude.callsFunctions(text.toString())),
        text.toString());
  }

  private Code inner() {
    Code code = new Code(3);
    lanes.load(code);
    noises.forEach((noise, name) -> draw(noise, name, Argument.DRAW, code));
    code.add(batches);
    for (Code loop : loops) {
      if (loop == laterLoop) {
        laterNoises.forEach((noise, name) -> draw(noise, name, Argument.NEXT_DRAW, code));
      }
      code.directive("#pragma unroll").open(lanesLoop());
      if (parts.isEmpty()) {
        code.add(loop);
      } else {
        code.open("if (k < count)").add(loop).close();
      }
      code.close();
    }
    lanes.store(code);
    if (lanes.round()) {
      arguments.add(Argument.ROUNDING);
    }
    return code;
  }

  /** Noise that is given is that of the step at hand. */
  private void draw(Program.NoiseInput noise, String name, Argument draw, Code code) {
    arguments.add(draw);
    boolean atHand = draw == Argument.DRAW;
    code.line(lanes.declaration(name))
        .line(
            "noise<%s>(%s, %s, i, %s, %s, first, count, full);"
                .formatted(
                    noise.distribution() == Distribution.STANDARD_NORMAL,
                    name,
                    atHand ? lanes.pointer(columns.noise(noise)) : "nullptr",
                    atHand ? "draw" : "nextDraw",
                    plan.program().noises().indexOf(noise)));
  }

  private List<HostScalar> passed() {
    List<HostScalar> passed = new ArrayList<>(scalars.passed());
    passed.addAll(laterScalars.passed());
    return passed;
  }

  private Code head(String name, String comment, Purpose purpose, boolean calls) {
    return new KernelHead(name, precision)
        .write(comment, true, passed(), arguments, bounds(purpose, calls));
  }

  private String bounds(Purpose purpose, boolean calls) {
    boolean light =
        LaunchBounds.streams(purpose)
            && precision == Precision.FLOAT
            && !calls
            && bytesOfExample == 0;
    int last = laterNoises.size() + (lanes.round() ? 1 : 0);
    return light ? LaunchBounds.of(lanes.countRead(), noises.size(), last) : LaunchBounds.ANY;
  }
}
