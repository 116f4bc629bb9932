package org.blrc.emit.cuda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.blrc.emit.arith.LineBreaks;
import org.blrc.emit.arith.Precision;
import org.blrc.runtime.cuda.KernelSet.Real;

/**
 * The arrays of one kernel: what neighbouring coordinates have in each, which a thread loads once
 * before it computes, and stores once after.
 */
final class Lanes {

  /** A row of an array. */
  record Place(Column column, int row) {}

  /** The variable for a row. */
  private static final class Lane {
    final String name;
    final Place place;
    boolean loads;
    boolean stores;

    Lane(String name, Place place) {
      this.name = name;
      this.place = place;
    }

    Column column() {
      return place.column();
    }

    /** Whether it is a state that is narrower than what it is computed in. */
    boolean rounds() {
      return stores && column().narrow() && column().role() instanceof Column.Role.State;
    }
  }

  private final Precision precision;
  private final Names names;
  private final Map<Place, Lane> lanes = new LinkedHashMap<>();
  private final Map<Column, String> pointers = new LinkedHashMap<>();
  private boolean strided;

  Lanes(Precision precision, Names names) {
    this.precision = precision;
    this.names = names;
  }

  /** How many coordinates a thread takes at a time: as many as fill 16 bytes. */
  int width() {
    return precision == Precision.FLOAT ? 4 : 2;
  }

  /** The declaration of a variable for all lanes. */
  String declaration(String name) {
    return "%s %s[%s];".formatted(precision.keyword(), name, width());
  }

  private Lane lane(Place place) {
    return lanes.computeIfAbsent(place, each -> new Lane(names.fresh(each.column().name()), each));
  }

  /** The variable for a row that is read. */
  String read(Place place) {
    Lane found = lane(place);
    found.loads = true;
    return found.name;
  }

  /** The variable for a row that is written. */
  String write(Place place) {
    Lane found = lane(place);
    found.stores = true;
    return found.name;
  }

  /** The column of a variable. */
  Column column(String name) {
    return lanes.values().stream()
        .filter(each -> each.name.equals(name))
        .findFirst()
        .orElseThrow()
        .column();
  }

  /** The variable for where an array begins. */
  String pointer(Column column) {
    return pointers.computeIfAbsent(column, each -> names.fresh(each.name() + "Array"));
  }

  /** Says that rows of arrays are addressed. */
  void stride() {
    strided = true;
  }

  /** All arrays, in the order in which they were asked for. */
  List<Column> columns() {
    return List.copyOf(pointers.keySet());
  }

  /** How many rows are read. */
  long countRead() {
    return lanes.values().stream().filter(each -> each.loads).count();
  }

  /** Whether a state is written that is narrower than what it is computed in. */
  boolean round() {
    return lanes.values().stream().anyMatch(Lane::rounds);
  }

  /**
   * What is moved for each coordinate.
   *
   * @param example the bytes that are read for each example
   */
  Traffic traffic(int example) {
    int read = 0;
    int written = 0;
    for (Lane each : lanes.values()) {
      read += each.loads ? bytes(each.column()) : 0;
      written += each.stores ? bytes(each.column()) : 0;
    }
    return new Traffic(read, written, example);
  }

  /** The size of a number of an array. */
  int bytes(Column column) {
    return column.narrow() ? Real.BF16.bytes() : precision == Precision.FLOAT ? 4 : 8;
  }

  /** Adds the declarations, and the loads: where all are full without a branch between them. */
  void load(Code code) {
    List<Lane> read = new ArrayList<>();
    for (Lane each : lanes.values()) {
      code.line(declaration(each.name));
      if (each.loads) {
        read.add(each);
      }
    }
    if (read.isEmpty()) {
      return;
    }
    code.open("if (full)");
    read.forEach(each -> code.line("load(%s, %s);".formatted(each.name, address(each))));
    code.otherwise();
    read.forEach(each -> code.line("load(%s, %s, count);".formatted(each.name, address(each))));
    code.close();
  }

  /** Adds the stores; states that are narrower may be rounded at random. */
  void store(Code code) {
    Map<Lane, String> written = new LinkedHashMap<>();
    for (Lane each : lanes.values()) {
      if (each.rounds()) {
        String upper = names.fresh(each.name + "Upper");
        code.line("unsigned int %s[%s];".formatted(upper, width()))
            .line("narrow(%s, %s, rounding, first + i);".formatted(upper, each.name));
        written.put(each, upper);
      } else if (each.stores) {
        written.put(each, each.name);
      }
    }
    if (written.isEmpty()) {
      return;
    }
    code.open("if (full)");
    written.forEach((each, name) -> code.line("store(%s, %s);".formatted(address(each), name)));
    code.otherwise();
    written.forEach(
        (each, name) -> code.line("store(%s, %s, count);".formatted(address(each), name)));
    code.close();
  }

  private String address(Lane each) {
    int row = each.place.row();
    strided |= row > 0;
    return pointer(each.column())
        + switch (row) {
          case 0 -> "";
          case 1 -> " + stride";
          default -> " + " + row + " * stride";
        }
        + " + i";
  }

  /** Adds where the arrays of a tensor begin. Comes after the loads and stores are known. */
  void declarePointers(Code code) {
    Set<Column> written = new LinkedHashSet<>();
    lanes.values().stream().filter(each -> each.stores).forEach(each -> written.add(each.column()));
    pointers.forEach(
        (column, pointer) -> code.line(pointer(column, pointer, written.contains(column))));
    if (strided) {
      code.line("const long long stride = tensors.strides[tensor];");
    }
  }

  private String pointer(Column column, String name, boolean written) {
    String type =
        (written ? "" : "const ") + (column.narrow() ? Real.BF16.keyword() : precision.keyword());
    String address = "array<%s>(tensors, %s, tensor)".formatted(type, column.place());
    return "%s *__restrict__ %s = %s;"
        .formatted(
            type,
            name,
            column.role() instanceof Column.Role.Noise
                ? "tensors.arrays[%s] == nullptr ? nullptr : %s".formatted(column.place(), address)
                : address);
  }

  /** Whether all arrays can be read and written 16 bytes at a time. */
  String whole() {
    List<String> conditions = new ArrayList<>();
    pointers.values().forEach(pointer -> conditions.add("aligned(%s)".formatted(pointer)));
    if (strided) {
      conditions.add("(stride & %s) == 0".formatted(width() - 1));
    }
    return String.join(" &&" + LineBreaks.BREAK, conditions);
  }
}
