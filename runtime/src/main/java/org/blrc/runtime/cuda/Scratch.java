package org.blrc.runtime.cuda;

/** Memory of a device for a few moments. */
final class Scratch implements AutoCloseable {

  private final Device device;
  private final long address;

  /**
   * @param doubles how many numbers in double precision it holds
   */
  Scratch(Device device, long doubles) {
    this.device = device;
    this.address = device.allocate(Math.max(1, doubles) * Double.BYTES);
  }

  long address() {
    return address;
  }

  @Override
  public void close() {
    device.free(address);
  }
}
