package org.blrc.syntax;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.blrc.grammar.BlrLexer;
import org.blrc.grammar.BlrParser;

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

  private static final Set<Integer> DOMAIN_STARTS =
      Set.of(BlrLexer.ID, BlrLexer.LEFT_BRACKET, BlrLexer.LEFT_PAREN);

  private final Tokens tokens;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private int lastLine;

  SyntaxErrors(Tokens tokens) {
    this.tokens = tokens;
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  void unexpected(Parser parser, Token offending, IntervalSet expected) {
    TokenStream stream = parser.getInputStream();
    boolean separator =
        offending.getType() == BlrParser.SEPARATOR && !offending.getText().equals(",");
    Token token = separator ? stream.get(offending.getTokenIndex() + 1) : offending;
    boolean cut = token.getType() == Token.EOF && tokens.truncated();
    // A second error on one line, or in what was begun on it, is mostly a consequence of the first.
    if (cut || token.getLine() == lastLine || entryLine(parser.getContext()) == lastLine) {
      return;
    }
    lastLine = token.getLine();
    int index = offending.getTokenIndex();
    Token before = index > 0 ? stream.get(index - 1) : null;
    Optional<String> hint =
        SyntaxHints.of(
            before,
            token,
            stream.get(Math.min(token.getTokenIndex() + 1, stream.size() - 1)),
            literals(expected));
    boolean clauses = expected.toList().stream().anyMatch(Words::opensClause);
    String place =
        clauses
            ? SyntaxPlaces.ofDeclaration(parser.getContext())
            : SyntaxPlaces.of(parser.getContext());
    Diagnostic diagnostic;
    boolean inBraces =
        expected.contains(BlrLexer.RIGHT_BRACE) || expected.contains(BlrParser.SEPARATOR);
    if (inBraces && endsDeclaration(token)) {
      diagnostic = at(token, "`}` is missing before " + found(token));
    } else if (closer(expected).isPresent() && before != null && startsLine(before, token)) {
      lastLine = before.getLine();
      diagnostic = at(before, closer(expected).get() + " is missing after " + found(before));
    } else if (hint.isEmpty()
        && (clauses || expected.contains(BlrLexer.COMMA))
        && isSeparate(before, token)) {
      clauses = false;
      boolean declares = stream.get(index + 1).getType() == BlrLexer.COLON;
      diagnostic =
          at(
              token,
              "%s is missing between %s and %s"
                  .formatted(declares ? "a comma" : "an operator", found(before), found(token)));
      hint = declares ? hint : Optional.of("a product is written with `*`");
    } else if (clauses && token.getType() == BlrLexer.ID && startsLine(before, token)) {
      diagnostic = at(token, found(token) + " does not open a clause " + place);
    } else {
      diagnostic = at(token, expectation(expected, place) + ", found " + found(token));
    }
    if (clauses && hint.isEmpty() && token.getType() == BlrLexer.ID) {
      diagnostic = diagnostic.withNote("the clauses are " + clauses(expected));
    }
    diagnostics.add(hint.map(diagnostic::withHint).orElse(diagnostic));
  }

  private static int entryLine(ParserRuleContext context) {
    ParserRuleContext at = context;
    while (at != null && !ErrorStrategy.isEntry(at)) {
      at = at.getParent();
    }
    return at == null ? -1 : at.getStart().getLine();
  }

  private Diagnostic at(Token token, String message) {
    return Diagnostic.at(tokens.span(token), Code.SYNTAX, message);
  }

  private static String expectation(IntervalSet expected, String place) {
    String options = Spelling.enumerate(List.copyOf(words(expected)), "or");
    return "expected " + options + (place.equals("in an expression") ? "" : " " + place);
  }

  /** The bracket that is open, where it could be closed. */
  private static Optional<String> closer(IntervalSet expected) {
    return IntStream.of(BlrLexer.RIGHT_PAREN, BlrLexer.RIGHT_BRACKET)
        .filter(expected::contains)
        .mapToObj(SyntaxErrors::literal)
        .findFirst();
  }

  private static boolean endsDeclaration(Token token) {
    return token.getType() == Token.EOF || Words.opensDeclaration(token.getType());
  }

  /** Whether two operands stand side by side on one line. */
  private static boolean isSeparate(Token before, Token token) {
    return before != null
        && isOperand(before.getType(), BlrLexer.RIGHT_PAREN)
        && isOperand(token.getType(), BlrLexer.ID)
        && !startsLine(before, token);
  }

  private static boolean isOperand(int type, int other) {
    return type == BlrLexer.NUMBER || type == BlrLexer.ID || type == other;
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
              || type == BlrParser.SEPARATOR
              || Words.opensClause(type)
              || Words.opensDeclaration(type)
              || (OPERATORS.contains(type) && (expression || expected.size() > OPERATORS.size()))
              || (expression && OPERANDS.contains(type))
              || (domain && DOMAIN_STARTS.contains(type));
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
