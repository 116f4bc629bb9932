package org.blrc.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.blrc.grammar.BlrLexer;
import org.blrc.grammar.BlrParser;

/**
 * Decides which words are keywords, and where entries end: a clause word is a keyword only where a
 * clause may begin, which is after something complete; elsewhere it is a name. The entries of rules
 * and of lists of approximations have no keyword; one begins where an operand follows something
 * complete.
 */
final class Words {

  private static final Set<Integer> DECLARATIONS =
      Set.of(BlrLexer.IMPORT, BlrLexer.FAMILY, BlrLexer.RULE, BlrLexer.OPTIMIZER);

  private static final Map<Integer, Set<Integer>> CLAUSES =
      Map.of(
          BlrLexer.FAMILY,
          Set.of(
              BlrLexer.SUPPORT,
              BlrLexer.STATISTICS,
              BlrLexer.NATURAL,
              BlrLexer.LOG_PARTITION,
              BlrLexer.BASE_MEASURE,
              BlrLexer.SAMPLE,
              BlrLexer.CDF,
              BlrLexer.IDENTITY),
          BlrLexer.RULE,
          Set.of(BlrLexer.GRADE, BlrLexer.SOURCE, BlrLexer.STATE, BlrLexer.NOISE, BlrLexer.RELAX),
          BlrLexer.OPTIMIZER,
          Set.of(
              BlrLexer.HYPER,
              BlrLexer.STATE,
              BlrLexer.DATA,
              BlrLexer.POSTERIOR,
              BlrLexer.PRIOR,
              BlrLexer.LOSS,
              BlrLexer.RATE,
              BlrLexer.STEP,
              BlrLexer.GRADIENT,
              BlrLexer.APPROXIMATE));

  private static final BitSet OPENS_CLAUSE = new BitSet();

  static {
    CLAUSES.values().forEach(words -> words.forEach(OPENS_CLAUSE::set));
  }

  /** What follows a name in an expression, but never a clause word. */
  private static final Set<Integer> AFTER_A_NAME =
      Set.of(
          BlrLexer.PLUS,
          BlrLexer.TIMES,
          BlrLexer.OVER,
          BlrLexer.POWER,
          BlrLexer.REWRITES,
          BlrLexer.ASSIGNS,
          BlrLexer.COMMA,
          BlrLexer.RIGHT_PAREN,
          BlrLexer.RANGE,
          BlrLexer.OF);

  private static final Set<Integer> ENTRY_STARTS =
      Set.of(BlrLexer.ID, BlrLexer.NUMBER, BlrLexer.E, BlrLexer.SUM, BlrLexer.MEAN, BlrLexer.IN);

  private final List<CommonToken> tokens;

  /** The open declaration's keyword. */
  private int declaration = Token.EOF;

  private boolean inBraces;

  /** Whether the last brace opened a set of values. */
  private boolean inSet;

  /** Whether the open clause is a list of approximations. */
  private boolean approximations;

  /** Whether the open clause lists its parts with commas, as the states of a rule. */
  private boolean commas;

  /** Whether the token before is the name after {@code of}, with which the use of a rule ends. */
  private boolean afterTarget;

  /** The number of open parentheses and brackets. */
  private int depth;

  /** For each open parenthesis, whether it is the head of a sum or mean. */
  private final Deque<Boolean> heads = new ArrayDeque<>();

  /** Whether the token before is the last one of something complete. */
  private boolean complete = true;

  private int before = Token.EOF;

  private Words(List<CommonToken> tokens) {
    this.tokens = tokens;
  }

