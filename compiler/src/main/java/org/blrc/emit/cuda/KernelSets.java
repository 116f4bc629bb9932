package org.blrc.emit.cuda;

import java.util.List;
import java.util.Optional;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.arith.ProgramPlan;
import org.blrc.emit.arith.Questions;
import org.blrc.program.Program;
import org.blrc.program.Program.State;
import org.blrc.runtime.cuda.Kernel;
import org.blrc.runtime.cuda.KernelSet;
import org.blrc.symbolic.Expr.Distribution;

/** What launching has to know of emitted kernels. */
public final class KernelSets {

  private KernelSets() {}

  /**
   * The kernels of a program.
   *
   * @param name of the files with their code
   */
  public static KernelSet of(CudaProgram program, String name) {
    return new KernelSet(
        name,
        program.numbers().real(),
        program.numbers().model(),
        parameters(program),
        program.columns().stream().map(column -> column(program.program(), column)).toList(),
        program.kernels().stream().map(kernel -> kernel(program.precision(), kernel)).toList());
  }

  /** The place of what the model reads. */
  private static int parameters(CudaProgram program) {
    Optional<State> aliased =
        new ProgramPlan(program.program(), program.program().samples().isPresent()).aliased();
    return program.columns().stream()
        .filter(
            column ->
                switch (column.role()) {
                  case Column.Role.Parameters _ -> true;
                  case Column.Role.State(String name) ->
                      aliased.filter(state -> state.name().equals(name)).isPresent();
                  default -> false;
                })
        .mapToInt(Column::place)
        .findFirst()
        .orElseThrow();
  }

  private static Kernel kernel(Precision precision, EmittedKernel kernel) {
    return new Kernel(
        kernel.name(),
        kernel.purpose(),
        size(precision, kernel.scalars()),
        kernel.columns().stream().map(Column::place).sorted().toList(),
        kernel.arguments());
  }

  /** The size of the argument with scalars, member by member as C++ lays it out. */
  private static int size(Precision precision, List<HostScalar> scalars) {
    int at = 0;
    for (HostScalar scalar : scalars) {
      boolean wide = scalar.exact() || precision == Precision.DOUBLE;
      int bytes = wide ? Double.BYTES : Float.BYTES;
      at = Math.ceilDiv(at, bytes) * bytes + bytes;
    }
    return at;
  }

  private static org.blrc.runtime.cuda.Column column(Program program, Column column) {
    return switch (column.role()) {
      case Column.Role.State(String name) ->
          new org.blrc.runtime.cuda.Column.State(
              program.states().stream().map(State::name).toList().indexOf(name));
      case Column.Role.Parameters(int rows) -> new org.blrc.runtime.cuda.Column.Parameters(rows);
      case Column.Role.Direction _ -> new org.blrc.runtime.cuda.Column.Direction();
      case Column.Role.Given(var answer) ->
          new org.blrc.runtime.cuda.Column.Given(new Questions(program).indexOf(answer));
      case Column.Role.Kept _, Column.Role.Accumulated _ -> new org.blrc.runtime.cuda.Column.Kept();
      case Column.Role.Noise(int stream) ->
          new org.blrc.runtime.cuda.Column.Noise(
              stream, program.noises().get(stream).distribution() == Distribution.STANDARD_NORMAL);
    };
  }
}
