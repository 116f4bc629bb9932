package org.blrc.tests.driver;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.blrc.emit.cuda.CudaProgram;
import org.blrc.emit.cuda.HostKernels;
import org.blrc.emit.cuda.KernelSets;
import org.blrc.emit.cuda.Tool;

/**
 * A library with the name of NVIDIA's driver whose GPUs are this machine's processor; see {@code
 * libcuda.cc}. A process that has loaded it has no other driver.
 */
final class FakeDriver {

  private static final Path SOURCE =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/driver/libcuda.cc");

  private static FakeDriver loaded;

  private final SymbolLookup symbols;

  private FakeDriver(SymbolLookup symbols) {
    this.symbols = symbols;
  }

  /** Compiles and loads it, once; where that cannot be, tests are skipped. */
  @SuppressWarnings("restricted") // The library is that of the source at hand.
  static synchronized FakeDriver load() throws IOException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "the driver of the tests is for Linux on x86-64");
    assumeTrue(HostKernels.isAvailable(), "there is no g++ to compile kernels for this processor");
    if (loaded == null) {
      Path folder = Files.createTempDirectory("blrc-fake-driver");
      Path library = compile(folder);
      System.load(library.toString());
      loaded = new FakeDriver(SymbolLookup.libraryLookup(library, Arena.global()));
      Files.delete(library);
      Files.delete(folder);
    }
    return loaded;
  }

  /** Compiles it into a folder. */
  static Path compile(Path folder) {
    Path library = folder.resolve("libcuda.so.1");
    Tool.Outcome outcome =
        new Tool("g++")
            .run(
                List.of(
                    "-std=c++17",
                    "-O1",
                    "-fPIC",
                    "-shared",
                    "-Wl,-soname,libcuda.so.1",
                    "-o",
                    library.toString(),
                    SOURCE.toString(),
                    "-ldl"))
            .orElseThrow();
    if (!outcome.succeeded()) {
      throw new IllegalStateException(outcome.output());
    }
    return library;
  }

  /** The machine code of a program for the GPUs of the driver. */
  static byte[] cubin(CudaProgram program) {
    return HostKernels.library(KernelSets.of(program, "kernels"), program.source());
  }

  /** Lets a function fail once, after as many more calls. */
  void fail(String function, int after, int code) {
    try (Arena arena = Arena.ofConfined()) {
      call(
              "test_fail",
              FunctionDescriptor.ofVoid(
                  ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
          .invokeExact(arena.allocateFrom(function), after, code);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  void forgive(String function) {
    try (Arena arena = Arena.ofConfined()) {
      call("test_forgive", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS))
          .invokeExact(arena.allocateFrom(function));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** How often a function was called. */
  long calls(String function) {
    try (Arena arena = Arena.ofConfined()) {
      return (long)
          call("test_calls", FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS))
              .invokeExact(arena.allocateFrom(function));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many pieces of memory, streams, modules and contexts there are. */
  int inUse() {
    try {
      return (int) call("test_in_use", FunctionDescriptor.of(ValueLayout.JAVA_INT)).invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private int handle(String function, FunctionDescriptor type, Object... arguments) {
    try {
      return (int) call(function, type).invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Begins to record what is added to a stream. */
  void beginCapture(long stream) {
    handle(
        "cuStreamBeginCapture_v2",
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT),
        stream,
        0);
  }

  /** Ends the record, and makes a graph of it that can be launched. */
  long endCapture(long stream) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment graph = arena.allocate(ValueLayout.JAVA_LONG);
      handle(
          "cuStreamEndCapture",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
          stream,
          graph);
      return graph.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  @SuppressWarnings("restricted") // The functions are those of the source at hand.
  private MethodHandle call(String function, FunctionDescriptor type) {
    return Linker.nativeLinker().downcallHandle(symbols.find(function).orElseThrow(), type);
  }
}
