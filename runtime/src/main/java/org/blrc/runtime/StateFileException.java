package org.blrc.runtime;

import java.io.IOException;

/** A file that does not hold a state of this optimizer. Nothing was changed. */
public final class StateFileException extends IOException {

  private static final long serialVersionUID = 1;

  StateFileException(String message) {
    super(message);
  }

  StateFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
