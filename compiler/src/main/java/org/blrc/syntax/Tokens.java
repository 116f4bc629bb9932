package org.blrc.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.blrc.grammar.BlrLexer;

/** The tokens of a source or of a part of it, with the problems that showed while cutting them. */
final class Tokens {

  private final Offsets offsets;
  private List<CommonToken> tokens = new ArrayList<>();
  private final List<Diagnostic> problems = new ArrayList<>();
  private final Set<Integer> troubled = new HashSet<>();
  private int comment = -1;
  private boolean truncated;

  private Tokens(Offsets offsets) {
    this.offsets = offsets;
  }

  static Tokens of(SourceFile source) {
    return of(source, 0, source.text().length());
  }

  /**
   * The tokens that begin in a part of a source.
   *
   * @param from where a token begins; in front of it are no halves of surrogate pairs
   */
  static Tokens of(SourceFile source, int from, int to) {
    Tokens result = new Tokens(new Offsets(source));
    String text = source.text();
    CharStream characters = CharStreams.fromString(wellFormed(text));
    characters.seek(text.codePointCount(0, from));
    int end = text.codePointCount(0, to);
    BlrLexer lexer = new BlrLexer(characters);
    lexer.removeErrorListeners();
    for (Token token = lexer.nextToken();
        token.getType() != Token.EOF && token.getStartIndex() < end;
        token = lexer.nextToken()) {
      if (isNoText(token)) {
        result.breakOff((CommonToken) token);
        break;
      }
      result.add((CommonToken) token);
    }
    return result;
  }

  /** The names that stand among them. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (CommonToken token : tokens) {
      if (token.getType() == BlrLexer.ID) {
        names.add(token.getText());
      }
    }
    return names;
  }

  List<Diagnostic> problems() {
    return problems;
  }

  /**
   * Whether the parser sees less than the whole text, so that its errors at the end mean nothing.
   */
  boolean truncated() {
    return truncated;
  }

  /** Readies them for the parser; further problems may show. */
  ListTokenSource source() {
    tokens = Words.classify(tokens);
    limitDepth();
    return new ListTokenSource(tokens);
  }

  Span span(Token token) {
    return offsets.span(token);
  }

  Span span(Token first, Token last) {
    return span(first).to(span(last));
  }

  private static boolean isNoText(Token token) {
    return token.getType() == BlrLexer.OTHER
        && (token.getText().equals("\0") || token.getText().equals("\ufffd"));
  }

  /** What is in another encoding, or no text at all, is not worth a hundred errors. */
  private void breakOff(CommonToken token) {
    truncated = true;
    problems.add(
        Diagnostic.at(
                span(token), Code.SYNTAX, "this is no text in UTF-8; it is not read beyond here")
            .withHint("save the file in the encoding UTF-8"));
  }

  private void add(CommonToken token) {
    if (token.getLine() == comment) {
      return;
    }
    switch (token.getType()) {
      case BlrLexer.UNCLOSED_COMMENT -> {
        truncated = true;
        Span all = span(token);
        problems.add(
            Diagnostic.at(
                    new Span(all.source(), all.start(), all.start() + 2),
                    Code.SYNTAX,
                    "this comment is never closed")
                .withHint("end it with `*/`"));
      }
      case BlrLexer.UNCLOSED_STRING -> {
        problems.add(
            Diagnostic.at(span(token), Code.SYNTAX, "this string is never closed")
                .withHint("end it with `\"` on the same line"));
        token.setType(BlrLexer.STRING);
        tokens.add(token);
      }
      case BlrLexer.OTHER -> foreign(token);
      default -> tokens.add(token);
    }
  }

  /** What stands for a symbol of the language is reported, and read as that symbol. */
  private void foreign(CommonToken token) {
    Optional<ForeignCharacter> known = ForeignCharacter.of(token.getText());
    comment = token.getText().equals("#") ? token.getLine() : comment;
    known.ifPresent(
        character -> {
          problems.add(
              Diagnostic.at(span(token), Code.SYNTAX, shown(token) + " is not part of the language")
                  .withHint(character.hint()));
          character.type().ifPresent(token::setType);
        });
    if (known.isPresent() && ForeignCharacter.isPassedOver(token.getText())) {
      return;
    }
    known.ifPresent(_ -> troubled.add(token.getLine()));
    tokens.add(token);
  }

  /** The lines with foreign characters, on which further errors are mostly consequences. */
  Set<Integer> troubled() {
    return troubled;
  }

  /** A token as messages name it. */
  static String shown(Token token) {
    String text = token.getText();
    int c = text.codePointAt(0);
    boolean visible =
        c > ' '
            && !Character.isISOControl(c)
            && c != 0xfffd
            && Character.getType(c) != Character.FORMAT;
    if (!visible) {
      return "the character U+%04X".formatted(c);
    }
    return "`" + shortened(text) + "`";
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= 40
        ? text
        : text.substring(0, text.offsetByCodePoints(0, 37)) + "...";
  }

  private void limitDepth() {
    int limit = Depth.firstTooDeep(tokens);
    if (limit < tokens.size()) {
      truncated = true;
      problems.add(
          Diagnostic.at(
                  span(tokens.get(limit)),
                  Code.SYNTAX,
                  "the expression nests too deeply; the text is not read beyond this place")
              .withNote(
                  "the limit is %d levels, of which a bracket or power takes %d"
                      .formatted(Depth.LIMIT, Depth.BRACKET)));
      tokens.subList(limit, tokens.size()).clear();
    }
  }

  /** The lexer reads code points: half of a surrogate pair has to become a character of its own. */
  private static String wellFormed(String text) {
    StringBuilder result = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else {
        result = result == null ? new StringBuilder(text) : result;
        result.setCharAt(i, '\ufffd');
      }
    }
    return result == null ? text : result.toString();
  }
}
