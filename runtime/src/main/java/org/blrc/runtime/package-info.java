/**
 * What generated optimizers need when they run, and nothing more.
 *
 * <p>Invariant: the package depends on nothing but {@code java.base}; a result depends only on what
 * an optimizer was given (states, hyper-parameters, answers, noise), never on threads or on how
 * loops are cut.
 */
package org.blrc.runtime;
