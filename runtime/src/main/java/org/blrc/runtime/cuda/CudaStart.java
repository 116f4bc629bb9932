package org.blrc.runtime.cuda;

import java.util.Map;
import org.blrc.runtime.Start;

/** What an optimizer on a device starts from. */
public final class CudaStart {

  private final Device device;
  private final Start start;
  private final long[] lengths;
  private final Map<String, long[]> places;
  private final long[] parameters;

  CudaStart(
      Device device, Start start, long[] lengths, Map<String, long[]> places, long[] parameters) {
    this.device = device;
    this.start = start;
    this.lengths = lengths;
    this.places = places;
    this.parameters = parameters;
  }

  Device device() {
    return device;
  }

  Start start() {
    return start;
  }

  /** The number of coordinates of each tensor. */
  long[] lengths() {
    return lengths;
  }

  /** Where a state lies, tensor by tensor; null if it has no place yet. */
  long[] place(String state) {
    return places.get(state);
  }

  /** Where the model reads its weights, tensor by tensor; null if it is no place of its own. */
  long[] parameters() {
    return parameters;
  }
}
