package org.blrc.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** The data sets that ship with the compiler, and their scaling. */
final class Tables {

  private Tables() {}

  /** 1797 images of 64 pixels, scaled to [0, 1]; labels 0 to 9. */
  static Dataset digits() {
    return read("digits.csv").map(x -> Arrays.stream(x).map(pixel -> pixel / 16).toArray());
  }

  /** 569 rows of 30 measurements as they are; label 1 is benign. */
  static Dataset breastCancer() {
    return read("breast_cancer.csv");
  }

  /** Shifts every column of both parts to mean 0 over the first. */
  static Dataset.Split centre(Dataset.Split split) {
    double[] mean = columnMeans(split.first(), x -> x);
    return map(split, (x, j) -> x - mean[j]);
  }

  /** Shifts and scales every column of both parts to mean 0 and variance 1 over the first. */
  static Dataset.Split standardise(Dataset.Split split) {
    Dataset.Split centred = centre(split);
    double[] variance = columnMeans(centred.first(), x -> x * x);
    return map(centred, (x, j) -> x / Math.sqrt(variance[j]));
  }

  private static double[] columnMeans(Dataset data, DoubleUnaryOperator function) {
    double[] mean = new double[data.input(0).length];
    for (int i = 0; i < data.size(); i++) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += function.applyAsDouble(data.input(i)[j]) / data.size();
      }
    }
    return mean;
  }

  /** What becomes of the value of a column. */
  @FunctionalInterface
  private interface ColumnMap {
    double apply(double value, int column);
  }

  private static Dataset.Split map(Dataset.Split split, ColumnMap map) {
    UnaryOperator<double[]> rows =
        x -> {
          double[] z = new double[x.length];
          Arrays.setAll(z, j -> map.apply(x[j], j));
          return z;
        };
    return new Dataset.Split(split.first().map(rows), split.second().map(rows));
  }

  /** Reads a table whose last column is the label. */
  private static Dataset read(String file) {
    List<double[]> inputs = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    try (InputStream stream =
            Objects.requireNonNull(Tables.class.getResourceAsStream("data/" + file), file);
        CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(stream, UTF_8)) {
      rows.skipLines(1);
      for (CsvRecord row : rows) {
        int columns = row.getFieldCount() - 1;
        double[] input = new double[columns];
        Arrays.setAll(input, j -> Double.parseDouble(row.getField(j)));
        inputs.add(input);
        labels.add(Integer.valueOf(row.getField(columns)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Dataset.of(inputs, labels);
  }
}
