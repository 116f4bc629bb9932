package org.blrc.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Files written aside, which are moved into place together. What has not been moved when this is
 * closed, or when the process is told to end, is removed.
 */
final class Drafts implements AutoCloseable {

  private record Draft(Path aside, Path target) {}

  private final List<Draft> drafts = new ArrayList<>();
  private final Thread whenEnded = new Thread(this::discard, "drafts");
  private boolean ended;

  Drafts() {
    Runtime.getRuntime().addShutdownHook(whenEnded);
  }

  /** Writes beside the target, whose folder exists. */
  synchronized void add(Path target, byte[] content) throws IOException {
    if (ended) {
      throw new IOException("the process is ending");
    }
    // Not Files.createTempFile, whose files only their owner may read.
    Path aside = target.resolveSibling(".blrc-" + UUID.randomUUID() + ".part");
    drafts.add(new Draft(aside, target));
    OutputFile.write(
        target, aside, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Moves all into place; an end of the process waits for it. */
  synchronized void publish() throws IOException {
    for (Draft draft : drafts) {
      Files.move(draft.aside, draft.target, StandardCopyOption.REPLACE_EXISTING);
    }
    drafts.clear();
  }

  @Override
  public void close() {
    discard();
    try {
      Runtime.getRuntime().removeShutdownHook(whenEnded);
    } catch (IllegalStateException ending) {
      // The hook has run, or will find nothing to do.
    }
  }

  private synchronized void discard() {
    ended = true;
    for (Draft draft : drafts) {
      try {
        Files.deleteIfExists(draft.aside);
      } catch (IOException e) {
        // There is nothing better to do for the others than to go on.
      }
    }
    drafts.clear();
  }
}
