package org.blrc.trial;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jline.terminal.impl.exec.ExecTerminalProvider;
import org.jline.terminal.spi.SystemStream;

/** Where a trial says how far it is. */
@FunctionalInterface
public interface Progress {

  /** Says nothing. */
  Progress SILENT = name -> Bar.SILENT;

  /** Opens the display of one contender. */
  Bar open(String name);

  /** A bar on standard error; nothing where that is not a terminal. */
  static Progress onTerminal() {
    return new ExecTerminalProvider().isSystemStream(SystemStream.Error)
        ? TerminalBar::new
        : SILENT;
  }

  /** The display of one contender. */
  interface Bar extends AutoCloseable {

    /** Says nothing. */
    Bar SILENT =
        new Bar() {
          @Override
          public void begin(String what, int steps) {}

          @Override
          public void advance() {}

          @Override
          public void close() {}
        };

    /** A run of at most {@code steps} begins. */
    void begin(String what, int steps);

    /** One step is done. */
    void advance();

    @Override
    void close();
  }

  /** Leaves no trace when closed. */
  final class TerminalBar implements Bar {

    private final ProgressBar bar;

    private TerminalBar(String name) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setInitialMax(1)
              .setStyle(ProgressBarStyle.ASCII)
              .hideEta()
              .clearDisplayOnFinish()
              .build();
    }

    @Override
    public void begin(String what, int steps) {
      bar.stepTo(0).maxHint(steps).setExtraMessage(what);
    }

    @Override
    public void advance() {
      bar.step();
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
