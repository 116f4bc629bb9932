package org.blrc.emit.cuda;

import java.util.ArrayList;
import java.util.List;

/**
 * What a kernel moves between the processor and memory for each coordinate, in bytes; noise is
 * drawn.
 *
 * @param example read for each example of per-example answers
 */
public record Traffic(int read, int written, int example) {

  static final Traffic NONE = new Traffic(0, 0, 0);

  /** As the comment of a kernel says it; empty if there is nothing to say. */
  String described() {
    List<String> parts = new ArrayList<>();
    if (read > 0) {
      parts.add("reads %s".formatted(read));
    }
    if (example > 0) {
      parts.add("reads %s for each example".formatted(example));
    }
    if (written > 0) {
      parts.add("writes %s".formatted(written));
    }
    return parts.isEmpty() ? "" : " Bytes a coordinate: " + String.join(", ", parts) + ".";
  }
}
