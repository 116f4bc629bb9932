package org.blrc.emit.cuda;

import org.blrc.program.Program.Answer;

/**
 * An array with a number for each coordinate, or several rows of them. Its place among the columns
 * of a program is where kernels look for its address.
 *
 * @param name what kernels call it
 * @param narrow whether it is in bfloat16, where kernels compute in single precision
 */
public record Column(int place, String name, Role role, boolean narrow) {

  /** What it is, for readers of the source. */
  String described() {
    return what() + (narrow ? ", in bfloat16" : "");
  }

  private String what() {
    return switch (role) {
      case Role.State _ -> "a state";
      case Role.Parameters(int rows) when rows == 1 -> "what the model reads";
      case Role.Parameters(int rows) -> "what the model reads, in %s rows".formatted(rows);
      case Role.Direction _ -> "what the Hessian is to be multiplied with";
      case Role.Given(Answer answer) ->
          "the caller's answer: %s of %s"
              .formatted(answer.kind().label().replace('_', ' '), answer.function());
      case Role.Kept _ -> "kept of an earlier phase";
      case Role.Accumulated _ -> "added up over the draws";
      case Role.Noise _ -> "noise, where it is given and not drawn";
    };
  }

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
