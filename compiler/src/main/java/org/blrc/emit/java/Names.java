package org.blrc.emit.java;

import com.squareup.javapoet.NameAllocator;
import java.util.HashSet;
import java.util.Set;
import org.blrc.emit.arith.Suggestions;

/** Gives out Java identifiers, never the same one twice, whatever the suggestions are. */
final class Names {

  /** Identifiers that Java restricts without calling them keywords. */
  private static final Set<String> RESTRICTED =
      Set.of("permits", "record", "sealed", "var", "when", "yield");

  private final NameAllocator allocator;
  private final Set<String> taken;

  private Names(NameAllocator allocator, Set<String> taken) {
    this.allocator = allocator;
    this.taken = taken;
  }

  /** Names that stay clear of the given ones. */
  static Names without(Iterable<String> reserved) {
    Names names = new Names(new NameAllocator(), new HashSet<>());
    reserved.forEach(names::fresh);
    RESTRICTED.forEach(names::fresh);
    return names;
  }

  /** Continues independently from what was given out so far. */
  Names copy() {
    return new Names(allocator.clone(), new HashSet<>(taken));
  }

  /** A new name for {@code owner}, the suggestion itself if possible. */
  void claim(String suggestion, Object owner) {
    taken.add(allocator.newName(Suggestions.flat(suggestion), owner));
  }

  /** The name that {@code owner} was given. */
  String of(Object owner) {
    return allocator.get(owner);
  }

  /** A new name: the suggestion, or the suggestion with a number. */
  String fresh(String suggestion) {
    String first = Suggestions.flat(suggestion);
    String candidate = first;
    for (int i = 2; taken.contains(candidate); i++) {
      candidate = first + i;
    }
    String name = allocator.newName(candidate);
    taken.add(name);
    return name;
  }
}
