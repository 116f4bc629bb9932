package org.blrc.syntax;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.blrc.grammar.BlrLexer;
import org.blrc.grammar.BlrParser;
import org.blrc.symbolic.Rational;
import org.blrc.syntax.Declaration.Listed;
import org.blrc.syntax.Declaration.Running;
import org.blrc.syntax.Term.Argument;
import org.blrc.syntax.Term.Axis;
import org.blrc.syntax.Term.Name;
import org.blrc.syntax.Term.Operator;

/** Turns the parse trees of expressions into terms. */
final class TermBuilder {

  /** Longer literals say nothing that a double could hold. */
  private static final int MAX_DIGITS = 400;

  private final Tokens tokens;
  private final List<Diagnostic> diagnostics;

  TermBuilder(Tokens tokens, List<Diagnostic> diagnostics) {
    this.tokens = tokens;
    this.diagnostics = diagnostics;
  }

  void report(Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
  }

  Span span(ParserRuleContext context) {
    return tokens.span(context.getStart(), context.getStop());
  }

  /** From the start of one to the end of the other, brackets included. */
  private Span span(ParserRuleContext first, ParserRuleContext last) {
    return tokens.span(first.getStart(), last.getStop());
  }

  Span span(Token token) {
    return tokens.span(token);
  }

  Name name(TerminalNode node) {
    return name(node.getSymbol());
  }

  Name name(Token token) {
    return new Name(tokens.span(token), token.getText());
  }

  /** The text between the quotes; the second one may be missing, which has been reported. */
  static String string(TerminalNode node) {
    String quoted = node.getText();
    boolean closed = quoted.length() > 1 && quoted.endsWith("\"");
    return quoted.substring(1, closed ? quoted.length() - 1 : quoted.length());
  }

  List<Term> terms(List<BlrParser.ExprContext> contexts) {
    return contexts.stream().map(this::term).toList();
  }

  List<Listed> listed(List<BlrParser.ListedContext> contexts) {
    return contexts.stream()
        .map(context -> new Listed(term(context.expr()), running(context)))
        .toList();
  }

  Optional<Running> running(BlrParser.ListedContext context) {
    return Optional.ofNullable(context.ID())
        .map(index -> new Running(name(index), axis(context.axis())));
  }

  Term term(BlrParser.ExprContext context) {
    List<BlrParser.MultiplicativeContext> operands = context.multiplicative();
    return chain(operands, operands.stream().map(this::product).toList(), context.op);
  }

  List<Argument> arguments(BlrParser.CallContext context) {
    return context.argument().stream()
        .map(
            argument ->
                new Argument(
                    Optional.ofNullable(argument.ID()).map(this::name), term(argument.expr())))
        .toList();
  }

  private Term product(BlrParser.MultiplicativeContext context) {
    List<BlrParser.UnaryContext> operands = context.unary();
    return chain(operands, operands.stream().map(this::unary).toList(), context.op);
  }

  private Term chain(
      List<? extends ParserRuleContext> contexts, List<Term> operands, List<Token> operators) {
    return new Chain(
            operands,
            operators.stream().map(TermBuilder::operator).toList(),
            (from, to) -> span(contexts.get(from), contexts.get(to)))
        .term();
  }

  private static Operator operator(Token token) {
    return switch (token.getType()) {
      case BlrLexer.PLUS -> Operator.ADD;
      case BlrLexer.MINUS -> Operator.SUBTRACT;
      case BlrLexer.TIMES -> Operator.MULTIPLY;
      case BlrLexer.OVER -> Operator.DIVIDE;
      default -> throw new IllegalStateException("no operator: " + token.getText());
    };
  }

  private Term unary(BlrParser.UnaryContext context) {
    return switch (context) {
      case BlrParser.NegationContext negation ->
          new Term.Negate(span(negation), unary(negation.unary()));
      case BlrParser.ReductionContext reduction ->
          new Term.Reduction(
              span(reduction),
              reduction.kind.getType() == BlrLexer.SUM
                  ? Term.Reduction.Kind.SUM
                  : Term.Reduction.Kind.MEAN,
              name(reduction.ID()),
              axis(reduction.axis()),
              product(reduction.multiplicative()));
      case BlrParser.FoldContext fold ->
          new Term.Fold(
              span(fold),
              name(fold.FOLD()),
              name(fold.ID()),
              axis(fold.axis()),
              product(fold.multiplicative()));
      case BlrParser.UnsignedContext unsigned -> power(unsigned.power());
      default -> throw unknown(context);
    };
  }

