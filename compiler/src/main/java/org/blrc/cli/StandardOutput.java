package org.blrc.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/** Where products go; remembers why they could not. */
final class StandardOutput extends FilterOutputStream {

  private IOException failure;

  StandardOutput(OutputStream out) {
    super(out);
  }

  /** The first failure. */
  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Whether nobody reads any more, as in {@code blrc derive SPEC | head}. */
  boolean isClosedPipe() {
    // Java passes on the system's message alone; its translations keep the word.
    return failure != null
        && String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw noted(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw noted(e);
    }
  }

  private IOException noted(IOException e) {
    failure = failure == null ? e : failure;
    return e;
  }
}
