/**
 * Exponential families: from a declaration to derived facts. Facts are functions of the declared
 * parameters and hold for every value in their domains.
 */
package org.blrc.family;
