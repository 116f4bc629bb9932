package org.blrc.trial;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.blrc.output.OutputFile;
import org.blrc.trial.TrialResult.Entry;
import org.blrc.trial.TrialResult.Point;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The curve of every contender over the steps, on a logarithmic scale. */
public final class CurvePlot {

  /** Colours that remain apart for colour-blind readers (Okabe and Ito, 2008). */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x000000));

  /** A curve that diverges is cut where it exceeds the largest initial loss by this factor. */
  private static final double CEILING = 10;

  private CurvePlot() {}

  /**
   * Checks, before any work, that a plot can be written as far as can be seen.
   *
   * @throws TrialException if the file's name tells no format or its folder does not exist
   */
  public static void check(Path file) {
    if (!List.of("svg", "png").contains(format(file))) {
      throw new TrialException(
          "the plot `%s` cannot be written: its name has to end in .svg or .png".formatted(file));
    }
    if (!Files.isDirectory(folder(file))) {
      throw new TrialException(
          "the plot `%s` cannot be written: there is no folder `%s`".formatted(file, folder(file)));
    }
    if (Files.isDirectory(file)) {
      throw new TrialException("the plot `%s` cannot be written: it is a folder".formatted(file));
    }
  }

  /**
   * Writes the plot, in a format that {@link #check} accepts: PNG for a name that ends in {@code
   * .png}, else SVG.
   *
   * @throws UncheckedIOException if that fails
   */
  public static void write(TrialResult result, Path file) {
    try {
      ByteArrayOutputStream image = new ByteArrayOutputStream();
      ChartEncoder.saveChart(chart(result), image, format(file));
      OutputFile.write(file, image.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().getParent();
  }

  private static String format(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".svg") || name.endsWith(".png") ? name.substring(name.length() - 3) : "";
  }

  private static XYChart chart(TrialResult result) {
    Problem problem = result.problem();
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(540)
            .title(problem.name() + ": " + problem.description())
            .xAxisTitle("step")
            .yAxisTitle(yAxis(problem))
            .build();
    double ceiling =
        CEILING
            * result.entries().stream()
                .flatMap(entry -> entry.curve().stream().limit(1))
                .mapToDouble(Point::loss)
                .max()
                .orElse(1);
    for (int i = 0; i < result.entries().size(); i++) {
      add(chart, result.entries().get(i), COLOURS.get(i % COLOURS.size()), ceiling);
    }
    style(chart.getStyler());
    return chart;
  }

  private static String yAxis(Problem problem) {
    if (problem.model() instanceof Target) {
      return "KL divergence from the exact posterior";
    }
    return problem.heldOut().isPresent() ? "training loss" : "loss - optimum";
  }

  private static void add(XYChart chart, Entry entry, Color colour, double ceiling) {
    // A logarithmic axis cannot show 0.
    List<Point> shown =
        entry.curve().subList(0, length(entry, ceiling)).stream()
            .filter(point -> point.loss() > 0)
            .toList();
    if (shown.isEmpty()) {
      return;
    }
    XYSeries series =
        chart.addSeries(
            entry.name() + (entry.divergedAt().isPresent() ? " (diverged)" : ""),
            shown.stream().mapToDouble(Point::step).toArray(),
            shown.stream().mapToDouble(Point::loss).toArray());
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(colour);
    series.setLineStyle(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  /** How many points of a curve are shown; early spikes are, an end that runs away is not. */
  private static int length(Entry entry, double ceiling) {
    int length = entry.curve().size();
    if (entry.divergedAt().isPresent()) {
      while (length > 0 && entry.curve().get(length - 1).loss() > ceiling) {
        length--;
      }
    }
    return length;
  }

  private static void style(XYStyler styler) {
    styler.setYAxisLogarithmic(true);
    styler.setYAxisTickLabelsFormattingFunction(Text::number);
    styler.setXAxisTickLabelsFormattingFunction(Text::number);
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setLegendPosition(LegendPosition.InsideNE);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(new Color(0xE0E0E0));
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    styler.setChartTitleBoxVisible(false);
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setLegendBorderColor(Color.WHITE);
  }
}
