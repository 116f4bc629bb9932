package org.blrc.runtime.cuda;

import java.util.ArrayList;
import java.util.List;

/** A range of coordinates inside a group, for which kernels are launched alone: the rare case. */
final class Slice implements AutoCloseable {

  private final Launches launches;
  private final Pieces pieces;
  private final int group;
  private final List<Long> tables = new ArrayList<>();

  Slice(Launches launches, long from, long to) {
    this.launches = launches;
    Layout layout = launches.layout();
    this.pieces = new Pieces(layout.device(), Pieces.of(layout.lengths(), from, to));
    this.group = layout.at(from).group();
  }

  long chunks() {
    return pieces.chunks();
  }

  /**
   * Launches a kernel.
   *
   * @param parts where the chunks' parts go
   */
  void launch(int index, int draws, double share, long parts) {
    PreparedKernel kernel = launches.kernel(index);
    kernel.on(pieces);
    for (int column : kernel.kernel().columns()) {
      DeviceArray array = launches.array(column, 0);
      long table = 0;
      if (array != null) {
        table = Pieces.addresses(launches.device(), pieces.all(), array);
        tables.add(table);
      }
      kernel.array(column, table);
    }
    launches.fill(kernel, launches.setting(group, 0, draws, share));
    if (kernel.kernel().arguments().contains(Argument.PARTS)) {
      kernel.address(Argument.PARTS, parts);
    }
    kernel.launch(launches.device().blocks(pieces.chunks()));
  }

  @Override
  public void close() {
    tables.forEach(launches.device()::free);
    pieces.close();
  }
}
