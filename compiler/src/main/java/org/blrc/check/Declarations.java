package org.blrc.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.blrc.syntax.Code;
import org.blrc.syntax.ComponentNames;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Span;
import org.blrc.syntax.Term.Name;

/** Sees to it that what one declaration introduces has distinct names, none of them reserved. */
final class Declarations {

  private final Report report;
  private final Set<String> reserved;
  private final Map<String, Span> first = new HashMap<>();

  Declarations(Report report, Set<String> reserved) {
    this.report = report;
    this.reserved = reserved;
  }

  /** Notes a name; reports it where it is taken. */
  void declare(Name name) {
    if (reserved.contains(ComponentNames.declared(name.text()))) {
      report.add(
          name.span(),
          Code.RESERVED_NAME,
          "`%s` has a fixed meaning and cannot be declared".formatted(name.text()),
          "choose another name, such as `%s_`".formatted(name.text()));
      return;
    }
    declareUnreserved(name);
  }

  /** As above, for a place where the reserved names do no harm. */
  void declareUnreserved(Name name) {
    Span earlier = first.putIfAbsent(name.text(), name.span());
    if (earlier != null) {
      report.add(
          Diagnostic.at(
                  name.span(), Code.DUPLICATE_NAME, "`%s` is declared twice".formatted(name.text()))
              .withNote("the first declaration is in " + place(earlier, name.span())));
    }
  }

  boolean contains(String name) {
    return first.containsKey(name);
  }

  static String place(Span span, Span seenFrom) {
    int line = span.source().position(span.start()).line();
    return span.source().equals(seenFrom.source())
        ? "line " + line
        : "`%s`, line %d".formatted(span.source().name(), line);
  }
}
