package org.blrc.derive;

import org.blrc.program.Safeguard;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Declaration.Scope.Part;

/** The parts of an update that a scope may name, and what a rewrite of one makes of the update. */
final class PartRewrite {

  private PartRewrite() {}

  static Expr part(Update update, Part part) {
    return switch (part) {
      case DIRECTION -> update.direction();
      case STEP -> update.increment();
      case UPDATE -> update.value();
    };
  }

  static Update of(Update update, Part part, Rewriter rewriter) {
    return switch (part) {
      case DIRECTION -> update.withDirection(rewriter.apply(update.direction()));
      case STEP -> update.withIncrement(rewriter.apply(update.increment()));
      case UPDATE -> inUpdate(update, rewriter);
    };
  }

  private static Update inUpdate(Update update, Rewriter rewriter) {
    return switch (rewriter.pattern()) {
      case Pattern.Any _ -> update.withValue(rewriter.apply(update.value()));
      case Pattern.Exactly(Expr what) when what.equals(update.rate()) ->
          update.withRate(shared(update.rate(), rewriter.replaceAll(update.rate())));
      default -> everywhere(update, rewriter);
    };
  }

  /** What takes the place of a part of a rate is made to be that part of it. */
  private static Expr shared(Expr rate, Expr replacement) {
    return Walk.contains(rate, Safeguard.SHARE) && !Walk.contains(replacement, Safeguard.SHARE)
        ? Exprs.mul(Safeguard.SHARE, replacement)
        : replacement;
  }

  /** The state's own old value stands outside the parts of most forms. */
  static Update everywhere(Update update, Rewriter rewriter) {
    return rewriter.pattern() instanceof Pattern.Exactly(Expr what) && what.equals(update.state())
        ? update.withValue(rewriter.apply(update.value()))
        : update.map(rewriter::apply);
  }
}
