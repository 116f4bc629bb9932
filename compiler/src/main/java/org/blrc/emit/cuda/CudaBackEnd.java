package org.blrc.emit.cuda;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.blrc.emit.arith.Operation;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.arith.ProgramPlan;
import org.blrc.program.Program;
import org.blrc.runtime.cuda.Argument;

/** Emits an update program as CUDA C++. */
public final class CudaBackEnd {

  private CudaBackEnd() {}

  /**
   * Emits a program that {@link org.blrc.program.ProgramVerifier} finds nothing wrong with.
   *
   * @param comment what the source begins with, line by line
   * @throws UnsupportedOperationException if the program needs something that the back end lacks
   */
  public static CudaProgram emit(Program program, Precision precision, List<String> comment) {
    return emit(program, Numbers.of(precision), comment);
  }

  /** The same for arrays that may hold other numbers than are computed in. */
  public static CudaProgram emit(Program program, Numbers numbers, List<String> comment) {
    Precision precision = numbers.precision();
    Kernels kernels = new Kernels(program, numbers);
    List<Written> written = new ArrayList<>(kernels.write());
    ProgramPlan plan = new ProgramPlan(program, program.samples().isPresent());
    written.addAll(new SharedKernels(plan, precision).write());
    StringBuilder source = new StringBuilder();
    comment.forEach(line -> source.append(("// " + harmless(line)).stripTrailing()).append('\n'));
    source.append("//\n// Arrays, by their columns:\n");
    for (Column column : kernels.columns().all()) {
      source.append(
          "//   %s  %s: %s\n".formatted(column.place(), column.name(), column.described()));
    }
    source.append('\n').append(Prelude.tensors(kernels.columns().all().size()));
    if (numbers.hasNarrow()) {
      source.append('\n').append(Prelude.narrow());
    }
    source.append('\n').append(Prelude.lanes());
    boolean rounds =
        written.stream().anyMatch(each -> each.kernel().arguments().contains(Argument.ROUNDING));
    if (!program.noises().isEmpty() || rounds) {
      source.append('\n').append(Prelude.noise());
    }
    if (rounds) {
      source.append('\n').append(Prelude.rounding());
    }
    if (!program.sums().isEmpty()) {
      source.append('\n').append(Prelude.sums());
    }
    source.append('\n').append(Prelude.answers(numbers));
    String math = Prelude.math(defined(written));
    source.append(math.isEmpty() ? "" : "\n" + math);
    written.forEach(kernel -> source.append('\n').append(kernel.text()));
    return new CudaProgram(
        program,
        numbers,
        source.toString(),
        written.stream().map(Written::kernel).toList(),
        kernels.columns().all());
  }

  /** A backslash at its end would make the next line part of the comment. */
  private static String harmless(String line) {
    return line.endsWith("\\") ? line + "." : line;
  }

  /** The functions that the kernels call and CUDA lacks. */
  private static Set<Operation> defined(List<Written> written) {
    Set<Operation> defined = EnumSet.noneOf(Operation.class);
    for (Operation operation : Operation.values()) {
      if (CudaDialect.isDefined(operation)
          && Prelude.hasFunction(operation)
          && written.stream()
              .anyMatch(
                  kernel ->
                      kernel.text().matches("(?s).*\\b" + Prelude.function(operation) + "\\(.*"))) {
        defined.add(operation);
      }
    }
    return defined;
  }
}
