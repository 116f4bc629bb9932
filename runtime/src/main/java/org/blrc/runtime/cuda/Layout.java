package org.blrc.runtime.cuda;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.blrc.runtime.ParameterGroup;

/**
 * How the coordinates of an optimizer lie in tensors and in groups: for each group, and for what
 * lies outside all, the pieces that one launch works on.
 */
final class Layout implements AutoCloseable {

  private final Device device;
  private final long[] lengths;
  private final List<Pieces> groups = new ArrayList<>();

  Layout(Device device, long[] lengths, List<ParameterGroup> declared) {
    this.device = device;
    this.lengths = lengths.clone();
    List<List<Pieces.Piece>> pieces = new ArrayList<>();
    pieces.add(new ArrayList<>());
    long done = 0;
    for (ParameterGroup group :
        declared.stream().sorted(Comparator.comparingLong(ParameterGroup::from)).toList()) {
      pieces.getFirst().addAll(Pieces.of(lengths, done, group.from()));
      done = group.to();
    }
    pieces.getFirst().addAll(Pieces.of(lengths, done, LongStream.of(lengths).sum()));
    declared.forEach(group -> pieces.add(Pieces.of(lengths, group.from(), group.to())));
    try (Unfinished made = new Unfinished()) {
      made.add(this::close);
      pieces.forEach(each -> groups.add(new Pieces(device, each)));
      made.finish();
    }
  }

  Device device() {
    return device;
  }

  /** The number of coordinates of each tensor. */
  long[] lengths() {
    return lengths;
  }

  int tensors() {
    return lengths.length;
  }

  /** What lies outside all groups, and then each group. */
  List<Pieces> groups() {
    return groups;
  }

  /** The group that a coordinate lies in, and where its part of the group ends. */
  record Place(int group, long end) {}

  Place at(long coordinate) {
    for (int group = 0; group < groups.size(); group++) {
      for (Pieces.Piece piece : groups.get(group).all()) {
        if (piece.first() <= coordinate && coordinate < piece.first() + piece.length()) {
          return new Place(group, piece.first() + piece.length());
        }
      }
    }
    throw new IndexOutOfBoundsException(coordinate);
  }

  /** How many chunks there are. */
  long chunks() {
    return groups.stream().mapToLong(Pieces::chunks).sum();
  }

  @Override
  public void close() {
    Closing.all(groups.stream().<Runnable>map(pieces -> pieces::close).toList());
  }
}
