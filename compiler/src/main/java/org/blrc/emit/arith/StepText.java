package org.blrc.emit.arith;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blrc.program.Program;
import org.blrc.program.Program.Accumulator;
import org.blrc.program.Program.Answer;
import org.blrc.program.Program.Assign;
import org.blrc.program.Program.NoiseInput;
import org.blrc.program.Program.Phase;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.ExprPrinter;

/** What one step does, in the terms of the spec: for the comments of emitted code. */
public final class StepText {

  private final Program program;

  public StepText(Program program) {
    this.program = program;
  }

  /** Breaks a long line where it has spaces; what follows is indented. */
  public static List<String> wrapped(String line, int width) {
    List<String> lines = new ArrayList<>();
    String rest = line;
    String indent = " ".repeat(line.length() - line.stripLeading().length()) + "    ";
    while (rest.length() > width) {
      int space = lastSpace(rest, indent.length(), width);
      if (space < 0) {
        break;
      }
      lines.add(rest.substring(0, space));
      rest = indent + rest.substring(space + 1);
    }
    lines.add(rest);
    return lines;
  }

  /** The last space that fits, among those that lie within the fewest parentheses. */
  private static int lastSpace(String line, int from, int width) {
    int best = -1;
    int least = Integer.MAX_VALUE;
    int depth = 0;
    for (int i = from; i <= width; i++) {
      char c = line.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ' ' && (depth <= least || i < width / 2)) {
        best = i;
        least = depth;
      }
    }
    return best;
  }

  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    program.scalars().forEach(scalar -> lines.add(line(scalar)));
    Optional<Expr> samples = program.samples();
    samples.ifPresent(count -> lines.add("for each draw (" + print(count) + " by default):"));
    String indent = samples.isPresent() ? "  " : "";
    for (NoiseInput noise : program.noises()) {
      lines.add(indent + noise.name() + " ~ " + noise.distribution().label());
    }
    for (Phase phase : program.phases()) {
      phase.locals().forEach(local -> lines.add(indent + line(local)));
      for (Answer answer : phase.answers()) {
        lines.add(
            "%s%s = %s of %s at %s%s"
                .formatted(
                    indent,
                    answer.symbol().name(),
                    answer.kind().label().replace("per_example_", "per-example ").replace('_', ' '),
                    answer.function(),
                    print(phase.point()),
                    answer.kind().isDirected()
                        ? " with " + print(phase.direction().orElseThrow())
                        : ""));
      }
    }
    for (Accumulator accumulator : program.accumulators()) {
      String body = print(accumulator.body());
      String value = samples.isPresent() ? "mean over the draws of " + body : body;
      lines.add(accumulator.symbol().name() + " = " + value);
    }
    program.update().forEach(assign -> lines.add(line(assign)));
    return lines;
  }

  private String line(Assign assign) {
    String operator = assign.target().kind() == Expr.Sym.Kind.NEW ? " <- " : " = ";
    return assign.target().name() + operator + print(assign.value());
  }

  private String print(Expr expr) {
    return ExprPrinter.TEXT.print(program.withSumsWritten(expr));
  }
}
