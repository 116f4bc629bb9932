package org.blrc.runtime.cuda;

/** A device cannot do what it was asked to; the message says what it says itself. */
public class DeviceException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public DeviceException(String message) {
    super(message);
  }

  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
