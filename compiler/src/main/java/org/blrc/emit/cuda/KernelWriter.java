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
import org.blrc.emit.arith.LineBreaks;
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
import org.blrc.runtime.cuda.KernelSet.Real;
import org.blrc.runtime.cuda.Purpose;
import org.blrc.symbolic.Expr.Distribution;
import org.blrc.symbolic.Expr.Reduce;

/**
 * One kernel under construction: the arithmetic for one of several lanes, and the arrays that it
 * needs around it, each loaded once before and stored once after.
 */
final class KernelWriter implements LoopBody.Frame {

  /** What neighbouring coordinates have in an array. */
  private static final class Lanes {
    final String name;
    final Column column;
    final int row;
    boolean loads;
    boolean stores;

    Lanes(String name, Column column, int row) {
      this.name = name;
      this.column = column;
      this.row = row;
    }
  }

  private record Place(Column column, int row) {}

  /** What a chunk comes to: a variable of each thread, and how those of a block become one. */
  private record Part(String variable, Precision type, String start, String join) {}

  /** How many arrays a kernel may read, or draw, that needs few registers. */
  private static final int LIGHT = 5;

  private final Columns columns;
  private final ProgramPlan plan;
  private final Precision precision;
  private final int answered;
  private final Names names;
  private final KernelScalars scalars;
  private final KernelScalars laterScalars;
  private final Map<Place, Lanes> lanes = new LinkedHashMap<>();
  private final Map<Program.NoiseInput, String> noises = new LinkedHashMap<>();
  private final Map<Program.NoiseInput, String> laterNoises = new LinkedHashMap<>();
  private final Map<Reduced, String> reduced = new LinkedHashMap<>();
  private final Map<Row, String> rows = new LinkedHashMap<>();
  private final Map<Column, String> pointers = new LinkedHashMap<>();
  private final Set<Argument> arguments = EnumSet.noneOf(Argument.class);
  private final Code batches = new Code(3);
  private final List<Code> loops = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private Code body = new Code(4);
  private boolean strided;
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
          default -> {
            Lanes found = lanes(place(element));
            found.loads = true;
            yield found.name;
          }
        }
        + "[k]";
  }

  private Place place(Element element) {
    return switch (element) {
      case Source.StateValue(var state) -> new Place(columns.state(state), 0);
      case Source.Sum sum -> new Place(columns.accumulated(sum), 0);
      case AnswerValue value when isAtHand(value) ->
          new Place(columns.given(value.answer()), value.component() - 1);
      case AnswerValue value ->
          new Place(
              columns.kept(value, plan.questions().keptName(value.answer()) + suffix(value)), 0);
      case Reduced(Reduce reduce) ->
          new Place(columns.kept(element, Suggestions.name(reduce, plan.reduction(reduce))), 0);
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

  private Lanes lanes(Place place) {
    return lanes.computeIfAbsent(
        place, _ -> new Lanes(names.fresh(place.column().name()), place.column(), place.row()));
  }

  /** The lanes of a column that the kernel writes. */
  String output(Column column, int row) {
    Lanes found = lanes(new Place(column, row));
    found.stores = true;
    return found.name;
  }

  /** The same of a column that is added to. */
  String sum(Source.Sum sum, boolean first) {
    Lanes found = lanes(new Place(columns.accumulated(sum), 0));
    found.stores = true;
    found.loads |= !first;
    return found.name;
  }

  @Override
  public String place(String array, int row) {
    if (row == 0) {
      return array + "[k]";
    }
    Column column =
        lanes.values().stream()
            .filter(each -> each.name.equals(array))
            .findFirst()
            .orElseThrow()
            .column;
    return output(column, row) + "[k]";
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
          batches.line("%s %s[%s] = {};".formatted(precision.keyword(), name, width()));
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
    strided = true;
    rows.clear();
    body = new Code(6);
    LoopBody.write(this, new LoopBody.Part(stores, Set.of()));
    rows.keySet().forEach(row -> bytesOfExample += bytes(columns.given(row.answer())));
    // Without a branch in it, the loads of several examples are under way at once.
    batches.open("if (whole && count == %s)".formatted(width()));
    examples(Integer.toString(width()), "true");
    batches.otherwise();
    examples("count", "whole");
    batches.close();
  }

  private void examples(String count, String whole) {
    batches.open("for (int example = 0; example < examples; ++example)");
    rows.forEach(
        (row, name) -> {
          String from =
              "%s + %s * stride + i".formatted(pointer(columns.given(row.answer())), line(row));
          batches.line("%s %s[%s];".formatted(precision.keyword(), name, width()));
          batches.line("load(%s, %s, %s, %s);".formatted(name, from, count, whole));
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

  /** How many coordinates a thread takes at a time: as many as fill 16 bytes. */
  private int width() {
    return precision == Precision.FLOAT ? 4 : 2;
  }

  private String lanesLoop() {
    return "for (int k = 0; k < %s; ++k)".formatted(width());
  }

  private String pointer(Column column) {
    return pointers.computeIfAbsent(column, each -> names.fresh(each.name() + "Array"));
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
            comment + traffic().described(),
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
    Set<Column> written = new LinkedHashSet<>();
    lanes.values().stream().filter(each -> each.stores).forEach(each -> written.add(each.column));
    pointers.forEach((column, pointer) -> text.line(declaration(column, pointer, written)));
    if (strided) {
      text.line("const long long stride = tensors.strides[tensor];");
    }
    text.line("const long long begin = (chunk - tensors.chunks[tensor]) * CHUNK;")
        .line("const long long length = tensors.lengths[tensor];")
        .line("const long long end = begin + CHUNK < length ? begin + CHUNK : length;")
        .statement("const bool whole = ", whole());
    if (!noises.isEmpty()
        || !laterNoises.isEmpty()
        || lanes.values().stream().anyMatch(KernelWriter::rounds)) {
      text.line("const long long first = tensors.firsts[tensor];");
    }
    for (Part part : parts) {
      text.line("%s %s = %s;".formatted(part.type().keyword(), part.variable(), part.start()));
    }
    text.open(
            "for (long long i = begin + %s * threadIdx.x; i < end; i += %s * BLOCK)"
                .formatted(width(), width()))
        .line("const int count = end - i < %s ? (int) (end - i) : %s;".formatted(width(), width()))
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
            List.copyOf(pointers.keySet()),
            traffic(),
            Prelude.callsFunctions(text.toString())),
        text.toString());
  }

  private Traffic traffic() {
    int read = 0;
    int written = 0;
    for (Lanes each : lanes.values()) {
      read += each.loads ? bytes(each.column) : 0;
      written += each.stores ? bytes(each.column) : 0;
    }
    return new Traffic(read, written, bytesOfExample);
  }

  private int bytes(Column column) {
    return column.narrow() ? Real.BF16.bytes() : precision == Precision.FLOAT ? 4 : 8;
  }

  private Code inner() {
    Code code = new Code(3);
    lanes.values().stream()
        .filter(each -> each.loads)
        .forEach(
            each ->
                code.line("%s %s[%s];".formatted(precision.keyword(), each.name, width()))
                    .line("load(%s, %s, count, whole);".formatted(each.name, address(each))));
    lanes.values().stream()
        .filter(each -> !each.loads)
        .forEach(
            each -> code.line("%s %s[%s];".formatted(precision.keyword(), each.name, width())));
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
    lanes.values().stream().filter(each -> each.stores).forEach(each -> code.line(store(each)));
    return code;
  }

  /** A state that is narrower than what it is computed in may be rounded at random. */
  private String store(Lanes each) {
    boolean rounds = rounds(each);
    if (rounds) {
      arguments.add(Argument.ROUNDING);
    }
    return "store(%s, %s, count, whole%s);"
        .formatted(address(each), each.name, rounds ? ", rounding, first + i" : "");
  }

  private static boolean rounds(Lanes each) {
    return each.stores && each.column.narrow() && each.column.role() instanceof Column.Role.State;
  }

  /** Noise that is given is that of the step at hand. */
  private void draw(Program.NoiseInput noise, String name, Argument draw, Code code) {
    arguments.add(draw);
    boolean atHand = draw == Argument.DRAW;
    code.line("%s %s[%s];".formatted(precision.keyword(), name, width()))
        .line(
            "noise<%s>(%s, %s, i, %s, %s, first, count, whole);"
                .formatted(
                    noise.distribution() == Distribution.STANDARD_NORMAL,
                    name,
                    atHand ? pointer(columns.noise(noise)) : "nullptr",
                    atHand ? "draw" : "nextDraw",
                    plan.program().noises().indexOf(noise)));
  }

  private List<HostScalar> passed() {
    List<HostScalar> passed = new ArrayList<>(scalars.passed());
    passed.addAll(laterScalars.passed());
    return passed;
  }

  private String address(Lanes each) {
    strided |= each.row > 0;
    return pointer(each.column)
        + switch (each.row) {
          case 0 -> "";
          case 1 -> " + stride";
          default -> " + " + each.row + " * stride";
        }
        + " + i";
  }

  private String declaration(Column column, String pointer, Set<Column> written) {
    String type =
        (written.contains(column) ? "" : "const ")
            + (column.narrow() ? Real.BF16.keyword() : precision.keyword());
    String arrays = "tensors.arrays[%s]".formatted(column.place());
    String address = "(%s *) %s[tensor]".formatted(type, arrays);
    return "%s *__restrict__ %s = %s;"
        .formatted(
            type,
            pointer,
            column.role() instanceof Column.Role.Noise
                ? "%s == nullptr ? nullptr : %s".formatted(arrays, address)
                : address);
  }

  private String whole() {
    List<String> conditions = new ArrayList<>();
    pointers.values().forEach(pointer -> conditions.add("aligned(%s)".formatted(pointer)));
    if (strided) {
      conditions.add("(stride & %s) == 0".formatted(width() - 1));
    }
    return String.join(" &&" + LineBreaks.BREAK, conditions);
  }

  private Code head(String name, String comment, Purpose purpose, boolean calls) {
    return new KernelHead(name, precision)
        .write(comment, true, passed(), arguments, bounds(purpose, calls));
  }

  /**
   * How many blocks a multiprocessor is to have room for: enough that memory is kept busy, where
   * all that is needed fits into the registers that they leave.
   */
  private String bounds(Purpose purpose, boolean calls) {
    boolean streams =
        switch (purpose) {
          case Purpose.Restore _,
              Purpose.Point _,
              Purpose.Update _,
              Purpose.UpdateFromOne _,
              Purpose.UpdateAndPoint _ ->
              true;
          case Purpose.Sums _,
              Purpose.Accumulate _,
              Purpose.Range _,
              Purpose.BackOff _,
              Purpose.MoveShared _,
              Purpose.KeepShared _ ->
              false;
        };
    boolean light =
        streams
            && precision == Precision.FLOAT
            && !calls
            && noises.size() <= 1
            && bytesOfExample == 0
            && lanes.values().stream().filter(each -> each.loads).count() + noises.size() <= LIGHT;
    return "__launch_bounds__(BLOCK, %s) ".formatted(light ? 4 : 1);
  }
}
