package org.blrc.emit.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.blrc.emit.arith.ProgramPlan;
import org.blrc.emit.arith.Source;
import org.blrc.emit.cuda.Kernel.Argument;
import org.blrc.emit.cuda.Kernel.Purpose;
import org.blrc.program.ExprEvaluator;
import org.blrc.program.Program;
import org.blrc.program.Program.CoordinateSum;
import org.blrc.program.Program.NoiseInput;
import org.blrc.program.Program.State;
import org.blrc.program.ProgramSignature;
import org.blrc.runtime.AbstractOptimizer;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Distribution;

/**
 * An optimizer whose hooks are the kernels of the CUDA back end, run by this machine's processor.
 * Every block of coordinates is copied to memory of its own and back, and its noise is given, so
 * that recorded noise can be replayed.
 *
 * @param <A> {@code double[]} or {@code float[]}
 */
public final class HostOptimizer<A> extends AbstractOptimizer<A> {

  private final HostKernels kernels;
  private final CudaProgram cuda;
  private final Program program;
  private final ProgramPlan plan;
  private final Heap<A> heap;
  private final Map<Column, A> arrays = new HashMap<>();
  private final Map<String, A> sharedStates = new HashMap<>();
  private final A next;

  private HostOptimizer(
      HostKernels kernels, Heap<A> heap, int dimension, Map<String, Double> hypers) {
    super(
        ProgramSignature.of(kernels.program().program()),
        dimension,
        ProgramSignature.hyperValues(kernels.program().program(), hypers));
    this.kernels = kernels;
    this.cuda = kernels.program();
    this.program = cuda.program();
    this.plan = new ProgramPlan(program, program.samples().isPresent());
    this.heap = heap;
    double[] values = ProgramSignature.hyperValues(program, hypers);
    for (Column column : cuda.columns()) {
      int rows = column.role() instanceof Column.Role.Parameters(int count) ? count : 1;
      if (!(column.role() instanceof Column.Role.Given)) {
        arrays.put(column, heap.allocate(Math.multiplyExact(rows, dimension)));
      }
    }
    int shared = 0;
    for (State state : program.states()) {
      double initial = state.initial().map(expr -> initial(expr, values)).orElse(0.0);
      if (state.shared()) {
        sharedStates.put(state.name(), heap.filled(1, initial));
        shared++;
      } else {
        arrays.put(column(state), heap.filled(dimension, initial));
      }
    }
    next = heap.allocate(shared);
    threads(1);
    refresh();
  }

  /**
   * In double precision. States without an initial value start at zero; write to {@link #state} and
   * {@link #refresh}.
   *
   * @param kernels of a program in double precision
   * @param hypers values of hyper-parameters; the others take their defaults
   */
  public static HostOptimizer<double[]> doubles(
      HostKernels kernels, int dimension, Map<String, Double> hypers) {
    return new HostOptimizer<>(kernels, Heap.DOUBLES, dimension, hypers);
  }

  /** The same in single precision. */
  public static HostOptimizer<float[]> floats(
      HostKernels kernels, int dimension, Map<String, Double> hypers) {
    return new HostOptimizer<>(kernels, Heap.FLOATS, dimension, hypers);
  }

  private double initial(Expr expr, double[] values) {
    return ExprEvaluator.evaluate(
        expr,
        symbol ->
            values[
                program.hypers().stream()
                    .map(Program.Hyper::name)
                    .toList()
                    .indexOf(symbol.name())]);
  }

