package org.blrc.emit.cuda;

import java.util.List;
import org.blrc.runtime.cuda.Argument;
import org.blrc.runtime.cuda.Purpose;

/**
 * A kernel that was written. Its arguments are the tensors, then those that it has, in this order:
 * the scalars, a draw, the first draw of the step that follows, the totals of sums, the shared
 * states, their new values, the number of examples, the parts of sums.
 *
 * @param name the symbol in the compiled code
 * @param scalars the members of the argument with scalars
 * @param arguments the others
 * @param columns those that it reads or writes
 * @param calls whether it calls functions that are too long to be made part of it; what is needed
 *     after a call is then saved on the stack
 */
public record EmittedKernel(
    String name,
    Purpose purpose,
    List<HostScalar> scalars,
    List<Argument> arguments,
    List<Column> columns,
    Traffic traffic,
    boolean calls) {

  public EmittedKernel {
    scalars = List.copyOf(scalars);
    arguments = List.copyOf(arguments);
    columns = List.copyOf(columns);
  }

  /** Whether it moves what all coordinates share, and takes no tensors. */
  public boolean isOfOneThread() {
    return purpose instanceof Purpose.MoveShared || purpose instanceof Purpose.KeepShared;
  }
}
