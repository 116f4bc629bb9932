package org.blrc.emit.arith;

import java.util.List;
import java.util.Locale;
import org.blrc.program.Program;
import org.blrc.program.Program.Answer;

/** Which phase asks what, and how the arrays with the answers are called. */
public final class Questions {

  private static final List<String> ORDINALS = List.of("first", "second", "third", "fourth");

  private final Program program;

  public Questions(Program program) {
    this.program = program;
  }

  public int phaseOf(Answer answer) {
    for (int phase = 0; phase < program.phases().size(); phase++) {
      if (program.phases().get(phase).answers().contains(answer)) {
        return phase;
      }
    }
    throw new IllegalArgumentException("not asked: " + answer);
  }

  /** The place of an answer among those of its phase. */
  public int indexOf(Answer answer) {
    return program.phases().get(phaseOf(answer)).answers().indexOf(answer);
  }

  /** The array with an answer of the current phase. */
  public String arrayName(Answer answer) {
    return switch (answer.kind()) {
      case VALUE -> "value";
      case PER_EXAMPLE_VALUES -> "values";
      case GRADIENT -> "gradient";
      case PER_EXAMPLE_GRADIENTS -> "gradients";
      case HESSIAN_DIAGONAL -> "hessian";
      case PER_EXAMPLE_HESSIAN_DIAGONALS -> "hessians";
      case HESSIAN_VECTOR_PRODUCT -> "product";
    };
  }

  /** The array that keeps an answer of an earlier phase. */
  public String keptName(Answer answer) {
    String name = arrayName(answer);
    return ordinal(phaseOf(answer))
        + name.substring(0, 1).toUpperCase(Locale.ROOT)
        + name.substring(1);
  }

  /** The number of a phase as a word. */
  public static String ordinal(int phase) {
    return phase < ORDINALS.size() ? ORDINALS.get(phase) : "phase" + (phase + 1);
  }
}
