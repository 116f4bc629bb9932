/**
 * Checks a derivation numerically, by code that shares nothing with the passes that made it but the
 * expressions themselves: expectations are integrals of the declared density, derivatives are
 * differences, the natural gradient solves with the Fisher information of the integrals.
 *
 * <p>Invariant: an integral that does not trust its own error leads to a check that was not made,
 * never to one that passes or fails.
 */
package org.blrc.verify;