  private Term power(BlrParser.PowerContext context) {
    Term base = postfix(context.postfix());
    return context.unary() == null
        ? base
        : new Term.Binary(span(context), Operator.POWER, base, unary(context.unary()));
  }

  private Term postfix(BlrParser.PostfixContext context) {
    Term result = primary(context.primary());
    for (BlrParser.CallContext call : context.call()) {
      result = new Term.Apply(span(context, call), result, arguments(call));
    }
    return result;
  }

  private Term primary(BlrParser.PrimaryContext context) {
    return switch (context) {
      case BlrParser.NumberContext number -> literal(number);
      case BlrParser.ExpectationContext expectation ->
          new Term.Expectation(span(expectation), term(expectation.expr()));
      case BlrParser.ReferenceContext reference ->
          reference.expr() == null
              ? new Term.Reference(span(reference), reference.ID().getText())
              : new Term.Component(span(reference), name(reference.ID()), term(reference.expr()));
      case BlrParser.BracketContext bracket ->
          new Term.Apply(
              span(bracket),
              new Term.Reference(span(bracket.op), comparison(bracket.op)),
              Stream.of(bracket.left, bracket.right)
                  .map(side -> new Argument(Optional.empty(), term(side)))
                  .toList());
      case BlrParser.GroupContext group -> term(group.expr());
      default -> throw unknown(context);
    };
  }

  /** The function that is 1 where a comparison holds, and 0 elsewhere. */
  private static String comparison(Token token) {
    return switch (token.getType()) {
      case BlrLexer.EQUALS -> "equal";
      case BlrLexer.GREATER -> "greater";
      default -> throw new IllegalStateException("no comparison: " + token.getText());
    };
  }

  private Term literal(BlrParser.NumberContext context) {
    String text = context.NUMBER().getText();
    Span span = span(context);
    if (text.length() > MAX_DIGITS) {
      report(Diagnostic.at(span, Code.BAD_NUMBER, "this number has too many digits"));
      return new Term.Literal(span, Rational.ONE);
    }
    Optional<Rational> value = finite(text);
    if (value.isEmpty()) {
      report(
          Diagnostic.at(
                  span, Code.BAD_NUMBER, "this number lies outside the range of double precision")
              .withHint("write `infinity` for an infinite value, `0` for nothing"));
    }
    return new Term.Literal(span, value.orElse(Rational.ONE));
  }

  private static Optional<Rational> finite(String text) {
    double rounded = Double.parseDouble(text);
    if (rounded == 0) {
      return isZero(text) ? Optional.of(Rational.ZERO) : Optional.empty();
    }
    return Double.isInfinite(rounded) ? Optional.empty() : Optional.of(Rational.parse(text));
  }

  private static boolean isZero(String number) {
    return number.chars().takeWhile(c -> c != 'e' && c != 'E').allMatch(c -> c == '0' || c == '.');
  }

  Axis axis(BlrParser.AxisContext context) {
    Term lower = term(context.lower);
    if (context.upper != null) {
      return new Axis.Range(span(context), lower, term(context.upper));
    }
    if (lower instanceof Term.Reference(Span span, String name)) {
      return new Axis.Named(span, new Name(span, name));
    }
    if (lower instanceof Term.Apply(Span span, Term.Reference part, List<Argument> arguments)
        && arguments.size() == 1
        && arguments.getFirst().name().isEmpty()
        && arguments.getFirst().value() instanceof Term.Reference of) {
      return new Axis.Sub(span, new Name(part.span(), part.name()), new Name(of.span(), of.name()));
    }
    report(
        Diagnostic.at(lower.span(), Code.SYNTAX, "a sum or mean cannot run over this expression")
            .withHint("name a data axis such as `data`, or write `batch(data)` or `1..n`"));
    return new Axis.Range(lower.span(), lower, lower);
  }

  private static IllegalStateException unknown(ParserRuleContext context) {
    return new IllegalStateException("not in the grammar: " + context.getClass());
  }
}
