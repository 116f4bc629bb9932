package org.blrc.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The loops in C, compiled by gcc for this machine. */
final class Kernels {

  private static final String SOURCE = "kernels.c";

  private final SymbolLookup library;

  private Kernels(SymbolLookup library) {
    this.library = library;
  }

  /**
   * Compiles and loads them.
   *
   * @throws IllegalStateException if gcc is missing or fails
   */
  @SuppressWarnings("restricted")
  static Kernels compile() {
    try {
      Path folder = Files.createTempDirectory("blrc-kernels");
      Path source = folder.resolve(SOURCE);
      Path output = folder.resolve("kernels.so");
      try (InputStream text = Kernels.class.getResourceAsStream(SOURCE)) {
        Files.copy(text, source);
      }
      Process gcc =
          new ProcessBuilder(
                  "gcc",
                  "-O3",
                  "-march=native",
                  "-ffast-math",
                  "-fopenmp",
                  "-shared",
                  "-fPIC",
                  "-o",
                  output.toString(),
                  source.toString(),
                  "-lm")
              .inheritIO()
              .start();
      if (gcc.waitFor() != 0) {
        throw new IllegalStateException("gcc could not compile " + SOURCE);
      }
      Kernels kernels = new Kernels(SymbolLookup.libraryLookup(output, Arena.global()));
      Files.delete(source);
      Files.delete(output);
      Files.delete(folder);
      return kernels;
    } catch (IOException e) {
      throw new IllegalStateException("the kernels in C need gcc: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while gcc was running", e);
    }
  }

  /**
   * A function with arguments of the given kinds: {@code p}ointer, {@code l}ong, {@code i}nt,
   * {@code f}loat.
   */
  @SuppressWarnings("restricted")
  MethodHandle function(String name, String kinds) {
    MemoryLayout[] arguments =
        kinds.chars().mapToObj(kind -> layout((char) kind)).toArray(MemoryLayout[]::new);
    return Linker.nativeLinker()
        .downcallHandle(library.findOrThrow(name), FunctionDescriptor.ofVoid(arguments));
  }

  private static MemoryLayout layout(char kind) {
    return switch (kind) {
      case 'p' -> ValueLayout.ADDRESS;
      case 'l' -> ValueLayout.JAVA_LONG;
      case 'i' -> ValueLayout.JAVA_INT;
      case 'f' -> ValueLayout.JAVA_FLOAT;
      default -> throw new IllegalArgumentException("no kind of argument: " + kind);
    };
  }

  /** A native array with the values of a Java array. */
  static MemorySegment copy(Arena arena, float[] values) {
    MemorySegment segment = arena.allocate(values.length * (long) Float.BYTES, 64);
    MemorySegment.copy(values, 0, segment, ValueLayout.JAVA_FLOAT, 0, values.length);
    return segment;
  }

  /** A native array that is the same everywhere. */
  static MemorySegment filled(Arena arena, int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return copy(arena, values);
  }
}
