package org.blrc.emit.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.blrc.runtime.cuda.Device;
import org.blrc.runtime.cuda.KernelFiles;
import org.blrc.runtime.cuda.KernelSet;

/**
 * This machine's processor and memory in place of a GPU's, so that everything that a GPU would do
 * can be looked at: what is added to the queue is done at once. Kernels that were compiled are kept
 * until it is closed.
 */
public final class HostDevice implements Device, AutoCloseable {

  private static final long ALIGNMENT = 256;

  /** Enough that the work of several is not that of one. */
  private static final int BLOCKS = 3;

  private record Allocation(Arena arena, long bytes) {}

  private final NavigableMap<Long, Allocation> allocations = new TreeMap<>();

  /** By their source. */
  private final Map<String, HostKernels> compiled = new HashMap<>();

  @Override
  public String name() {
    return "this machine's processor";
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // It is closed when the memory is given back.
  public long allocate(long bytes) {
    Arena arena = Arena.ofShared();
    long address = arena.allocate(Math.max(1, bytes), ALIGNMENT).address();
    allocations.put(address, new Allocation(arena, bytes));
    return address;
  }

  @Override
  public void free(long address) {
    Allocation allocation = allocations.remove(address);
    if (allocation == null) {
      throw new IllegalStateException("no memory was allocated at 0x%x".formatted(address));
    }
    allocation.arena().close();
  }

  /** How many pieces of memory are in use. */
  public int allocations() {
    return allocations.size();
  }

  @SuppressWarnings("restricted") // The range was looked at.
  private MemorySegment segment(long address, long bytes) {
    check(address, bytes);
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  @Override
  public void write(long address, MemorySegment values) {
    segment(address, values.byteSize()).copyFrom(values);
  }

  @Override
  public void read(long address, MemorySegment values) {
    values.copyFrom(segment(address, values.byteSize()));
  }

  @Override
  public void copy(long from, long to, long bytes) {
    segment(to, bytes).copyFrom(segment(from, bytes));
  }

  @Override
  public void clear(long address, long bytes) {
    segment(address, bytes).fill((byte) 0);
  }

  @Override
  public void synchronize() {}

  @Override
  public void check(long address, long bytes) {
    var found = allocations.floorEntry(address);
    if (found == null || address + bytes > found.getKey() + Math.max(1, found.getValue().bytes())) {
      throw new IllegalArgumentException(
          "there are no %d bytes of %s at 0x%x".formatted(bytes, name(), address));
    }
  }

  @Override
  public LoadedKernels load(KernelSet kernels, KernelFiles files) {
    HostKernels found =
        compiled.computeIfAbsent(files.source(), source -> HostKernels.of(kernels, source));
    return new LoadedKernels() {
      @Override
      public LoadedKernel find(String name) {
        return found.find(name);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public int blocks(long chunks) {
    return (int) Math.min(BLOCKS, chunks);
  }

  @Override
  public void close() {
    compiled.values().forEach(HostKernels::close);
    allocations.values().forEach(allocation -> allocation.arena().close());
    allocations.clear();
  }
}
