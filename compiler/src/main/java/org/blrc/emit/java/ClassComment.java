package org.blrc.emit.java;

import java.util.List;
import org.blrc.emit.arith.StepText;
import org.blrc.program.Program;
import org.blrc.runtime.HyperParameter;
import org.blrc.runtime.Signature;

/** The Javadoc of an emitted class: what one step does, in the terms of the spec. */
final class ClassComment {

  /** What fits beside the margin of the comment. */
  private static final int WIDTH = 97;

  private final Program program;
  private final Signature signature;
  private final EmitOptions options;
  private final String how;

  /**
   * @param how it computes, and where
   */
  ClassComment(Program program, Signature signature, EmitOptions options, String how) {
    this.program = program;
    this.signature = signature;
    this.options = options;
    this.how = how;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append("%s, %s.\n\n".formatted(program.name(), how));
    text.append("<p>One step, coordinate by coordinate; {@code new(x)} is the new value of x:\n\n");
    pre(text, new StepText(program).lines());
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
        .flatMap(line -> StepText.wrapped(harmless(line, balanced).stripTrailing(), WIDTH).stream())
        .forEach(line -> text.append(line).append("\n"));
    text.append("}</pre>\n");
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

  private static String line(HyperParameter hyper) {
    return "{@code %s} in %s; %s"
        .formatted(hyper.name(), hyper.interval(), SignatureCode.describeDefault(hyper));
  }
}
