package org.blrc.derive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.blrc.check.Checker;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Loaded;
import org.blrc.syntax.Loader;
import org.blrc.syntax.SourceFile;
import org.blrc.syntax.SpecException;

/** Specs for tests. */
public final class Specs {

  private static final Path ROOT = Path.of("..", "specs");

  private Specs() {}

  /** The names of the specs in the zoo, without their extension. */
  public static List<String> zoo() {
    try (Stream<Path> files = Files.list(ROOT.resolve("zoo"))) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("\\.blr$", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(String name) {
    return read(ROOT.resolve("zoo").resolve(name + ".blr"));
  }

  /** All files of the standard library, one after the other. */
  public static String library() {
    try (Stream<Path> files = Files.list(ROOT.resolve("std"))) {
      return files
          .filter(file -> file.toString().endsWith(".blr"))
          .sorted()
          .map(Specs::read)
          .reduce("", String::concat)
          .replaceAll("(?m)^import .*$", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Derives the only optimizer of a spec that has nothing wrong with it. */
  public static Derivation derive(String text) {
    try {
      Loaded loaded = load(text);
      return Deriver.derive(loaded.unit(), loaded.unit().optimizers().getLast());
    } catch (SpecException e) {
      throw new AssertionError(messages(e.diagnostics()));
    }
  }

  /** The model of the last optimizer. */
  static Model model(String text) {
    Loaded loaded = load(text);
    return SpecLowering.models(loaded.unit(), loaded.unit().optimizers().getLast()).getFirst();
  }

  /** What is wrong with a spec that passes its check but has no derivation. */
  static List<Diagnostic> problems(String text) {
    Loaded loaded = load(text);
    try {
      Deriver.derive(loaded.unit(), loaded.unit().optimizers().getLast());
      return List.of();
    } catch (SpecException e) {
      return e.diagnostics();
    }
  }

  private static Loaded load(String text) {
    Loaded loaded = Loader.load(new SourceFile("test.blr", text), Path.of("."));
    List<Diagnostic> problems = Checker.diagnostics(loaded);
    if (!problems.isEmpty()) {
      throw new AssertionError(messages(problems));
    }
    return loaded;
  }

  private static String messages(List<Diagnostic> diagnostics) {
    return diagnostics.stream()
        .map(each -> each.code().id() + " " + each.message() + " " + each.note().orElse(""))
        .reduce("", (left, right) -> left + "\n" + right);
  }
}
