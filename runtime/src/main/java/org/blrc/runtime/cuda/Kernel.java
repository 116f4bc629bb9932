package org.blrc.runtime.cuda;

import java.util.List;

/**
 * A kernel as it is launched: with tensors, where it works on coordinates, with its scalars, where
 * it has some, and with its other arguments.
 *
 * @param name the symbol in the compiled code
 * @param scalars the size of the argument with scalars, in bytes
 * @param columns the places of the arrays that it reads or writes
 */
public record Kernel(
    String name, Purpose purpose, int scalars, List<Integer> columns, List<Argument> arguments) {

  public Kernel {
    columns = List.copyOf(columns);
    arguments = List.copyOf(arguments);
  }

  /** Whether it moves what all coordinates share, and takes no tensors. */
  public boolean isOfOneThread() {
    return purpose instanceof Purpose.MoveShared || purpose instanceof Purpose.KeepShared;
  }

  /** The type of the argument with scalars. */
  public String structure() {
    return structure(name);
  }

  /** The type of the argument with scalars of a kernel of that name. */
  public static String structure(String kernel) {
    return Character.toUpperCase(kernel.charAt(0)) + kernel.substring(1) + "Scalars";
  }
}
