package org.blrc.emit.java;

import com.squareup.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The declarations at the head of a method, in an order that does not depend on their use. */
final class Declarations {

  private record Line(int rank, CodeBlock code) {}

  private final List<Line> lines = new ArrayList<>();

  /** Adds a statement; lower ranks come first, equal ranks in the order of arrival. */
  void add(int rank, String statement, Object... arguments) {
    lines.add(new Line(rank, CodeBlock.builder().addStatement(statement, arguments).build()));
  }

  void comment(int rank, String text) {
    lines.add(new Line(rank, CodeBlock.of("// $L\n", text)));
  }

  CodeBlock code() {
    CodeBlock.Builder code = CodeBlock.builder();
    lines.stream().sorted(Comparator.comparingInt(Line::rank)).map(Line::code).forEach(code::add);
    return code.build();
  }
}
