/**
 * Decides whether declarations make sense: names, arguments, shapes and domains, before anything is
 * derived. A unit that leaves {@link org.blrc.check.Checker} has every name resolvable, every
 * argument list fitting and every index inside its sum. All independent errors are found in one
 * run.
 */
package org.blrc.check;
