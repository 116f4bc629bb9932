package org.blrc.runtime.cuda;

import java.util.ArrayList;
import java.util.List;
import org.blrc.runtime.cuda.Launches.Setting;

/** The launches that were recorded to a graph, so that they can be made those of later steps. */
final class Recording {

  /**
   * A recorded launch.
   *
   * @param tables where the tables of its arrays are, in the order of the kernel's columns
   * @param node what it is called in the graph
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Launch(int kernel, Setting setting, long[] tables, int blocks, long node) {}

  private final Launches launches;
  private final List<Launch> noted = new ArrayList<>();
  private long capture;

  Recording(Launches launches) {
    this.launches = launches;
  }

  void note(int index, Setting setting, int blocks, Device.Recorded recorded) {
    if (recorded.capture() != capture) {
      // One before was given up.
      noted.clear();
      capture = recorded.capture();
    }
    Kernel kernel = launches.kernel(index).kernel();
    long[] tables =
        kernel.columns().stream()
            .map(column -> launches.array(column, setting.draw()))
            .mapToLong(array -> array == null ? 0 : array.table(setting.group()))
            .toArray();
    noted.add(new Launch(index, setting, tables, blocks, recorded.node()));
  }

  /** The launches so far, which are forgotten. */
  List<Launch> take() {
    List<Launch> taken = List.copyOf(noted);
    noted.clear();
    return taken;
  }
}
