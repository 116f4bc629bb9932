/**
 * Derivations as documents. A report shows a derivation and changes nothing about it.
 *
 * <p>Every document ends with the cost of a step, which is computed from the update program alone.
 * Formulas come from {@link org.blrc.symbolic.ExprPrinter}; a report only says where lines break.
 */
package org.blrc.emit.report;
