package org.blrc.syntax;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.blrc.grammar.BlrLexer;

/** Puts into words what the parser stumbled over. */
final class SyntaxErrors {

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
          BlrLexer.E,
          BlrLexer.SUM,
          BlrLexer.MEAN,
          BlrLexer.MINUS,
          BlrLexer.LEFT_PAREN);

  private final Tokens tokens;
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  SyntaxErrors(Tokens tokens) {
    this.tokens = tokens;
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  void unexpected(Parser parser, Token token, IntervalSet expected) {
    if (token.getType() == Token.EOF && tokens.truncated()) {
      return;
    }
    Token before = parser.getInputStream().LT(-1);
    String place = SyntaxPlaces.of(parser.getContext());
    if (missingOperator(before, token, expected)) {
      diagnostics.add(
          at(token, "an operator is missing before " + found(token))
              .withHint("a product is written with `*`"));
      return;
    }
    Set<String> words = words(expected);
    Optional<String> hint = SyntaxHints.of(before, token, literals(expected));
    boolean clauses = expected.toList().stream().anyMatch(Words::opensClause);
    String message;
    if (token.getType() == Token.EOF) {
      message = "the text ends " + place + ": " + options(words) + " is missing";
    } else if (clauses && token.getType() == BlrLexer.ID && startsLine(before, token)) {
      message = found(token) + " does not open a clause " + place;
    } else {
      message = "expected " + options(words) + " " + place + ", found " + found(token);
    }
    Optional<String> note =
        clauses && hint.isEmpty()
            ? Optional.of("the clauses are " + clauses(expected))
            : Optional.empty();
    diagnostics.add(
        new Diagnostic(Code.SYNTAX, message, Optional.of(tokens.span(token)), note, hint));
  }

  private Diagnostic at(Token token, String message) {
    return Diagnostic.at(tokens.span(token), Code.SYNTAX, message);
  }

  /** Two operands side by side on one line. */
  private static boolean missingOperator(Token before, Token token, IntervalSet expected) {
    boolean afterOperand = before != null && expected.contains(BlrLexer.TIMES);
    boolean operand = token.getType() == BlrLexer.NUMBER || token.getType() == BlrLexer.ID;
    return afterOperand && operand && !startsLine(before, token);
  }

  private static boolean startsLine(Token before, Token token) {
    return before == null || before.getLine() < token.getLine();
  }

  private String found(Token token) {
    if (token.getType() == Token.EOF) {
      return "the end of the text";
    }
    String text = token.getText();
    int c = text.codePointAt(0);
    boolean visible = c > ' ' && !Character.isISOControl(c) && c != 0xfffd;
    if (token.getType() == BlrLexer.STRING) {
      return "a string";
    }
    return visible ? "`" + shortened(text) + "`" : "the character U+%04X".formatted(c);
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= 40
        ? text
        : text.substring(0, text.offsetByCodePoints(0, 37)) + "...";
  }

  private static String options(Set<String> words) {
    return Spelling.enumerate(List.copyOf(words), "or");
  }

  /** What could stand here; an operator could follow any operand, so that is worth no word. */
  private static Set<String> words(IntervalSet expected) {
    Set<String> words = new LinkedHashSet<>();
    boolean expression = expected.contains(BlrLexer.NUMBER);
    boolean domain = expected.contains(BlrLexer.LEFT_BRACKET) && expected.contains(BlrLexer.ID);
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
              || Words.opensClause(type)
              || Words.opensDeclaration(type)
              || OPERATORS.contains(type) && (expression || expected.size() > OPERATORS.size())
              || expression && OPERANDS.contains(type)
              || domain
                  && (type == BlrLexer.ID
                      || type == BlrLexer.LEFT_BRACKET
                      || type == BlrLexer.LEFT_PAREN);
      if (!told) {
        words.add(word(type));
      }
    }
    return words.isEmpty() ? Set.of("the end of the text") : words;
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

  private static List<String> literals(IntervalSet expected) {
    return expected.toList().stream()
        .filter(Words::isWord)
        .map(type -> literal(type).replace("`", ""))
        .toList();
  }

  private static String clauses(IntervalSet expected) {
    List<String> words =
        expected.toList().stream().filter(Words::opensClause).map(SyntaxErrors::literal).toList();
    return Spelling.enumerate(words, "and");
  }
}
