package org.blrc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class StateFileTest {

  private static final int DIMENSION = 70_001;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void choose() {
    file = folder.resolve("state.npz");
  }

  private static Descent.Builder builder() {
    Descent.Builder builder = Descent.builder();
    builder.hyperParameter("alpha", 0.25).hyperParameter("sigma", 0.5).dimension(DIMENSION);
    builder.group("größe \"2\"/\n", 100, 60_000, Map.of("sigma", 0.125));
    return builder;
  }

  private static Descent optimizer() {
    Descent optimizer = builder().build();
    optimizer.noise(new PhiloxNoise(-7));
    return optimizer;
  }

  /** A limit to the size of files stops a write half-way, as a full disk does. */
  @Test
  @Timeout(60)
  @DisabledOnOs(OS.WINDOWS)
  void whatCannotBeSavedToItsEndLeavesWhatWasSavedBefore()
      throws IOException, InterruptedException {
    Descent before = optimizer();
    before.save(file);
    byte[] saved = Files.readAllBytes(file);
    Process saving =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -f 64; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Saving.class.getName(),
                file.toString())
            .start();
    String message = new String(saving.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(saving.waitFor(30, TimeUnit.SECONDS));
    assertTrue(message.startsWith(file + " cannot be written: "), message);
    assertArrayEquals(saved, Files.readAllBytes(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  /** Takes steps and saves, and prints why it cannot. */
  static final class Saving {
    public static void main(String[] args) {
      Descent optimizer = optimizer();
      optimizer.steps(1, 1);
      try {
        optimizer.save(Path.of(args[0]));
      } catch (IOException e) {
        System.out.print(e.getMessage());
        System.out.flush();
      }
    }
  }

  @Test
  void goingOnGivesTheSameBits() throws IOException {
    Descent through = optimizer();
    through.steps(3, 2);
    through.group("größe \"2\"/\n").hyperParameter("alpha", 0.5);
    through.hyperParameter("sigma", 0.75);
    through.save(file);
    through.steps(3, 2);

    Descent again = builder().build();
    again.load(file);
    assertEquals(3, again.steps());
    assertEquals(0.5, again.groups().getFirst().hyperParameter("alpha"));
    assertEquals(0.125, again.groups().getFirst().hyperParameter("sigma"));
    assertEquals(0.75, again.hyperParameter("sigma"));
    assertArrayEquals(again.state("m"), again.parameters());
    again.steps(3, 2);
    assertArrayEquals(through.state("m"), again.state("m"));
    assertArrayEquals(through.state("number of steps"), again.state("number of steps"));
    assertArrayEquals(through.parameters(), again.parameters());
  }

  @Test
  void theSameStateIsTheSameFile() throws IOException {
    Descent optimizer = optimizer();
    optimizer.steps(1, 1);
    optimizer.save(file);
    byte[] once = Files.readAllBytes(file);
    optimizer.save(file);
    assertArrayEquals(once, Files.readAllBytes(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  /** Reads the file as the documentation describes it, with nothing of this package. */
  @Test
  void theFileIsWhatTheDocumentationSays() throws IOException {
    Descent optimizer =
        Descent.builder().state("m", new float[] {1.5f, -0f, 2 * Float.MIN_VALUE}).build();
    optimizer.hyperParameter("alpha", 0.1);
    optimizer.noise(new PhiloxNoise(-2));
    optimizer.save(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ByteBuffer m = content(zip, "state.m", "<f4", 3);
      assertEquals(1.5f, m.getFloat());
      assertEquals(Float.floatToRawIntBits(-0f), m.getInt());
      assertEquals(2, m.getInt());
      assertEquals(0f, content(zip, "state.number of steps", "<f4", 3).getFloat());
      assertEquals(1, content(zip, "version", "<i8", 1).getLong());
      assertEquals(0, content(zip, "steps", "<i8", 1).getLong());
      assertEquals(-2, content(zip, "seed", "<i8", 1).getLong());
      assertEquals(0.1, content(zip, "hyper.alpha", "<f8", 1).getDouble());
      assertEquals("Descent", text(content(zip, "optimizer", "<U7", 1)));
      assertEquals("gradient of ell; at draws", text(content(zip, "signature", "<U25", 1)));
      assertEquals(0, content(zip, "groups", "<U1", 0).remaining());
    }
  }

  private static ByteBuffer content(ZipFile zip, String name, String type, int length)
      throws IOException {
    byte[] bytes = zip.getInputStream(zip.getEntry(name + ".npy")).readAllBytes();
    assertEquals("\u0093NUMPY\1\0", new String(bytes, 0, 8, StandardCharsets.ISO_8859_1));
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(8);
    int size = buffer.getShort();
    assertEquals(0, (10 + size) % 64);
    String header = new String(bytes, 10, size, StandardCharsets.US_ASCII);
    assertEquals(
        "{'descr': '%s', 'fortran_order': False, 'shape': (%d,), }".formatted(type, length),
        header.strip());
    assertTrue(header.endsWith("\n"));
    return buffer.position(10 + size);
  }

  private static String text(ByteBuffer utf32) {
    StringBuilder text = new StringBuilder();
    while (utf32.hasRemaining()) {
      text.appendCodePoint(utf32.getInt());
    }
    return text.toString();
  }

  @Test
  void insideAStepNothingIsSavedOrLoaded() throws IOException {
    Descent optimizer = optimizer();
    optimizer.save(file);
    try (Evaluation<float[]> evaluation = optimizer.evaluate()) {
      ThrownBy.illegalState("an evaluation is open", () -> optimizer.save(file));
      evaluation.gradient(new float[DIMENSION]);
    }
    ThrownBy.illegalState("inside a step", () -> optimizer.save(file));
    ThrownBy.illegalState("inside a step", () -> optimizer.load(file));
  }

  @Test
  void aFileThatDoesNotFitIsNamedAndChangesNothing() throws IOException {
    optimizer().save(file);
    Descent smaller = Descent.builder().state("m", new float[] {1, 2}).build();
    refuses(smaller, "the groups [group größe");
    Descent.Builder builder = builder();
    builder.group("b", 3, 4, Map.of());
    refuses(builder.build(), "the optimizer has [group größe");
    Descent.builder().dimension(3).build().save(file);
    refuses(smaller, "state.m has 3 coordinates, the optimizer 2");
    ThrownBy.check(IOException.class, "none.npz", () -> smaller.load(folder.resolve("none.npz")));
  }

  @Test
  void aFileWithOtherContentsIsNamedAndChangesNothing() throws IOException {
    Descent optimizer = Descent.builder().state("m", new float[] {1, 2}).build();
    optimizer.save(file);
    byte[] saved = Files.readAllBytes(file);
    Map<String, String> changes =
        Map.of(
            "state.m.npy=state.mean.npy",
            "it has no state m; the optimizer has no state mean",
            "hyper.sigma.npy=hyper.tau.npy",
            "it has no hyper-parameter sigma; the optimizer has no hyper-parameter tau",
            "version.npy=steps.npy",
            "no saved state of an optimizer",
            "state.m.npy=",
            "it has no state m",
            "seed.npy=optimizer.npy",
            "optimizer holds <i8, where <U is needed");
    for (Map.Entry<String, String> change : changes.entrySet()) {
      Files.write(file, saved);
      String[] names = change.getKey().split("=", -1);
      rename(names[0], names[1]);
      refuses(optimizer, change.getValue());
    }
  }

  /** Gives an array of the file another name, in place of the one that has it; "" removes it. */
  private void rename(String from, String to) throws IOException {
    Path changed = folder.resolve("changed");
    try (ZipFile zip = new ZipFile(file.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(changed))) {
      for (ZipEntry entry : zip.stream().toList()) {
        boolean moved = entry.getName().equals(from);
        String name = moved ? to : entry.getName();
        if (!name.isEmpty() && (moved || !name.equals(to))) {
          out.putNextEntry(new ZipEntry(name));
          out.write(zip.getInputStream(entry).readAllBytes());
          out.closeEntry();
        }
      }
    }
    Files.delete(file);
    Files.move(changed, file);
  }

  @Test
  void aDamagedFileIsNoticedWhereverTheDamageIs() throws IOException {
    Descent optimizer =
        Descent.builder().state("m", new float[] {1, 2}).group("b", 0, 1, Map.of()).build();
    optimizer.save(file);
    byte[] saved = Files.readAllBytes(file);
    for (int length = 0; length < saved.length; length += 7) {
      Files.write(file, Arrays.copyOf(saved, length));
      refuses(optimizer, file.toString());
    }
    int noticed = 0;
    for (int place = 0; place < saved.length; place++) {
      byte[] damaged = saved.clone();
      damaged[place] ^= 0x10;
      Files.write(file, damaged);
      Descent fresh =
          Descent.builder().state("m", new float[] {5, 6}).group("b", 0, 1, Map.of()).build();
      try {
        fresh.load(file);
        // Some bytes of a zip file say nothing about its contents.
        assertArrayEquals(new float[] {1, 2}, fresh.state("m"));
        assertEquals(0, fresh.steps());
        assertEquals(1, fresh.hyperParameter("alpha"));
      } catch (IOException e) {
        noticed++;
        assertArrayEquals(new float[] {5, 6}, fresh.state("m"));
      }
    }
    assertTrue(noticed > saved.length / 2, noticed + " of " + saved.length);
  }

  /** A schedule is first needed in the step that comes after the file's. */
  @Test
  void aScheduleThatFailsAfterTheFileChangesNothing() throws IOException {
    Descent saved = optimizer();
    saved.steps(3, 1);
    saved.hyperParameter("sigma", 0.75);
    saved.save(file);
    for (Schedule schedule :
        List.<Schedule>of(
            step -> step <= 3 ? 0.25 : -1,
            step -> {
              if (step > 3) {
                throw new UnsupportedOperationException("only three steps");
              }
              return 0.25;
            })) {
      Descent optimizer = builder().build();
      optimizer.schedule("alpha", schedule);
      optimizer.steps(1, 1);
      Descent untouched = builder().build();
      untouched.steps(1, 1);
      assertThrows(Exception.class, () -> optimizer.load(file));
      assertEquals(1, optimizer.steps());
      assertEquals(0.5, optimizer.hyperParameter("sigma"));
      assertArrayEquals(untouched.parameters(), optimizer.parameters());
      optimizer.steps(1, 1);
      untouched.steps(1, 1);
      assertArrayEquals(untouched.state("m"), optimizer.state("m"));
    }
  }

  private void refuses(Descent optimizer, String message) throws IOException {
    float[] before = optimizer.state("m").clone();
    IOException thrown = assertThrows(IOException.class, () -> optimizer.load(file));
    assertTrue(thrown.getMessage().contains(message), thrown.getMessage());
    assertArrayEquals(before, optimizer.state("m"));
    assertEquals(0, optimizer.steps());
  }

  @Test
  void whatCannotBeWrittenLeavesTheOldFile() throws IOException {
    Descent optimizer = optimizer();
    Path taken = Files.createDirectory(folder.resolve("taken"));
    Files.createFile(taken.resolve("x"));
    assertThrows(IOException.class, () -> optimizer.save(taken));
    assertThrows(IOException.class, () -> optimizer.save(folder.resolve("no/such")));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(taken), files.toList());
    }
  }
}
