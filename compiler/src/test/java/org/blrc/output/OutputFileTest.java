package org.blrc.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class OutputFileTest {

  @TempDir private Path folder;

  @Test
  void aNewFileIsReadableByWhomTheUserLets() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "");
    Path file = folder.resolve("new/file");
    OutputFile.write(file, "text");
    assertEquals("text", Files.readString(file));
    assertEquals(Files.getPosixFilePermissions(other), Files.getPosixFilePermissions(file));
    assertEquals(List.of("file"), files(file.getParent()));
  }

  @Test
  void aSymbolicLinkStays() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path target = Files.writeString(elsewhere.resolve("target"), "a longer text of before");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("elsewhere/target"));
    OutputFile.write(link, "text");
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("text", Files.readString(target));
    assertEquals(List.of("target"), files(elsewhere));
    assertEquals(List.of("elsewhere", "link"), files(folder));
  }

  @Test
  void aSymbolicLinkToNothingYetStaysToo() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("target"));
    OutputFile.write(link, "text");
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("text", Files.readString(folder.resolve("target")));
  }

  @Test
  void symbolicLinksInACircleAreAnError() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("link"));
    assertThrows(IOException.class, () -> OutputFile.write(link, "text"));
    assertEquals(List.of("link"), files(folder));
  }

  @Test
  @Timeout(20)
  void aPipeIsWrittenTo() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    Process make = new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start();
    assertEquals(0, make.waitFor());
    Process reader = new ProcessBuilder("cat", pipe.toString()).start();
    OutputFile.write(pipe, "text");
    assertEquals(
        "text", new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    assertTrue(reader.waitFor(10, TimeUnit.SECONDS));
    assertTrue(!Files.isRegularFile(pipe), "the pipe stays");
    assertEquals(List.of("pipe"), files(folder));
  }

  @Test
  void aFolderIsAnError() throws IOException {
    assertThrows(IOException.class, () -> OutputFile.write(folder, "text"));
    assertEquals(List.of(), files(folder));
  }

  @Test
  void noneOfSeveralFilesIsWrittenWhereOneCannotBe() throws IOException {
    Path good = folder.resolve("good");
    Files.writeString(good, "before");
    Path occupied = Files.createDirectory(folder.resolve("occupied"));
    Map<Path, byte[]> files = new LinkedHashMap<>();
    files.put(good, "after".getBytes(StandardCharsets.UTF_8));
    files.put(occupied, new byte[0]);
    assertThrows(IOException.class, () -> OutputFile.write(files));
    assertEquals("before", Files.readString(good));
    assertEquals(List.of("good", "occupied"), files(folder));
  }

  @Test
  @EnabledIf("isThereADeviceThatIsFull")
  void aFullDeviceIsNamed() {
    IOException e =
        assertThrows(IOException.class, () -> OutputFile.write(Path.of("/dev/full"), "text"));
    assertTrue(e.getMessage().startsWith("`/dev/full` cannot be written: "), e.getMessage());
  }

  static boolean isThereADeviceThatIsFull() {
    return Files.exists(Path.of("/dev/full"));
  }

  /** A limit to the size of files stops a write half-way, as a full disk does. */
  @Test
  @Timeout(60)
  void whatCannotBeWrittenToItsEndChangesNothing() throws IOException, InterruptedException {
    Path small = Files.writeString(folder.resolve("small"), "before");
    Path large = Files.writeString(folder.resolve("large"), "before");
    List<String> line = new ArrayList<>(List.of("sh", "-c", "ulimit -f 64; exec \"$@\"", "sh"));
    line.addAll(java(TooLarge.class, small, large));
    Process writer = new ProcessBuilder(line).start();
    String message = new String(writer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(writer.waitFor(30, TimeUnit.SECONDS));
    assertTrue(message.startsWith("`%s` cannot be written: ".formatted(large)), message);
    assertEquals("before", Files.readString(small));
    assertEquals("before", Files.readString(large));
    assertEquals(List.of("large", "small"), files(folder));
  }

  /** Writes a small file and one beyond the limit, and prints why it cannot. */
  static final class TooLarge {
    public static void main(String[] args) {
      Map<Path, byte[]> files = new LinkedHashMap<>();
      files.put(Path.of(args[0]), new byte[1]);
      files.put(Path.of(args[1]), new byte[1 << 20]);
      try {
        OutputFile.write(files);
      } catch (IOException e) {
        System.out.print(e.getMessage());
        System.out.flush();
      }
    }
  }

  private static List<String> java(Class<?> main, Path... arguments) {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    Stream.of(arguments).map(Path::toString).forEach(line::add);
    return line;
  }

  @Test
  @Timeout(60)
  void anInterruptedRunLeavesNothingBehind() throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(java(Waiting.class, folder.resolve("file")))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertEquals('w', writer.getInputStream().read());
    assertEquals(1, files(folder).size());
    writer.destroy();
    assertTrue(writer.waitFor(30, TimeUnit.SECONDS));
    assertEquals(List.of(), files(folder));
  }

  /** Writes aside, says so, and never comes to an end. */
  static final class Waiting {
    public static void main(String[] args) throws IOException, InterruptedException {
      try (Drafts drafts = new Drafts()) {
        drafts.add(Path.of(args[0]), new byte[1000]);
        System.out.write('w');
        System.out.flush();
        Thread.sleep(Long.MAX_VALUE);
      }
    }
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
