import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Checks or repairs the format of every Java file of the project with google-java-format. Maven
 * runs it as a single-file program: {@code java -cp google-java-format.jar Format.java MODE ROOT
 * REPORT}, where MODE is {@code check} or {@code fix}, and REPORT is the file that will list the
 * wrongly formatted files, absent where there is none.
 */
public final class Format {
  private static final Set<String> SKIPPED = Set.of("target", ".git", ".idea", "golden");

  private record Outcome(Path file, String problem) {}

  private Format() {}

  public static void main(String[] args) throws IOException {
    boolean fix = args[0].equals("fix");
    Path root = Path.of(args[1]);
    Path report = Path.of(args[2]);
    List<Outcome> outcomes =
        javaFiles(root).parallelStream()
            .map(file -> new Outcome(root.relativize(file), visit(file, fix)))
            .filter(outcome -> outcome.problem() != null)
            .sorted((a, b) -> a.file().compareTo(b.file()))
            .toList();
    List<String> wrong = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (!outcome.problem().isEmpty()) {
        wrong.add(outcome.file() + ": cannot be formatted: " + outcome.problem());
      } else if (fix) {
        System.out.println("Reformatted " + outcome.file());
      } else {
        wrong.add(outcome.file() + ": wrongly formatted");
      }
    }
    wrong.forEach(System.out::println);
    if (wrong.isEmpty()) {
      Files.deleteIfExists(report);
    } else {
      Files.createDirectories(report.getParent());
      Files.write(report, wrong, UTF_8);
    }
  }

  /** Returns null where the file is well formatted, else what is wrong ("" for its format). */
  private static String visit(Path file, boolean fix) {
    try {
      String before = Files.readString(file, UTF_8);
      String imports = RemoveUnusedImports.removeUnusedImports(before);
      String ordered = ImportOrderer.reorderImports(imports, Style.GOOGLE);
      String after = new Formatter().formatSource(ordered);
      if (after.equals(before)) {
        return null;
      }
      if (fix) {
        Files.writeString(file, after, UTF_8);
      }
      return "";
    } catch (FormatterException | IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            Path name = dir.getFileName();
            return name != null && SKIPPED.contains(name.toString()) && !dir.equals(root)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
