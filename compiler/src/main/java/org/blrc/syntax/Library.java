package org.blrc.syntax;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.blrc.grammar.BlrLexer;

/**
 * The families and rules that ship with the compiler, as blr files among its resources. The file
 * {@code std.blr} imports the others. A spec uses few of them: each is parsed when it is first
 * asked for.
 */
public final class Library {

  private static final String ROOT = "/org/blrc/std/";
  private static final String PREFIX = "std/";

  private final List<SourceFile> sources = new ArrayList<>();
  private final Map<String, List<Tokens>> tokens = new TreeMap<>();
  private final Map<String, List<Declaration>> parsed = new ConcurrentHashMap<>();

  private Library() {
    for (ImportDecl file : Parser.parse(source("std.blr")).imports()) {
      SourceFile source = source(file.path());
      sources.add(source);
      Tokens.of(source)
          .declarations()
          .forEach(
              (name, declared) ->
                  tokens.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(declared));
    }
  }

  private static final class Holder {
    static final Library LIBRARY = new Library();
  }

  /** The library, of which there is one. */
  public static Library get() {
    return Holder.LIBRARY;
  }

  /** Everything that the library declares, in the order of names. */
  public List<Declaration> declarations() {
    return tokens.keySet().stream().flatMap(name -> declarations(name).stream()).toList();
  }

  /** What the library declares under a name. */
  List<Declaration> declarations(String name) {
    return tokens.containsKey(name)
        ? parsed.computeIfAbsent(
            name, _ -> tokens.get(name).stream().map(Library::declaration).toList())
        : List.of();
  }

  /** The names of its families. */
  Set<String> families() {
    return names(BlrLexer.FAMILY);
  }

  /** The names of its rules. */
  Set<String> rules() {
    return names(BlrLexer.RULE);
  }

  private Set<String> names(int keyword) {
    Set<String> names = new TreeSet<>(tokens.keySet());
    names.removeIf(name -> tokens.get(name).stream().noneMatch(t -> t.keyword() == keyword));
    return names;
  }

  /** Whether a source is part of the library. */
  public boolean owns(SourceFile source) {
    return sources.contains(source);
  }

  private static Declaration declaration(Tokens tokens) {
    Parsed parsed = Parser.parse(tokens);
    if (!parsed.diagnostics().isEmpty()) {
      throw new IllegalStateException(
          "the standard library does not parse: " + parsed.diagnostics().getFirst());
    }
    return parsed.declarations().getFirst();
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
