package org.blrc.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.blrc.derive.Deriver;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Loaded;
import org.blrc.syntax.Loader;
import org.blrc.syntax.SourceFile;
import org.blrc.syntax.SpecException;

/** The examples in documents. */
final class Documents {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(blr[^\n]*)\n(.*?)^```$");

  /**
   * A fenced block.
   *
   * @param kind what stands after the fence, such as {@code blr}
   */
  record Block(String kind, SourceFile source) {

    /** All errors and warnings, those of the derivation included. */
    List<Diagnostic> diagnostics() {
      Loaded loaded = Loader.load(source, Path.of("src/test/resources"));
      List<Diagnostic> found = new ArrayList<>(Checker.diagnostics(loaded));
      if (found.isEmpty()) {
        for (Optimizer optimizer : loaded.unit().optimizers()) {
          try {
            Deriver.derive(loaded.unit(), optimizer);
          } catch (SpecException e) {
            found.addAll(e.diagnostics());
          }
        }
      }
      return found;
    }
  }

  private Documents() {}

  static List<Block> blocks(Path file) throws IOException {
    return blocks(file.getFileName().toString(), Files.readString(file));
  }

  /** The blocks of blr, each called after the line on which it starts. */
  static List<Block> blocks(String name, String text) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      long line = 1 + text.substring(0, matcher.start(2)).chars().filter(c -> c == '\n').count();
      blocks.add(new Block(matcher.group(1), new SourceFile(name + ":" + line, matcher.group(2))));
    }
    return blocks;
  }
}
