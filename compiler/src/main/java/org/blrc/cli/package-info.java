/**
 * The command line: one class a command, each a thin client of the compiler. Products go to
 * standard output, diagnostics to standard error; no command prints a stack trace or leaves a
 * half-written file.
 */
package org.blrc.cli;
