package org.blrc.emit.cuda;

import org.blrc.program.Program.Answer;

/**
 * An array with a number for each coordinate, or several rows of them. Its place among the columns
 * of a program is where kernels look for its address.
 *
 * @param name what kernels call it
 */
public record Column(int place, String name, Role role) {

  /** What an array holds. */
  public sealed interface Role {

    /** A state between steps. */
    record State(String state) implements Role {}

    /**
     * What the model reads, where that is no state: the point of a phase, or the rest.
     *
     * @param rows one for each component
     */
    record Parameters(int rows) implements Role {}

    /** The vector that the Hessian is multiplied with. */
    record Direction() implements Role {}

    /**
     * The caller's answer to a question of the last phase; has rows for examples and components.
     */
    record Given(Answer answer) implements Role {}

    /** What later phases need of an answer. */
    record Kept() implements Role {}

    /** What draws have added up to. */
    record Accumulated() implements Role {}

    /** Noise that takes the place of what would be drawn; no address where it is drawn. */
    record Noise(int stream) implements Role {}
  }
}
