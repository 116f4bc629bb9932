package org.blrc.symbolic;

import net.jqwik.api.SampleReportingFormat;

/** Spells the samples of a property that fails as the language does. */
public final class ExprFormat implements SampleReportingFormat {

  @Override
  public boolean appliesTo(Object value) {
    return value instanceof Expr;
  }

  @Override
  public Object report(Object value) {
    return ExprPrinter.TEXT.print((Expr) value);
  }
}
