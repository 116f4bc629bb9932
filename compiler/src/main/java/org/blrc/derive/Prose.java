package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Words with formulas between them, which every format sets in its own notation. */
public record Prose(List<Phrase> phrases) {

  /** A part of the text. */
  public sealed interface Phrase {

    /** Words, in which code stands between backquotes. */
    record Words(String text) implements Phrase {}

    record Formula(Step.Label label) implements Phrase {}
  }

  public Prose {
    phrases = List.copyOf(phrases);
  }

  static Prose of(String words) {
    return new Prose(List.of(new Phrase.Words(words)));
  }

  static Prose of(Step.Label formula) {
    return new Prose(List.of(new Phrase.Formula(formula)));
  }

  Prose then(String words) {
    return then(new Phrase.Words(words));
  }

  Prose then(Step.Label formula) {
    return then(new Phrase.Formula(formula));
  }

  private Prose then(Phrase next) {
    List<Phrase> more = new ArrayList<>(phrases);
    more.add(next);
    return new Prose(more);
  }

  /** The whole as plain text. */
  public String text() {
    return phrases.stream()
        .map(
            phrase ->
                switch (phrase) {
                  case Phrase.Words(String words) -> words;
                  case Phrase.Formula(Step.Label label) -> label.text();
                })
        .collect(Collectors.joining());
  }
}
