package org.blrc.emit.java;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blrc.emit.arith.Precision;
import org.blrc.program.Program;
import org.blrc.program.Program.Accumulator;
import org.blrc.program.Program.Answer;
import org.blrc.program.Program.Assign;
import org.blrc.program.Program.NoiseInput;
import org.blrc.program.Program.Phase;
import org.blrc.runtime.HyperParameter;
import org.blrc.runtime.Signature;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.ExprPrinter;

/** The Javadoc of an emitted class: what one step does, in the terms of the spec. */
final class ClassComment {

  /** What fits beside the margin of the comment. */
  private static final int WIDTH = 97;

  private final Program program;
  private final Signature signature;
  private final EmitOptions options;
  private final Precision precision;

  ClassComment(Program program, Signature signature, EmitOptions options, Precision precision) {
    this.program = program;
    this.signature = signature;
    this.options = options;
    this.precision = precision;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append("%s, in %s precision.\n\n".formatted(program.name(), precision.label()));
    text.append("<p>One step, coordinate by coordinate; {@code new(x)} is the new value of x:\n\n");
    pre(text, step());
    List<HyperParameter> hypers = signature.hyperParameters();
    if (!hypers.isEmpty()) {
      text.append("\n<p>Hyper-parameters:\n\n<ul>\n");
      hypers.forEach(hyper -> text.append("  <li>").append(line(hyper)).append("\n"));
      text.append("</ul>\n");
    }
    if (!options.derivation().isEmpty()) {
      text.append("\n<p>Derivation:\n\n");
      pre(text, options.derivation());
    }
    return text.toString();
  }

  private static void pre(StringBuilder text, List<String> lines) {
    text.append("<pre>{@code\n");
    boolean balanced = isBalanced(String.join("\n", lines));
    lines.stream()
        .flatMap(String::lines)
        .flatMap(line -> wrapped(harmless(line, balanced).stripTrailing()).stream())
        .forEach(line -> text.append(line).append("\n"));
    text.append("}</pre>\n");
  }

  /** Breaks a long line where it has spaces; what follows is indented. */
  private static List<String> wrapped(String line) {
    List<String> lines = new ArrayList<>();
    String rest = line;
    String indent = " ".repeat(line.length() - line.stripLeading().length()) + "    ";
    while (rest.length() > WIDTH) {
      int space = lastSpace(rest, indent.length());
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
  private static int lastSpace(String line, int from) {
    int best = -1;
    int least = Integer.MAX_VALUE;
    int depth = 0;
    for (int i = from; i <= WIDTH; i++) {
      char c = line.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ' ' && (depth <= least || i < WIDTH / 2)) {
        best = i;
        least = depth;
      }
    }
    return best;
  }

  /** Nothing in a line may end the comment or the tag. */
  private static String harmless(String line, boolean balanced) {
    String text = line.replace("*/", "* /").replace("\\u", "\\ u");
    return balanced ? text : text.replace('{', '(').replace('}', ')');
  }

  private static boolean isBalanced(String text) {
    int depth = 0;
    for (int i = 0; i < text.length() && depth >= 0; i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
    }
    return depth == 0;
  }

  private List<String> step() {
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

  private static String line(HyperParameter hyper) {
    return "{@code %s} in %s; %s"
        .formatted(hyper.name(), hyper.interval(), SignatureCode.describeDefault(hyper));
  }

  private String print(Expr expr) {
    return ExprPrinter.TEXT.print(program.withSumsWritten(expr));
  }
}
