package org.blrc.emit.cuda;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.blrc.emit.arith.LineBreaks;
import org.blrc.emit.arith.Precision;
import org.blrc.runtime.cuda.Argument;
import org.blrc.runtime.cuda.Kernel;

/** What a kernel begins with: the type of its scalars, and its arguments. */
record KernelHead(String name, Precision precision) {

  /**
   * The text up to the body, which is left open.
   *
   * @param tensors whether it takes tensors; if not, it is one that writes what all coordinates
   *     share
   * @param bounds what the compiler is told of launches
   */
  Code write(
      String comment,
      boolean tensors,
      List<HostScalar> scalars,
      Collection<Argument> arguments,
      String bounds) {
    Code text = new Code(0).line("// " + comment);
    List<String> parameters = new ArrayList<>();
    if (tensors) {
      parameters.add("const Tensors tensors");
    }
    if (!scalars.isEmpty()) {
      String type = Kernel.structure(name);
      text.line("struct " + type + " {");
      scalars.forEach(
          scalar -> text.line("  %s %s;".formatted(type(scalar).keyword(), scalar.name())));
      text.line("};").line("");
      parameters.add("const %s scalars".formatted(type));
    }
    arguments.forEach(argument -> parameters.add(parameter(argument, tensors ? "const " : "")));
    return text.openBroken(
        "extern \"C\" __global__ void %s%s(".formatted(bounds, name),
        String.join("," + LineBreaks.BREAK, parameters) + ")");
  }

  private Precision type(HostScalar scalar) {
    return scalar.exact() ? Precision.DOUBLE : precision;
  }

  /**
   * @param only what is said of the states that all coordinates share
   */
  private String parameter(Argument argument, String only) {
    String real = precision.keyword();
    return switch (argument) {
      case DRAW -> "const Draw draw";
      case NEXT_DRAW -> "const Draw nextDraw";
      case TOTALS -> "const double *__restrict__ totals";
      case SHARED -> "%s%s *__restrict__ shared".formatted(only, real);
      case NEXT -> "%s%s *__restrict__ next".formatted(only, real);
      case EXAMPLES -> "const int examples";
      case PARTS -> "double *__restrict__ parts";
      case ROUNDING -> "const Rounding rounding";
    };
  }
}
