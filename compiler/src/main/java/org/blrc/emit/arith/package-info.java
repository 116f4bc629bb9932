/**
 * What back ends have in common: the arithmetic of a program.
 *
 * <p>An expression becomes {@link org.blrc.emit.arith.Arith arithmetic}; what does not vary with
 * the coordinate is {@link org.blrc.emit.arith.Hoist hoisted} out of the loops; {@link
 * org.blrc.emit.arith.LoopBody} gives names to common parts, and {@link
 * org.blrc.emit.arith.Formula} writes the rest down in a {@link org.blrc.emit.arith.Dialect}.
 */
package org.blrc.emit.arith;
