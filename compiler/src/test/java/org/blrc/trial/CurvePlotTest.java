package org.blrc.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.blrc.trial.TrialResult.Entry;
import org.blrc.trial.TrialResult.Point;
import org.blrc.trial.TrialResult.Times;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurvePlotTest {

  @TempDir private Path folder;

  @Test
  void writesSvg() throws IOException {
    Path file = folder.resolve("curves.svg");
    Files.writeString(file, "what was there before");
    CurvePlot.write(result(), file);
    String svg = Files.readString(file, UTF_8);
    assertTrue(svg.contains("<svg") && svg.stripTrailing().endsWith("</svg>"));
    assertTrue(svg.contains("stroke:rgb(0,114,178)"), "the first curve in its colour");
    assertEquals(List.of(file), files());
  }

  @Test
  void writesPng() throws IOException {
    Path file = folder.resolve("curves.PNG");
    CurvePlot.write(result(), file);
    BufferedImage image = ImageIO.read(file.toFile());
    assertEquals(900, image.getWidth());
    assertEquals(540, image.getHeight());
    assertTrue(
        IntStream.range(0, 900 * 540)
            .anyMatch(i -> (image.getRGB(i % 900, i / 900) & 0xFFFFFF) == 0x0072B2));
    assertEquals(List.of(file), files());
  }

  @Test
  void aMissingFolderIsFoundBeforeAnyWork() {
    Path file = folder.resolve("nowhere").resolve("curves.svg");
    TrialException e = assertThrows(TrialException.class, () -> CurvePlot.check(file));
    assertEquals(
        "the plot `%s` cannot be written: there is no folder `%s`"
            .formatted(file, file.getParent()),
        e.getMessage());
    assertThrows(
        TrialException.class,
        () -> CurvePlot.check(Files.createDirectory(folder.resolve("x.svg"))));
  }

  @Test
  void anEarlySpikeDoesNotHideWhatFollows() throws IOException {
    List<Point> spike =
        IntStream.rangeClosed(0, 10)
            .mapToObj(i -> new Point(i, i == 1 ? 1e6 : 1. / (1 + i)))
            .toList();
    Path file = folder.resolve("curves.png");
    CurvePlot.write(
        new TrialResult(
            Problems.named("quadratic").make(),
            1,
            List.of(entry("spike", spike, OptionalInt.empty()))),
        file);
    BufferedImage image = ImageIO.read(file.toFile());
    int[] columns =
        IntStream.range(0, 900)
            .filter(
                x ->
                    IntStream.range(100, 540)
                        .anyMatch(y -> (image.getRGB(x, y) & 0xFFFFFF) == 0x0072B2))
            .toArray();
    assertTrue(
        columns.length > 600, "the curve spans the plot, not %d columns".formatted(columns.length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"curves.pdf", "curves", "svg", "curves.svg.gz"})
  void theNameHasToTellTheFormat(String name) {
    Path file = folder.resolve(name);
    TrialException e = assertThrows(TrialException.class, () -> CurvePlot.check(file));
    assertEquals(
        "the plot `%s` cannot be written: its name has to end in .svg or .png".formatted(file),
        e.getMessage());
  }

  /** A curve that reaches the optimum, one that diverges, and one that never began. */
  private static TrialResult result() {
    List<Point> falling =
        IntStream.rangeClosed(0, 10)
            .mapToObj(i -> new Point(i, i == 10 ? 0 : 1. / (1 + i)))
            .toList();
    List<Point> rising =
        IntStream.rangeClosed(0, 10).mapToObj(i -> new Point(i, Math.pow(1e30, i))).toList();
    return new TrialResult(
        Problems.named("quadratic").make(),
        1,
        List.of(
            entry("falling", falling, OptionalInt.empty()),
            entry("rising", rising, OptionalInt.of(11)),
            entry("none", List.of(new Point(0, 0)), OptionalInt.of(1))));
  }

  private static Entry entry(String name, List<Point> curve, OptionalInt divergedAt) {
    return new Entry(
        name,
        List.of(),
        curve,
        divergedAt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        new Times(0, 0));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
