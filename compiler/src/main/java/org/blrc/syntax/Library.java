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

/**
 * The families and rules that ship with the compiler, as blr files among its resources. The file
 * {@code std.blr} imports the others, in which declarations, and nothing else that looks like one,
 * begin lines. A spec uses few of them: each is read when it is first asked for.
 */
public final class Library {

  private static final String ROOT = "/org/blrc/std/";
  private static final String PREFIX = "std/";
  private static final String FAMILY = "family ";
  private static final String RULE = "rule ";

  /** Where a declaration stands. */
  private record Place(SourceFile source, int from, int to) {

    boolean begins(String keyword) {
      return source.text().startsWith(keyword, from);
    }

    Declaration read() {
      Parsed parsed = Parser.parse(Tokens.of(source, from, to));
      if (!parsed.diagnostics().isEmpty()) {
        throw new IllegalStateException(
            "the standard library does not parse: " + parsed.diagnostics().getFirst());
      }
      return parsed.declarations().getFirst();
    }
  }

  private final List<SourceFile> sources = new ArrayList<>();
  private final Map<String, List<Place>> places = new TreeMap<>();
  private final Map<String, List<Declaration>> read = new ConcurrentHashMap<>();

  private Library() {
    for (ImportDecl file : Parser.parse(source("std.blr")).imports()) {
      SourceFile source = source(file.path());
      sources.add(source);
      find(source);
    }
  }

  private void find(SourceFile source) {
    String text = source.text();
    int open = -1;
    for (int line = 0; line < text.length(); line = lineAfter(text, line)) {
      if (text.startsWith(FAMILY, line) || text.startsWith(RULE, line)) {
        add(source, open, line);
        open = line;
      }
    }
    add(source, open, text.length());
  }

  private void add(SourceFile source, int from, int to) {
    if (from < 0) {
      return;
    }
    String text = source.text();
    int name = text.indexOf(' ', from) + 1;
    int end = name;
    while (Character.isUnicodeIdentifierPart(text.charAt(end))) {
      end++;
    }
    places
        .computeIfAbsent(text.substring(name, end), _ -> new ArrayList<>())
        .add(new Place(source, from, to));
  }

  private static int lineAfter(String text, int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end + 1;
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
    return places.keySet().stream().flatMap(name -> declarations(name).stream()).toList();
  }

  /** What the library declares under a name. */
  List<Declaration> declarations(String name) {
    return places.containsKey(name)
        ? read.computeIfAbsent(name, _ -> places.get(name).stream().map(Place::read).toList())
        : List.of();
  }

  /** Reads, while other work goes on, what the library declares under names that will be used. */
  static void prepare(Set<String> names) {
    Thread.ofPlatform().daemon().start(() -> names.forEach(get()::declarations));
  }

  /** The names of its families. */
  Set<String> families() {
    return names(FAMILY);
  }

  /** The names of its rules. */
  Set<String> rules() {
    return names(RULE);
  }

  private Set<String> names(String keyword) {
    Set<String> names = new TreeSet<>(places.keySet());
    names.removeIf(name -> places.get(name).stream().noneMatch(place -> place.begins(keyword)));
    return names;
  }

  /** Whether a source is part of the library. */
  public boolean owns(SourceFile source) {
    return sources.contains(source);
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
