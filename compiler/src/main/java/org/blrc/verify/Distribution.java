package org.blrc.verify;

import org.blrc.symbolic.Expr;

/**
 * A random variable's distribution.
 *
 * @param sampler the value of a draw, given noise
 */
record Distribution(Density density, Expr sampler) {}