  /** The same tokens, reclassified, with separators between entries and marked folds. */
  static List<CommonToken> classify(List<CommonToken> tokens) {
    Words words = new Words(tokens);
    List<CommonToken> result = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      CommonToken token = tokens.get(i);
      if (isWord(token.getType()) && !words.isKeyword(i)) {
        token.setType(BlrLexer.ID);
      }
      if (token.getType() == BlrLexer.COMMA && words.separatesEntries()) {
        token.setType(BlrParser.SEPARATOR);
      } else if (words.endsEntry(token.getType())) {
        result.add(separator(token));
        words.commas = false;
      }
      words.advance(token.getType());
      if (token.getType() == BlrLexer.ID && words.runsOver(i)) {
        token.setType(BlrParser.FOLD);
      }
      result.add(token);
    }
    return result;
  }

  /** Whether a keyword of this type begins a clause of some declaration. */
  static boolean opensClause(int type) {
    return type >= 0 && OPENS_CLAUSE.get(type);
  }

  static boolean opensDeclaration(int type) {
    return DECLARATIONS.contains(type);
  }

  /** Whether the type is that of a word with a meaning of its own. */
  static boolean isWord(int type) {
    return type >= BlrLexer.IMPORT && type <= BlrLexer.MEAN;
  }

  /** Whether a comma stands between entries. */
  private boolean separatesEntries() {
    boolean entries = approximations || (declaration == BlrLexer.RULE && inBraces && !commas);
    return entries && depth == 0;
  }

  private static CommonToken separator(CommonToken next) {
    CommonToken token = new CommonToken(next);
    token.setType(BlrParser.SEPARATOR);
    return token;
  }

  /** Whether an entry is complete before a token of this type. */
  private boolean endsEntry(int type) {
    if (!inBraces || before == BlrLexer.LEFT_BRACE) {
      return false;
    }
    boolean clauseEnds = opensClause(type) || type == BlrLexer.RIGHT_BRACE;
    boolean entryBegins = complete && depth == 0 && ENTRY_STARTS.contains(type);
    boolean ends = clauseEnds && before != BlrParser.SEPARATOR;
    return switch (declaration) {
      case BlrLexer.RULE -> ends || entryBegins;
      case BlrLexer.OPTIMIZER ->
          approximations && (entryBegins || ends || (afterTarget && continues(type)));
      default -> false;
    };
  }

  /** Whether a token of this type can begin an entry as well as continue one. */
  private static boolean continues(int type) {
    return type == BlrLexer.MINUS || type == BlrLexer.LEFT_PAREN;
  }

  private boolean isKeyword(int i) {
    int type = tokens.get(i).getType();
    int next = type(i + 1);
    return switch (type) {
      case BlrLexer.IN -> true;
      // After the head of a sum an operand follows, unless two names do.
      case BlrLexer.OF ->
          complete || (before == BlrLexer.RIGHT_PAREN && (next == BlrLexer.ID || isWord(next)));
      case BlrLexer.WITH -> complete;
      case BlrLexer.FOR ->
          complete && (!inBraces || declaration == BlrLexer.FAMILY || isRunning(i));
      case BlrLexer.FIXED ->
          declaration == BlrLexer.FAMILY && !inBraces && (next == BlrLexer.ID || isWord(next));
      case BlrLexer.SHARED ->
          (before == BlrLexer.STATE || before == BlrLexer.HYPER || before == BlrLexer.COMMA)
              && depth == 0
              && (next == BlrLexer.ID || isWord(next));
      case BlrLexer.EACH ->
          before == BlrLexer.POSTERIOR
              || before == BlrLexer.PRIOR
              || (before == BlrLexer.OF
                  && declaration == BlrLexer.OPTIMIZER
                  && !approximations
                  && (next == BlrLexer.ID || isWord(next)));
      case BlrLexer.MIXTURE ->
          before == BlrLexer.TILDE && next == BlrLexer.LEFT_PAREN && type(i + 3) == BlrLexer.IN;
      case BlrLexer.WEIGHTS -> before == BlrLexer.WITH;
      case BlrLexer.E -> next == BlrLexer.LEFT_BRACKET && before != BlrLexer.DATA;
      case BlrLexer.SUM, BlrLexer.MEAN ->
          next == BlrLexer.LEFT_PAREN
              && !opensDeclaration(before)
              && (before != BlrLexer.TILDE || !inBraces);
      case BlrLexer.IMPORT, BlrLexer.FAMILY, BlrLexer.RULE, BlrLexer.OPTIMIZER ->
          inBraces ? looksLikeDeclaration(i) : complete;
      default -> isClause(i, type, next);
    };
  }

  /** Whether a function begins that runs over something, as in {@code max(k in 1..3) a[k]}. */
  private boolean runsOver(int i) {
    return type(i + 1) == BlrLexer.LEFT_PAREN
        && (type(i + 2) == BlrLexer.ID || isWord(type(i + 2)))
        && type(i + 3) == BlrLexer.IN;
  }

  /** Whether a name and what it runs over follow, as after the values of components. */
  private boolean isRunning(int i) {
    return declaration == BlrLexer.OPTIMIZER
        && !approximations
        && type(i + 1) == BlrLexer.ID
        && type(i + 2) == BlrLexer.IN;
  }

  private boolean isClause(int i, int type, int next) {
    if (!inBraces
        || !CLAUSES.getOrDefault(declaration, Set.of()).contains(type)
        || AFTER_A_NAME.contains(next)) {
      return false;
    }
    // Where an entry or line is left incomplete, two words in a row tell a clause from a name.
    boolean operand = isWord(next) || next == BlrLexer.ID || next == BlrLexer.NUMBER;
    return complete || (operand && (before == BlrParser.SEPARATOR || isLineHead(i)));
  }

  /** Whether a token begins a line that the next one continues. */
  private boolean isLineHead(int i) {
    int line = tokens.get(i).getLine();
    return (i == 0 || tokens.get(i - 1).getLine() < line)
        && i + 1 < tokens.size()
        && tokens.get(i + 1).getLine() == line;
  }

  /** Inside braces only where the brace before was forgotten. */
  private boolean looksLikeDeclaration(int i) {
    int name = type(i + 1);
    int then = type(i + 2);
    return tokens.get(i).getCharPositionInLine() == 0
        && (name == BlrLexer.ID || name == BlrLexer.STRING || isWord(name))
        && (name == BlrLexer.STRING || then == BlrLexer.LEFT_BRACE || then == BlrLexer.LEFT_PAREN);
  }

  private int type(int i) {
    return i < tokens.size() ? tokens.get(i).getType() : Token.EOF;
  }

  private void advance(int type) {
    complete =
        switch (type) {
          case BlrLexer.ID,
              BlrLexer.NUMBER,
              BlrLexer.STRING,
              BlrLexer.RIGHT_BRACKET,
              BlrLexer.LEFT_BRACE,
              BlrLexer.RIGHT_BRACE ->
              true;
          case BlrLexer.RIGHT_PAREN -> heads.isEmpty() || !heads.peek();
          default -> false;
        };
    switch (type) {
      case BlrLexer.LEFT_PAREN -> {
        heads.push(before == BlrLexer.SUM || before == BlrLexer.MEAN);
        depth++;
      }
      case BlrLexer.IN -> {
        // What runs over something is the head of a sum, or of another function.
        if (heads.poll() != null) {
          heads.push(true);
        }
      }
      case BlrLexer.RIGHT_PAREN -> {
        heads.poll();
        depth = Math.max(0, depth - 1);
      }
      case BlrLexer.LEFT_BRACKET -> depth++;
      case BlrLexer.RIGHT_BRACKET -> depth = Math.max(0, depth - 1);
      case BlrLexer.LEFT_BRACE, BlrLexer.RIGHT_BRACE -> {
        boolean opens = type == BlrLexer.LEFT_BRACE;
        boolean ofSet = opens ? before == BlrLexer.SUPPORT || before == BlrLexer.COLON : inSet;
        if (!ofSet) {
          inBraces = opens;
          startClause(type);
        }
        inSet = ofSet && opens;
      }
      default -> {
        if (opensDeclaration(type)) {
          declaration = type;
          inBraces = false;
        } else if (opensClause(type)) {
          startClause(type);
        }
      }
    }
    afterTarget = before == BlrLexer.OF && type == BlrLexer.ID && depth == 0;
    before = type;
  }

  private void startClause(int type) {
    commas = type == BlrLexer.STATE || type == BlrLexer.NOISE || type == BlrLexer.RELAX;
    approximations = type == BlrLexer.APPROXIMATE;
    depth = 0;
    heads.clear();
  }
}
