package org.blrc.tests.gpu;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.blrc.runtime.cuda.Device;
import org.blrc.runtime.cuda.KernelFiles;
import org.blrc.runtime.cuda.KernelSet;

/** A device that notes which kernels are launched. */
final class CountingDevice implements Device {

  private final Device device;
  private final List<String> launched = new ArrayList<>();
  private boolean counting;

  CountingDevice(Device device) {
    this.device = device;
  }

  /** Begins to note launches. */
  void count() {
    launched.clear();
    counting = true;
  }

  /** Ends to note them, and gives the names of the kernels, in order. */
  List<String> launched() {
    counting = false;
    return List.copyOf(launched);
  }

  @Override
  public String name() {
    return device.name();
  }

  @Override
  public long allocate(long bytes) {
    return device.allocate(bytes);
  }

  @Override
  public void free(long address) {
    device.free(address);
  }

  @Override
  public void write(long address, MemorySegment values) {
    device.write(address, values);
  }

  @Override
  public void read(long address, MemorySegment values) {
    device.read(address, values);
  }

  @Override
  public void copy(long from, long to, long bytes) {
    device.copy(from, to, bytes);
  }

  @Override
  public void clear(long address, long bytes) {
    device.clear(address, bytes);
  }

  @Override
  public void synchronize() {
    device.synchronize();
  }

  @Override
  public void check(long address, long bytes) {
    device.check(address, bytes);
  }

  @Override
  public int blocks(long chunks) {
    return device.blocks(chunks);
  }

  @Override
  public boolean isCapturing() {
    return device.isCapturing();
  }

  @Override
  public LoadedKernels load(KernelSet kernels, KernelFiles files) {
    LoadedKernels loaded = device.load(kernels, files);
    return new LoadedKernels() {
      @Override
      public LoadedKernel find(String name) {
        LoadedKernel kernel = loaded.find(name);
        return new LoadedKernel() {
          @Override
          public Recorded launch(int blocks, MemorySegment arguments) {
            if (counting) {
              launched.add(name);
            }
            return kernel.launch(blocks, arguments);
          }

          @Override
          public void change(long graph, long launch, int blocks, MemorySegment arguments) {
            kernel.change(graph, launch, blocks, arguments);
          }
        };
      }

      @Override
      public void close() {
        loaded.close();
      }
    };
  }
}
