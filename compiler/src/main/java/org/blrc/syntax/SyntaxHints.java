package org.blrc.syntax;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.blrc.grammar.BlrLexer;
import org.blrc.grammar.BlrParser;

/**
 * Recognises habits from other languages, and misspelt keywords.
 *
 * @param context what the parser was reading
 * @param clause the type of the keyword of the clause around it, or of the declaration
 * @param before the token before; may be null
 * @param token the token that does not fit
 * @param after the token after
 * @param expected what could stand in its place
 */
record SyntaxHints(
    RuleContext context, int clause, Token before, Token token, Token after, IntervalSet expected) {

  /** The shortest beginning that tells a word. */
  private static final int STEM = 5;

  /** What to write instead, where that can be told. */
  Optional<String> hint(List<String> keywords) {
    return number()
        .or(this::habit)
        .or(() -> keyword(keywords))
        .or(() -> Optional.ofNullable(character(token.getText())));
  }

  /** What is meant by two tokens that are one symbol in other languages. */
  static Optional<String> pair(Token first, Token second) {
    if (first == null || !areAdjacent(first, second)) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        switch (first.getText() + second.getText()) {
          case "**" -> "a power is written `x^2`";
          case "->", "=>", "|>" -> "a rewrite is written `from ~> to`";
          case ":=" -> "a default is written `name: domain = value`, an assignment `v <- value`";
          case "==" -> "write a single `=`";
          case "||" -> "an absolute value is written `abs(x)`";
          case "<=", ">=", "!=" -> comparison();
          case "+=", "-=", "*=", "/=" -> "an assignment is written `v <- v + value`";
          default -> null;
        });
  }

  /** Mistakes in numbers. */
  private Optional<String> number() {
    if (before == null || !areAdjacent(before, token)) {
      return Optional.empty();
    }
    boolean afterNumber = before.getType() == BlrLexer.NUMBER;
    String text = token.getText();
    if (afterNumber && text.equals("%")) {
      return Optional.of("a percentage is written as a fraction, as in `0.1`");
    }
    if (afterNumber && text.equals(".")) {
      return Optional.of("digits follow a decimal point, as in `1.0`");
    }
    if (afterNumber && token.getType() == BlrLexer.ID && text.startsWith("_")) {
      return Optional.of("the digits of a number follow each other without `_`");
    }
    boolean decimalComma =
        before.getType() == BlrLexer.COMMA
            && token.getType() == BlrLexer.NUMBER
            && expected.contains(BlrLexer.ID);
    return decimalComma ? Optional.of("a decimal point is written `.`") : Optional.empty();
  }

  /** Mistakes that go with the place. */
  private Optional<String> habit() {
    int type = token.getType();
    boolean assigns = type == BlrLexer.EQUALS || type == BlrLexer.COLON;
    if (assigns && before != null && Words.opensClause(before.getType())) {
      return Optional.of(
          "write `%s ...`, without `%s`".formatted(before.getText(), token.getText()));
    }
    return Optional.ofNullable(
            switch (context.getRuleIndex()) {
              case BlrParser.RULE_declaration, BlrParser.RULE_parameter ->
                  expected.contains(BlrLexer.COLON) && before.getType() == BlrLexer.ID
                      ? "a name has a domain, as in `%s: real`".formatted(before.getText())
                      : null;
              case BlrParser.RULE_domain ->
                  type == BlrLexer.NUMBER ? "an interval is written `[0, 1]`" : null;
              case BlrParser.RULE_distribution ->
                  expected.contains(BlrLexer.EACH) && type == BlrLexer.ID && !isCase("each")
                      ? "write `each %s ~ ...`".formatted(token.getText())
                      : null;
              case BlrParser.RULE_namedArgument ->
                  clause == BlrLexer.RATE
                      ? null
                      : "the arguments of a family are given by name, as in `mean = m`";
              case BlrParser.RULE_importDecl ->
                  "write the path in quotes, as in `import \"rules.blr\"`";
              case BlrParser.RULE_rewrite ->
                  type == BlrLexer.EQUALS
                      ? "a rewrite is written `from ~> to`, an assignment `v <- value`"
                      : scope(type);
              case BlrParser.RULE_unary ->
                  type == BlrLexer.RIGHT_PAREN && expected.contains(BlrLexer.IN)
                      ? "write what it runs over, as in `sum(i in data)`"
                      : null;
              case BlrParser.RULE_optimizerDecl,
                  BlrParser.RULE_ruleDecl,
                  BlrParser.RULE_familyDecl ->
                  name(type);
              default -> inClause(type);
            })
        .or(() -> Optional.ofNullable(inClause(type)));
  }

  private boolean isCase(String word) {
    return token.getText().equalsIgnoreCase(word);
  }

  private String scope(int type) {
    boolean part =
        type == BlrLexer.OF
            && Stream.of("direction", "step", "update").anyMatch(before.getText()::equals);
    return part
        ? "a scope begins with `in`, as in `in %s of m:`".formatted(before.getText())
        : null;
  }

  /** After the keyword of a declaration, or its name. */
  private String name(int type) {
    if (expected.contains(BlrLexer.ID) && type == BlrLexer.NUMBER) {
      return "a name does not start with a digit";
    }
    return type == BlrLexer.MINUS && areAdjacent(before, token)
        ? "a name consists of letters, digits and `_`"
        : null;
  }

  private String inClause(int type) {
    boolean bracket = type == BlrLexer.LEFT_BRACKET || type == BlrLexer.LEFT_BRACE;
    if (bracket && before != null && before.getType() == BlrLexer.APPROXIMATE) {
      return "the entries follow without brackets";
    }
    if (before != null && type == BlrLexer.ID && before.getText().startsWith("sum_")) {
      return "a sum is written `sum(i in data) ...`";
    }
    return switch (clause) {
      case BlrLexer.RATE ->
          type == BlrLexer.ASSIGNS ? "rates are given as in `rate m = alpha, s = rho`" : null;
      case BlrLexer.APPROXIMATE ->
          type == BlrLexer.ASSIGNS
              ? "only a rule assigns, and only the states that it adds; here, rewrite: `from ~> to`"
              : null;
      case BlrLexer.SAMPLE ->
          type == BlrLexer.ID ? "random numbers follow `with`, as in `with u ~ Uniform`" : null;
      default -> null;
    };
  }

  /** Whether a misspelt keyword explains the token. */
  boolean isKeyword(List<String> keywords) {
    return keyword(keywords).isPresent();
  }

  private Optional<String> keyword(List<String> keywords) {
    if (token.getType() != BlrLexer.ID && !Words.isWord(token.getType())) {
      return Optional.empty();
    }
    String word = token.getText();
    return Spelling.hint(word, keywords)
        .or(
            () ->
                keywords.stream()
                    .filter(keyword -> haveOneStem(word, keyword))
                    .findFirst()
                    .map(keyword -> "did you mean `%s`?".formatted(keyword)));
  }

  private static boolean haveOneStem(String word, String keyword) {
    int common = Math.min(STEM, Math.min(word.length(), keyword.length()));
    return common >= STEM - 1 && word.regionMatches(true, 0, keyword, 0, common);
  }

  private String character(String text) {
    return switch (text) {
      case "%" -> "a comment starts with `//`";
      case ";" -> "clauses follow each other without a separator";
      case "'" ->
          before != null && before.getType() == BlrLexer.ID
              ? "a derivative is written `grad(ell)`"
              : "a string stands in straight double quotes";
      case "<", ">" -> comparison();
      case "|" -> "an absolute value is written `abs(x)`";
      case "@" -> "a product is written `*`";
      default -> null;
    };
  }

  private static String comparison() {
    return "there are only `[a > b]` and `[a = b]`, 1 or 0; `min`, `max`, `clamp` and `abs` may do";
  }

  private static boolean areAdjacent(Token first, Token second) {
    return first.getStopIndex() + 1 == second.getStartIndex();
  }
}
