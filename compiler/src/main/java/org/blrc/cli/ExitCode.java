package org.blrc.cli;

/** What the process reports to its caller. */
final class ExitCode {

  static final int OK = 0;

  /** The spec has errors. */
  static final int SPEC = 1;

  /** The command line makes no sense, or a trace does not fit the spec. */
  static final int USAGE = 2;

  /** A replay or verification disagrees, or two updates differ. */
  static final int DISAGREEMENT = 3;

  /** A file cannot be read or written. */
  static final int IO = 4;

  /** A fault of the compiler itself. */
  static final int INTERNAL = 70;

  /** Nobody reads the product any more: what a shell reports of a process that SIGPIPE ended. */
  static final int CLOSED_PIPE = 141;

  private ExitCode() {}
}
