package org.blrc.syntax;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The families and rules that ship with the compiler, as blr files among its resources. The file
 * {@code std.blr} imports the others.
 */
public final class Library {

  private static final String ROOT = "/org/blrc/std/";
  private static final String PREFIX = "std/";

  private Library() {}

  private static final class Holder {
    static final List<Declaration> DECLARATIONS = read();
  }

  /** Everything that the library declares. */
  public static List<Declaration> declarations() {
    return Holder.DECLARATIONS;
  }

  /** Whether a source is part of the library. */
  public static boolean owns(SourceFile source) {
    return source.name().startsWith(PREFIX)
        && Holder.DECLARATIONS.stream().anyMatch(d -> d.span().source().equals(source));
  }

  private static List<Declaration> read() {
    List<Declaration> declarations = new ArrayList<>();
    Set<String> seen = new HashSet<>(Set.of("std.blr"));
    Deque<String> pending = new ArrayDeque<>(seen);
    while (!pending.isEmpty()) {
      Parsed parsed = Parser.parse(source(pending.remove()));
      if (!parsed.diagnostics().isEmpty()) {
        throw new IllegalStateException(
            "the standard library does not parse: " + parsed.diagnostics().getFirst());
      }
      parsed.imports().stream().map(ImportDecl::path).filter(seen::add).forEach(pending::add);
      declarations.addAll(parsed.declarations());
    }
    return List.copyOf(declarations);
  }

  private static SourceFile source(String file) {
    try (InputStream in = Library.class.getResourceAsStream(ROOT + file)) {
      if (in == null) {
        throw new IllegalStateException("the standard library lacks " + file);
      }
      return Sources.stream(in, PREFIX + file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
