package org.blrc.syntax;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a spec file and the files that it imports. */
public final class Loader {

  private static final Path NO_FOLDER = Path.of("");
  private static final String ENDING = ".blr";

  private final List<Declaration> own = new ArrayList<>();
  private final Set<String> broken = new HashSet<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Set<Path> seen = new HashSet<>();

  private Loader() {}

  /**
   * Loads a file, or standard input where the name is {@code -}.
   *
   * @throws SpecException if the file itself cannot be read; all other errors are in the result
   */
  public static Loaded load(String name) throws SpecException {
    try {
      if (name.equals("-")) {
        return load(Sources.stream(System.in, "<stdin>"), NO_FOLDER);
      }
      Path path = Path.of(name);
      Loader loader = new Loader();
      SourceFile source = Sources.file(path, name);
      loader.seen.add(path.toRealPath());
      return loader.loadAll(source, path.toAbsolutePath().getParent(), folder(path));
    } catch (IOException | InvalidPathException e) {
      throw new SpecException(
          new Diagnostic(
              Code.FILE,
              "cannot read `%s`: %s".formatted(name, reason(e)),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
    }
  }

  /**
   * Loads a text.
   *
   * @param directory where its imports are looked for
   */
  public static Loaded load(SourceFile source, Path directory) {
    return new Loader().loadAll(source, directory.toAbsolutePath(), NO_FOLDER);
  }

  private Loaded loadAll(SourceFile source, Path directory, Path shown) {
    List<Declaration.Optimizer> optimizers =
        read(source, directory, shown).stream()
            .filter(Declaration.Optimizer.class::isInstance)
            .map(Declaration.Optimizer.class::cast)
            .toList();
    Unit unit =
        new Unit(
            source,
            optimizers,
            pick(own, Declaration.Family.class),
            pick(own, Declaration.Template.class),
            pick(own, Declaration.Rule.class));
    return new Loaded(single(unit), own, broken, diagnostics);
  }

  /** The same in single components, without optimizers that cannot be written out in them. */
  private Unit single(Unit unit) {
    FamilyForms families = new FamilyForms(unit);
    List<Declaration.Optimizer> single = new ArrayList<>();
    for (Declaration.Optimizer optimizer : unit.optimizers()) {
      Components.single(optimizer, families, diagnostics::add)
          .ifPresentOrElse(single::add, () -> broken.add(optimizer.name().text()));
    }
    return unit.with(single, families.made());
  }

  /**
   * Reads one file and what it imports; returns the file's own declarations.
   *
   * @param shown the directory as messages name it
   */
  private List<Declaration> read(SourceFile source, Path directory, Path shown) {
    Tokens tokens = Tokens.of(source);
    Library.prepare(tokens.names());
    Parsed parsed = Parser.parse(tokens);
    diagnostics.addAll(parsed.diagnostics());
    broken.addAll(parsed.broken());
    own.addAll(parsed.declarations());
    for (ImportDecl declared : parsed.imports()) {
      follow(declared, directory, shown);
    }
    return parsed.declarations();
  }

  private void follow(ImportDecl declared, Path directory, Path shown) {
    try {
      Path path = directory.resolve(declared.path());
      Path name = shown.resolve(declared.path()).normalize();
      SourceFile source = Sources.file(path, name.toString());
      if (seen.add(path.toRealPath())) {
        read(source, path.getParent(), folder(name));
      }
    } catch (IOException | InvalidPathException e) {
      Diagnostic diagnostic =
          Diagnostic.at(
              declared.span(),
              Code.IMPORT,
              "cannot import `%s`: %s".formatted(declared.path(), reason(e)));
      diagnostics.add(similar(declared, directory).map(diagnostic::withHint).orElse(diagnostic));
    }
  }

  /** A file beside the missing one that has nearly its name. */
  private static Optional<String> similar(ImportDecl declared, Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      // The ending, which all share, would make every name look similar.
      return Spelling.nearest(
              stem(declared.path()),
              files
                  .map(file -> file.getFileName().toString())
                  .filter(file -> file.endsWith(ENDING))
                  .map(Loader::stem)
                  .toList())
          .map(near -> "did you mean `%s%s`?".formatted(near, ENDING));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Path folder(Path file) {
    return file.getParent() == null ? NO_FOLDER : file.getParent();
  }

  private static String stem(String file) {
    return file.endsWith(ENDING) ? file.substring(0, file.length() - ENDING.length()) : file;
  }

  private static <T> List<T> pick(List<Declaration> declarations, Class<T> type) {
    return declarations.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? "it cannot be read" : e.getMessage();
  }
}
