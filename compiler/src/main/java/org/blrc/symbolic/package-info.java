/**
 * Expressions and their algebra. Values are immutable; the order of terms depends on where symbols
 * were declared, never on their spelling.
 */
package org.blrc.symbolic;
