package org.blrc.emit.java;

import com.squareup.javapoet.CodeBlock;
import java.util.List;
import org.blrc.runtime.Functions;

/** Turns an expression with the marks of {@link org.blrc.emit.arith.LineBreaks} into code. */
final class LineBreaks {

  /** The runtime's class of functions, which has to be imported. */
  static final char RUNTIME = '\f';

  private LineBreaks() {}

  static CodeBlock code(String text) {
    CodeBlock.Builder code = CodeBlock.builder();
    List<String> pieces = org.blrc.emit.arith.LineBreaks.pieces(text);
    for (int i = 0; i < pieces.size(); i++) {
      if (i > 0) {
        code.add("$W");
      }
      add(pieces.get(i), code);
    }
    return code.build();
  }

  private static void add(String piece, CodeBlock.Builder code) {
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      switch (c) {
        case RUNTIME -> code.add("$T", Functions.class);
        case '$' -> code.add("$$");
        default -> code.add(String.valueOf(c));
      }
    }
  }
}
