package org.blrc.syntax;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.blrc.grammar.BlrParser;

/** Reads blr text. */
public final class Parser {

  /** More errors than this help nobody. */
  private static final int LIMIT = 100;

  private Parser() {}

  /** Reads a source; whatever it holds, the result says what is wrong with it. */
  public static Parsed parse(SourceFile source) {
    return parse(Tokens.of(source));
  }

  static Parsed parse(Tokens tokens) {
    CommonTokenStream stream = new CommonTokenStream(tokens.source());
    SyntaxErrors errors = new SyntaxErrors(tokens);
    // Messages look at what follows an error.
    stream.fill();
    BlrParser parser = new BlrParser(stream);
    parser.removeErrorListeners();
    parser.setErrorHandler(new ErrorStrategy(errors));
    BlrParser.FileContext file = parser.file();

    List<Diagnostic> diagnostics = new ArrayList<>(tokens.problems());
    diagnostics.addAll(errors.diagnostics());
    List<ImportDecl> imports = new ArrayList<>();
    List<Declaration> declarations = new ArrayList<>();
    Set<String> broken = new HashSet<>();
    TermBuilder terms = new TermBuilder(tokens, diagnostics);
    for (ParseTree child : file.children) {
      if (!(child instanceof ParserRuleContext context)) {
        continue;
      }
      boolean whole = isWhole(context);
      switch (context) {
        case BlrParser.ImportDeclContext ctx when whole -> imports.add(importOf(ctx, terms));
        case BlrParser.ImportDeclContext _ -> {}
        default -> {
          Optional<Declaration> declaration = whole ? build(context, terms) : Optional.empty();
          declaration.ifPresentOrElse(
              declarations::add, () -> name(context).ifPresent(broken::add));
        }
      }
    }
    if (!diagnostics.isEmpty()) {
      diagnostics.sort(Comparator.comparingInt(d -> d.span().orElseThrow().start()));
    }
    return new Parsed(
        imports, declarations, broken, diagnostics.subList(0, Math.min(LIMIT, diagnostics.size())));
  }

  private static Optional<Declaration> build(ParserRuleContext context, TermBuilder terms) {
    return switch (context) {
      case BlrParser.FamilyDeclContext ctx -> new FamilyBuilder(terms, ctx).build();
      case BlrParser.RuleDeclContext ctx -> new RuleBuilder(terms).build(ctx);
      case BlrParser.OptimizerDeclContext ctx -> new OptimizerBuilder(terms, ctx).build();
      default -> throw new IllegalStateException("not a declaration: " + context.getClass());
    };
  }

  private static ImportDecl importOf(BlrParser.ImportDeclContext ctx, TermBuilder terms) {
    return new ImportDecl(terms.span(ctx.STRING().getSymbol()), TermBuilder.string(ctx.STRING()));
  }

  /** The name after the keyword. */
  private static Optional<String> name(ParserRuleContext context) {
    return context.getChildCount() > 1 && context.getChild(1) instanceof TerminalNode name
        ? Optional.of(name.getText())
        : Optional.empty();
  }

  private static boolean isWhole(ParserRuleContext context) {
    if (context.exception != null || context.children == null) {
      return false;
    }
    for (ParseTree child : context.children) {
      if (child instanceof ErrorNode
          || (child instanceof ParserRuleContext inner && !isWhole(inner))) {
        return false;
      }
    }
    return true;
  }
}
