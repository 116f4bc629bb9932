/** Files that the user asked for: they appear whole or not at all. */
package org.blrc.output;
