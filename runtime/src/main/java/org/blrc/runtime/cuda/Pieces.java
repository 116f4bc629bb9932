package org.blrc.runtime.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The coordinates that one launch works on: pieces of tensors, of which a device has a table.
 *
 * <p>The table has, for all pieces, the numbers of their coordinates, the places of their first
 * coordinates among all, and how far apart the rows are that a tensor may have; then how many
 * chunks there are before each piece, and how many there are at all.
 */
final class Pieces implements AutoCloseable {

  /** The size of what kernels know as {@code Tensors}, up to the arrays. */
  static final long HEAD = 4L * Long.BYTES;

  /** The size of the whole of it. */
  static long size(int columns) {
    return HEAD + (Math.max(1, columns) + 1L) * Long.BYTES;
  }

  /**
   * A part of a tensor.
   *
   * @param offset of its first coordinate in the tensor
   * @param first the place of that coordinate among all
   * @param stride how many coordinates the whole tensor has
   */
  record Piece(int tensor, long offset, long length, long first, long stride) {}

  private final Device device;
  private final List<Piece> pieces;
  private final long chunks;
  private final long table;

  Pieces(Device device, List<Piece> pieces) {
    this.device = device;
    this.pieces = List.copyOf(pieces);
    int count = pieces.size();
    long[] numbers = new long[4 * count + 1];
    long before = 0;
    for (int i = 0; i < count; i++) {
      Piece piece = pieces.get(i);
      numbers[i] = piece.length();
      numbers[count + i] = piece.first();
      numbers[2 * count + i] = piece.stride();
      numbers[3 * count + i] = before;
      before += Math.ceilDiv(piece.length(), KernelSet.CHUNK);
    }
    numbers[4 * count] = before;
    this.chunks = before;
    this.table = store(device, numbers);
  }

  /** The pieces of a range of coordinates. */
  static List<Piece> of(long[] lengths, long from, long to) {
    List<Piece> pieces = new ArrayList<>();
    long first = 0;
    for (int tensor = 0; tensor < lengths.length; tensor++) {
      long start = Math.max(from, first);
      long end = Math.min(to, first + lengths[tensor]);
      if (start < end) {
        pieces.add(new Piece(tensor, start - first, end - start, start, lengths[tensor]));
      }
      first += lengths[tensor];
    }
    return pieces;
  }

  private static long store(Device device, long[] numbers) {
    long address = device.allocate((long) Long.BYTES * numbers.length);
    try (Unfinished made = new Unfinished();
        Arena arena = Arena.ofConfined()) {
      made.add(() -> device.free(address));
      device.write(address, arena.allocateFrom(ValueLayout.JAVA_LONG, numbers));
      made.finish();
    }
    return address;
  }

  int count() {
    return pieces.size();
  }

  long chunks() {
    return chunks;
  }

  /** A new table on the device of where the pieces lie in an array. */
  static long addresses(Device device, List<Piece> pieces, DeviceArray array) {
    return store(
        device,
        pieces.stream()
            .mapToLong(
                piece -> array.address(piece.tensor()) + piece.offset() * array.real().bytes())
            .toArray());
  }

  List<Piece> all() {
    return pieces;
  }

  /** Writes what kernels know as {@code Tensors}, but for the arrays. */
  void describe(MemorySegment tensors) {
    long column = (long) Long.BYTES * pieces.size();
    for (int i = 0; i < 4; i++) {
      tensors.set(ValueLayout.JAVA_LONG, (long) i * Long.BYTES, table + i * column);
    }
    tensors.set(ValueLayout.JAVA_INT, tensors.byteSize() - Long.BYTES, pieces.size());
  }

  @Override
  public void close() {
    device.free(table);
  }
}
