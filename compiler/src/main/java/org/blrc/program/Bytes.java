package org.blrc.program;

import java.util.List;
import org.blrc.program.Pass.Array;

/**
 * An amount of memory for each coordinate, in single precision.
 *
 * @param each what does not depend on the minibatch
 * @param perExample what is added for each of its examples
 */
public record Bytes(int each, int perExample) {

  public static final Bytes NONE = new Bytes(0, 0);

  /** What arrays take. */
  public static Bytes of(List<Array> arrays) {
    int examples =
        (int) arrays.stream().filter(array -> array.kind() == Array.Kind.EXAMPLES).count();
    return new Bytes(Float.BYTES * (arrays.size() - examples), Float.BYTES * examples);
  }

  /** Both amounts together. */
  public Bytes plus(Bytes other) {
    return new Bytes(each + other.each, perExample + other.perExample);
  }
}
