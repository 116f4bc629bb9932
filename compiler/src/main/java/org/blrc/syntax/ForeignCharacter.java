package org.blrc.syntax;

import java.util.Optional;
import java.util.OptionalInt;
import org.blrc.grammar.BlrLexer;

/**
 * A character that the language does not have, as it gets into a text from a document, from
 * mathematics or from another language.
 *
 * @param type of the token that is meant, where it is clear, so that reading can go on
 */
record ForeignCharacter(OptionalInt type, String hint) {

  static Optional<ForeignCharacter> of(String text) {
    return Optional.ofNullable(
        switch (text) {
          case "\u2212", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\uff0d" ->
              written(BlrLexer.MINUS, "a minus sign is written `-`");
          case "\uff0b" -> written(BlrLexer.PLUS, "a plus sign is written `+`");
          case "\u00d7", "\u00b7", "\u22c5", "\u2217", "\u2219", "\uff0a" ->
              written(BlrLexer.TIMES, "a product is written `*`");
          case "\u00f7", "\u2215", "\u2044", "\uff0f" ->
              written(BlrLexer.OVER, "a quotient is written `/`");
          case "\u2192", "\u21a6", "\u219d", "\u21dd" ->
              written(BlrLexer.REWRITES, "a rewrite is written `from ~> to`");
          case "\u2190", "\u2254" ->
              written(BlrLexer.ASSIGNS, "an assignment is written `v <- value`");
          case "\u223c", "\u02dc", "\uff5e" -> written(BlrLexer.TILDE, "write an ordinary `~`");
          case "\uff08" -> written(BlrLexer.LEFT_PAREN, "write an ordinary `(`");
          case "\uff09" -> written(BlrLexer.RIGHT_PAREN, "write an ordinary `)`");
          case "\uff0c" -> written(BlrLexer.COMMA, "write an ordinary `,`");
          case "\uff1a" -> written(BlrLexer.COLON, "write an ordinary `:`");
          case "\uff1d" -> written(BlrLexer.EQUALS, "write an ordinary `=`");
          case "\u2018", "\u2019", "\u201c", "\u201d", "\u201e", "\u00ab", "\u00bb" ->
              other("a string stands in straight double quotes");
          case "#" -> other("a comment starts with `//`");
          case "\u221a" -> other("a square root is written `sqrt(x)`");
          case "\u221e" -> other("write `infinity`");
          case "\u00b2" -> other("a square is written `x^2`");
          case "\u00b3", "\u00b9", "\u2070", "\u207b", "\u207a" ->
              other("a power is written `x^3`");
          case "\u2211", "\u03a3" -> other("a sum is written `sum(i in data) ...`");
          case "\u2207", "\u2202" -> other("a gradient is written `grad(ell)`");
          case "\u222b" -> other("an expectation is written `E[f(theta)]`");
          case "\u2208" -> other("a domain is given after a colon, as in `rho: [0, 1]`");
          case "\u2264", "\u2265", "\u2260", "\u226a", "\u226b" ->
              other(
                  "there are only `[a > b]` and `[a = b]`, 1 or 0; `min`, `max`, `clamp` and `abs` may do");
          case "\u200b", "\u200c", "\u200d", "\u2060", "\u00ad", "\u200e", "\u200f" ->
              other("it is invisible: remove it");
          default -> null;
        });
  }

  /** Whether the text is best read as if the character, or the comment, were not there. */
  static boolean isPassedOver(String text) {
    return text.equals("#") || Character.getType(text.codePointAt(0)) == Character.FORMAT;
  }

  private static ForeignCharacter written(int type, String hint) {
    return new ForeignCharacter(OptionalInt.of(type), hint);
  }

  private static ForeignCharacter other(String hint) {
    return new ForeignCharacter(OptionalInt.empty(), hint);
  }
}
