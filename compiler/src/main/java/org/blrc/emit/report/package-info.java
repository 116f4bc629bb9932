/** Derivations as documents. A report shows a derivation and changes nothing about it. */
package org.blrc.emit.report;
