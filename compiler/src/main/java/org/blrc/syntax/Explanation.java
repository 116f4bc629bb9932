package org.blrc.syntax;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The long texts about the kinds of diagnostics. */
public final class Explanation {

  private Explanation() {}

  /** What a code means, an example that triggers it, and the remedy, as Markdown. */
  public static String of(Code code) throws IOException {
    String resource = "/explain/" + code.id() + ".md";
    try (InputStream in = Explanation.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("the explanation of " + code.id() + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
