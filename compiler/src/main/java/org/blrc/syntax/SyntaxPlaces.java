package org.blrc.syntax;

import org.antlr.v4.runtime.RuleContext;
import org.blrc.grammar.BlrParser;

/** Names the construct in which the parser stands. */
final class SyntaxPlaces {

  private SyntaxPlaces() {}

  static String of(RuleContext context) {
    return switch (context.getRuleIndex()) {
      case BlrParser.RULE_file -> "at the top of the file";
      case BlrParser.RULE_importDecl -> "in an import";
      case BlrParser.RULE_familyDecl, BlrParser.RULE_familyClause -> "in a family";
      case BlrParser.RULE_parameter -> "in a family's parameters";
      case BlrParser.RULE_draw -> "in a draw such as `eps ~ StandardNormal`";
      case BlrParser.RULE_domain -> "in a domain";
      case BlrParser.RULE_ruleDecl, BlrParser.RULE_ruleEntry, BlrParser.RULE_ruleClause ->
          "in a rule";
      case BlrParser.RULE_ruleParameters, BlrParser.RULE_ruleParameter -> "in a rule's parameters";
      case BlrParser.RULE_subject, BlrParser.RULE_subjectParameter ->
          "in a rule's subject such as `for theta ~ Normal(mean, precision)`";
      case BlrParser.RULE_rewrite -> "in a rewrite";
      case BlrParser.RULE_scope -> "in a scope such as `in direction of m:`";
      case BlrParser.RULE_optimizerDecl, BlrParser.RULE_optimizerClause -> "in an optimizer";
      case BlrParser.RULE_dataAxis -> "in a data axis such as `examples[N]`";
      case BlrParser.RULE_declaration -> "in a declaration such as `rho: positive = 0.1`";
      case BlrParser.RULE_distribution ->
          "in a distribution such as `each theta ~ Normal(mean = m, precision = 1)`";
      case BlrParser.RULE_namedArgument -> "in a named argument such as `mean = m`";
      case BlrParser.RULE_rates -> "in a rate";
      case BlrParser.RULE_approximationEntry, BlrParser.RULE_approximation -> "in an approximation";
      case BlrParser.RULE_argument, BlrParser.RULE_call -> "in the arguments";
      case BlrParser.RULE_axis -> "in the range of a sum or mean";
      default -> context.parent == null ? "in an expression" : enclosing(context);
    };
  }

  /** Names the declaration around the construct in which the parser stands. */
  static String ofDeclaration(RuleContext context) {
    RuleContext at = context;
    while (at.parent != null && at.parent.getRuleIndex() != BlrParser.RULE_file) {
      at = at.parent;
    }
    return of(at);
  }

  /** An expression is named by what it is part of, where that says more. */
  private static String enclosing(RuleContext context) {
    RuleContext at = context;
    while (at.parent != null && isExpression(at.getRuleIndex())) {
      at = at.parent;
    }
    return switch (at.getRuleIndex()) {
      case BlrParser.RULE_call, BlrParser.RULE_argument, BlrParser.RULE_axis -> of(at);
      default -> "in an expression";
    };
  }

  private static boolean isExpression(int rule) {
    return switch (rule) {
      case BlrParser.RULE_expr,
          BlrParser.RULE_multiplicative,
          BlrParser.RULE_unary,
          BlrParser.RULE_power,
          BlrParser.RULE_postfix,
          BlrParser.RULE_primary ->
          true;
      default -> false;
    };
  }
}