  private Column column(State state) {
    return cuda.columns().stream()
        .filter(each -> each.role().equals(new Column.Role.State(state.name())))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public int samples() {
    return (int)
        Math.rint(
            program.samples().map(count -> ExprEvaluator.evaluate(count, this::named)).orElse(1.0));
  }

  private double named(Expr.Sym symbol) {
    return hyperParameter(symbol.name());
  }

  @Override
  public A parameters() {
    return plan.aliased()
        .map(state -> arrays.get(column(state)))
        .orElseGet(() -> array(Column.Role.Parameters.class));
  }

  @Override
  public A direction() {
    return program.hasDirections() ? array(Column.Role.Direction.class) : super.direction();
  }

  private A array(Class<? extends Column.Role> role) {
    return cuda.columns().stream()
        .filter(each -> role.isInstance(each.role()))
        .map(arrays::get)
        .findFirst()
        .orElseThrow();
  }

  @Override
  protected A state(int index) {
    State state = program.states().get(index);
    return state.shared() ? sharedStates.get(state.name()) : arrays.get(column(state));
  }

  @Override
  protected void restore(int from, int to, double[] values) {
    run(new Purpose.Restore(), 0, from, to, values);
  }

  @Override
  protected void point(int phase, int draw, int from, int to, double[] values) {
    run(new Purpose.Point(phase), draw, from, to, values);
  }

  @Override
  protected void accumulate(int draw, int from, int to, double[] values) {
    run(new Purpose.Accumulate(draw == 0), draw, from, to, values);
  }

  @Override
  protected void update(int draws, int from, int to, double[] values) {
    new Call(values, from, to).draws(draws).run(new Purpose.Update());
  }

  @Override
  protected void updateFromOne(int from, int to, double[] values) {
    run(
        program.samples().isPresent() ? new Purpose.UpdateFromOne() : new Purpose.Update(),
        0,
        from,
        to,
        values);
  }

  @Override
  protected void range(int draws, int from, int to, double[] values, double[] range) {
    new Call(values, from, to).draws(draws).extremes(new Purpose.Range(false), range);
  }

  @Override
  protected void rangeFromOne(int from, int to, double[] values, double[] range) {
    new Call(values, from, to).extremes(new Purpose.Range(program.samples().isPresent()), range);
  }

  @Override
  protected void backOff(int draws, double share, int from, int to, double[] values) {
    new Call(values, from, to).draws(draws).share(share).run(new Purpose.BackOff());
  }

  @Override
  protected void sum(int pass, int draw, int from, int to, double[] values, double[] sums, int at) {
    double[] parts = new double[program.sumPasses().get(pass).size()];
    new Call(values, from, to).draw(draw).draws(draw).sums(new Purpose.Sums(pass), parts);
    for (int k = 0; k < parts.length; k++) {
      sums[at + k] += parts[k];
    }
  }

  @Override
  protected void moveShared(double[] values) {
    run(new Purpose.MoveShared(), 0, 0, 0, values);
  }

  @Override
  protected void keepShared() {
    run(new Purpose.KeepShared(), 0, 0, 0, new double[0]);
  }

  /** Where there is nothing to do, there is no kernel. */
  private void run(Purpose purpose, int draw, int from, int to, double[] values) {
    if (cuda.kernels().stream().anyMatch(kernel -> kernel.purpose().equals(purpose))) {
      new Call(values, from, to).draw(draw).run(purpose);
    }
  }

  /** A launch for one block of coordinates. */
  private final class Call {

    private final double[] values;
    private final int from;
    private final int to;
    private int draw;
    private int draws = 1;
    private double share = 1;

    Call(double[] values, int from, int to) {
      this.values = values;
      this.from = from;
      this.to = to;
    }

    Call draw(int number) {
      draw = number;
      return this;
    }

    Call draws(int count) {
      draws = Math.max(1, count);
      return this;
    }

    Call share(double part) {
      share = part;
      return this;
    }

    void run(Purpose purpose) {
      launch(purpose, new double[0], true);
    }

    void sums(Purpose purpose, double[] parts) {
      launch(purpose, parts, true);
    }

    void extremes(Purpose purpose, double[] parts) {
      launch(purpose, parts, false);
    }

    /** Results are joined as on a GPU, though a block seldom has more than one chunk. */
    private void launch(Purpose purpose, double[] joined, boolean sums) {
      Kernel kernel = cuda.kernel(purpose);
      try (Arena arena = Arena.ofConfined()) {
        Memory memory = new Memory(arena, kernel);
        int chunks = Math.ceilDiv(to - from, CudaProgram.CHUNK);
        MemorySegment parts =
            arena.allocate(ValueLayout.JAVA_DOUBLE, Math.max(1, (long) chunks * joined.length));
        List<MemorySegment> arguments = new ArrayList<>();
        if (!kernel.isOfOneThread()) {
          arguments.add(memory.tensors());
        }
        if (!kernel.scalars().isEmpty()) {
          arguments.add(scalars(arena, kernel));
        }
        kernel.arguments().forEach(each -> arguments.add(memory.argument(each, parts)));
        kernels.launch(kernel, Math.max(1, Math.min(3, chunks)), arguments);
        memory.copyBack();
        if (joined.length > 0) {
          MemorySegment to = arena.allocate(ValueLayout.JAVA_DOUBLE, joined.length);
          kernels.join(
              sums,
              List.of(
                  arena.allocateFrom(ValueLayout.ADDRESS, parts),
                  arena.allocateFrom(ValueLayout.JAVA_LONG, chunks),
                  arena.allocateFrom(ValueLayout.JAVA_INT, joined.length),
                  arena.allocateFrom(ValueLayout.ADDRESS, to)));
          MemorySegment.copy(to, ValueLayout.JAVA_DOUBLE, 0, joined, 0, joined.length);
        }
      }
    }

    private MemorySegment scalars(Arena arena, Kernel kernel) {
      ArithEvaluator evaluator = new ArithEvaluator(this::value);
      return ScalarLayout.write(
          arena, kernel, cuda.precision(), scalar -> evaluator.value(scalar.value()));
    }

    private double value(Source source) {
      return switch (source) {
        case Source.HyperValue(var hyper) -> values[program.hypers().indexOf(hyper)];
        case Source.StepNumber _ -> stepNumber();
        case Source.Constant constant ->
            constant == Source.Constant.PI ? Math.PI : Double.POSITIVE_INFINITY;
        case Source.Share _ -> share;
        case Source.DrawWeight _ -> 1.0 / draws;
        case Source.ExampleWeight _ -> 1.0 / examples();
        case Source.Local local -> new ArithEvaluator(this::value).value(plan.definition(local));
        case Source.Total _, Source.SharedValue _, Source.SharedNext _, Source.Element _ ->
            throw new IllegalArgumentException("not known before a launch: " + source);
      };
    }

    /** What a kernel finds in memory. */
    private final class Memory {

      private final Arena arena;
      private final Map<Column, MemorySegment> copies = new HashMap<>();
      private final Map<Column, Integer> rows = new HashMap<>();
      private final MemorySegment shared;
      private final MemorySegment newShared;

      Memory(Arena arena, Kernel kernel) {
        this.arena = arena;
        for (Column column : kernel.columns()) {
          copies.put(column, copy(column));
        }
        List<State> states = program.states().stream().filter(State::shared).toList();
        shared = arena.allocate(heap.bytes() * Math.max(1L, states.size()), 16);
        newShared = arena.allocate(heap.bytes() * Math.max(1L, states.size()), 16);
        for (int i = 0; i < states.size(); i++) {
          A state = sharedStates.get(states.get(i).name());
          heap.copy(state, 0, shared, i, 1);
          heap.copy(next, i, newShared, i, 1);
        }
      }

      private MemorySegment copy(Column column) {
        int length = to - from;
        A array = source(column);
        int count = dimension() == 0 ? 1 : heap.length(array) / dimension();
        rows.put(column, count);
        // One number further, so that the block of coordinates has the alignment that it had.
        MemorySegment copy =
            arena.allocate(heap.bytes() * Math.max(1, (long) count * length + 4), 16);
        MemorySegment placed = copy.asSlice(heap.bytes() * (from & 3));
        for (int row = 0; row < count; row++) {
          heap.copy(array, row * dimension() + from, placed, (long) row * length, length);
        }
        return placed;
      }

      private A source(Column column) {
        return switch (column.role()) {
          case Column.Role.Given(var answer) -> answer(plan.questions().indexOf(answer));
          case Column.Role.Noise(int stream) -> {
            A drawn = arrays.get(column);
            NoiseInput noise = program.noises().get(stream);
            boolean normal = noise.distribution() == Distribution.STANDARD_NORMAL;
            draw(normal, stream, drawn);
            yield drawn;
          }
          default -> arrays.get(column);
        };
      }

      private void draw(boolean normal, int stream, A drawn) {
        switch (drawn) {
          case double[] doubles when normal -> normal(stream, draw, doubles, from, to);
          case double[] doubles -> uniform(stream, draw, doubles, from, to);
          case float[] floats when normal -> normal(stream, draw, floats, from, to);
          case float[] floats -> uniform(stream, draw, floats, from, to);
          default -> throw new IllegalStateException("no array of numbers: " + drawn);
        }
      }

      MemorySegment tensors() {
        int length = to - from;
        int columns = cuda.columns().size();
        MemorySegment addresses = arena.allocate(ValueLayout.ADDRESS, Math.max(1, columns));
        copies.forEach(
            (column, copy) -> addresses.setAtIndex(ValueLayout.ADDRESS, column.place(), copy));
        MemorySegment struct = arena.allocate(48, 8);
        struct.set(ValueLayout.ADDRESS, 0, longs(length));
        struct.set(ValueLayout.ADDRESS, 8, longs(from));
        struct.set(ValueLayout.ADDRESS, 16, longs(length));
        struct.set(ValueLayout.ADDRESS, 24, longs(0, Math.ceilDiv(length, CudaProgram.CHUNK)));
        struct.set(ValueLayout.ADDRESS, 32, addresses);
        struct.set(ValueLayout.JAVA_INT, 40, 1);
        return struct;
      }

      private MemorySegment longs(long... numbers) {
        return arena.allocateFrom(ValueLayout.JAVA_LONG, numbers);
      }

      MemorySegment argument(Argument argument, MemorySegment parts) {
        return switch (argument) {
          // Noise is given.
          case DRAW, NEXT_DRAW -> arena.allocate(24, 8);
          case TOTALS -> arena.allocateFrom(ValueLayout.ADDRESS, totals());
          case SHARED -> arena.allocateFrom(ValueLayout.ADDRESS, shared);
          case NEXT -> arena.allocateFrom(ValueLayout.ADDRESS, newShared);
          case EXAMPLES -> arena.allocateFrom(ValueLayout.JAVA_INT, examples());
          case PARTS -> arena.allocateFrom(ValueLayout.ADDRESS, parts);
        };
      }

      /** Means are passed as such, and the number of coordinates as 1. */
      private MemorySegment totals() {
        List<CoordinateSum> sums = program.sums();
        MemorySegment totals = arena.allocate(ValueLayout.JAVA_DOUBLE, sums.size() + 1L);
        for (int i = 0; i < sums.size(); i++) {
          totals.setAtIndex(ValueLayout.JAVA_DOUBLE, i, sums.get(i).mean() ? average(i) : total(i));
        }
        totals.setAtIndex(ValueLayout.JAVA_DOUBLE, sums.size(), 1);
        return totals;
      }

      void copyBack() {
        copies.forEach(
            (column, copy) -> {
              if (!(column.role() instanceof Column.Role.Given)
                  && !(column.role() instanceof Column.Role.Noise)) {
                for (int row = 0; row < rows.get(column); row++) {
                  heap.copyBack(
                      copy,
                      (long) row * (to - from),
                      arrays.get(column),
                      row * dimension() + from,
                      to - from);
                }
              }
            });
        List<State> states = program.states().stream().filter(State::shared).toList();
        for (int i = 0; i < states.size(); i++) {
          heap.copyBack(shared, i, sharedStates.get(states.get(i).name()), 0, 1);
          heap.copyBack(newShared, i, next, i, 1);
        }
      }
    }
  }
}
