/**
 * Tries optimizers on small problems with real gradients: {@link org.blrc.trial.Trial} trains each
 * of them on the same data in the same order and scores it on data it has not seen, or compares its
 * posterior with the exact one.
 *
 * <p>Invariant: nothing here knows any optimizer. What the loss is asked comes from the optimizer's
 * own phases, which problems fit it from the support of its posterior, and hyper-parameters are set
 * by their role in the spec, never by their names. A result, apart from its times, is a function of
 * the request.
 */
package org.blrc.trial;
