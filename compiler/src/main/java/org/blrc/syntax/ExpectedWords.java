package org.blrc.syntax;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.blrc.grammar.BlrLexer;
import org.blrc.grammar.BlrParser;

/** Puts into words what could have stood in a place. */
final class ExpectedWords {

  private static final Vocabulary VOCABULARY = BlrLexer.VOCABULARY;

  private static final Set<Integer> OPERATORS =
      Set.of(
          BlrLexer.PLUS,
          BlrLexer.MINUS,
          BlrLexer.TIMES,
          BlrLexer.OVER,
          BlrLexer.POWER,
          BlrLexer.LEFT_PAREN);

  private static final Set<Integer> OPERANDS =
      Set.of(
          BlrLexer.NUMBER,
          BlrLexer.ID,
          BlrParser.FOLD,
          BlrLexer.E,
          BlrLexer.SUM,
          BlrLexer.MEAN,
          BlrLexer.MINUS,
          BlrLexer.LEFT_PAREN,
          BlrLexer.LEFT_BRACKET);

  private static final Set<Integer> DOMAIN_STARTS =
      Set.of(BlrLexer.ID, BlrLexer.LEFT_BRACKET, BlrLexer.LEFT_PAREN);

  private ExpectedWords() {}

  static String expectation(IntervalSet expected, String place) {
    String options = Spelling.enumerate(List.copyOf(words(expected)), "or");
    return "expected " + options + (place.equals("in an expression") ? "" : " " + place);
  }

  /** The bracket that is open, where it could be closed. */
  static Optional<String> closer(IntervalSet expected) {
    return IntStream.of(BlrLexer.RIGHT_PAREN, BlrLexer.RIGHT_BRACKET)
        .filter(expected::contains)
        .mapToObj(ExpectedWords::literal)
        .findFirst();
  }

  /** What could stand here; an operator could follow any operand, so that is worth no word. */
  private static Set<String> words(IntervalSet expected) {
    Set<String> words = new LinkedHashSet<>();
    boolean expression = expected.contains(BlrLexer.NUMBER);
    boolean domain =
        !expression && expected.contains(BlrLexer.LEFT_BRACKET) && expected.contains(BlrLexer.ID);
    // Few names have components.
    boolean afterName = expected.contains(BlrLexer.COLON);
    if (expression) {
      words.add("an expression");
    }
    if (domain) {
      words.add("a domain such as `real`, `positive` or `[0, 1)`");
    }
    if (expected.toList().stream().anyMatch(Words::opensClause)) {
      words.add("a clause");
    }
    if (expected.toList().stream().anyMatch(Words::opensDeclaration)) {
      words.add("a declaration (`optimizer`, `rule`, `family` or `import`)");
    }
    for (int type : expected.toList()) {
      boolean told =
          type == Token.EOF
              || type == BlrParser.SEPARATOR
              || Words.opensClause(type)
              || Words.opensDeclaration(type)
              || (OPERATORS.contains(type) && (expression || expected.size() > OPERATORS.size()))
              || (expression && OPERANDS.contains(type))
              || (domain && DOMAIN_STARTS.contains(type))
              || (afterName && type == BlrLexer.LEFT_BRACKET)
              // Few names are marked.
              || (type == BlrLexer.SHARED && expected.contains(BlrLexer.ID));
      if (!told) {
        words.add(word(type));
      }
    }
    if (words.isEmpty()) {
      boolean entry = expected.contains(BlrParser.SEPARATOR);
      words.add(entry ? "an operator or a new entry" : "the end of the text");
    }
    return words;
  }

  private static String word(int type) {
    return switch (type) {
      case BlrLexer.ID -> "a name";
      case BlrLexer.NUMBER -> "a number";
      case BlrLexer.STRING -> "a string in double quotes";
      default -> literal(type);
    };
  }

  private static String literal(int type) {
    String quoted = VOCABULARY.getLiteralName(type);
    return quoted == null ? "a name" : "`" + quoted.substring(1, quoted.length() - 1) + "`";
  }

  static List<String> literals(IntervalSet expected) {
    return expected.toList().stream()
        .filter(Words::isWord)
        .map(type -> literal(type).replace("`", ""))
        .toList();
  }

  static String clauses(IntervalSet expected) {
    List<String> words =
        expected.toList().stream().filter(Words::opensClause).map(ExpectedWords::literal).toList();
    return Spelling.enumerate(words, "and");
  }
}
