package org.blrc.tests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jars that the launcher starts do what the jars do that they are copies of. */
final class StartupJarsTest {

  private static final Path TOOL =
      Path.of(System.getProperty("basedir", "."), "..", "tools", "StartupJars.java");

  /** Pattern switches with guards, null and types in several orders; records of every kind. */
  private static final String PROGRAM =
      """
      import java.util.*;
      interface Shape {
        static String name(Object o) {
          return switch (o) {
            case null -> "null";
            case Integer i when i > 10 -> "large";
            case Integer i when i > 5 -> "medium";
            case Number n -> "number";
            case String s when s.isEmpty() -> "empty";
            case CharSequence s -> "text";
            case int[] a -> "ints";
            case Shape s -> "shape";
            case Object other -> "other";
          };
        }
      }
      record Point(double x, float y, long n, int i, short s, byte b, char c, boolean t, String w)
          implements Shape {}
      record Empty() {}
      record Pair<T>(T left, Object[] right) {}
      enum Colour { RED, GREEN }
      class Main {
        public static void main(String[] args) {
          for (Object o : new Object[] {null, 3, 7, 11, 2.5, "", "a", new StringBuilder(),
              new int[0], point(1), Colour.RED}) {
            System.out.println(Shape.name(o));
          }
          List<Object> all = new ArrayList<>(List.of(new Empty(), new Empty(), "x"));
          for (int change = 0; change < 10; change++) {
            all.add(point(change));
          }
          all.add(point(0));
          Object[] shared = {};
          all.add(new Pair<>("x", shared));
          all.add(new Pair<>("x", shared));
          all.add(new Pair<>("x", new Object[0]));
          all.add(new Pair<>(null, shared));
          for (Object a : all) {
            StringBuilder row = new StringBuilder();
            for (Object b : all) {
              row.append(a.equals(b) ? '=' : '.');
            }
            System.out.println(row + " " + new HashSet<>(all).contains(a) + a.equals(null));
          }
          System.out.println(all.subList(0, 14).hashCode() + " " + point(3));
          System.out.println(new Point(0.0, Float.NaN, 0, 0, (short) 0, (byte) 0, 'a', true, null)
              .equals(new Point(-0.0, Float.NaN, 0, 0, (short) 0, (byte) 0, 'a', true, null)));
        }
        static Point point(int change) {
          return new Point(change == 1 ? 1 : 0, change == 2 ? 1 : 0, change == 3 ? 1L << 40 : 0,
              change == 4 ? 1 : 0, (short) (change == 5 ? 1 : 0), (byte) (change == 6 ? 1 : 0),
              change == 7 ? 'b' : 'a', change == 8, change == 9 ? null : "w");
        }
      }
      """;

  @TempDir private Path folder;

  private Path jars;

  @BeforeEach
  void compile() throws IOException {
    Path classes = folder.resolve("classes");
    Path source = Files.writeString(folder.resolve("Main.java"), PROGRAM);
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), source.toString()));
    jars = Files.createDirectories(folder.resolve("jars"));
    jar(jars.resolve("main.jar"), classes);
    Files.createDirectory(jars.resolve("lib"));
  }

  @Test
  void copiesDoTheSame() throws Exception {
    List<String> before = run("-jar", jars.resolve("main.jar").toString());
    assertTrue(before.size() > 20, before.toString());
    copy();
    String copy = folder.resolve("copies/main.jar").toString();
    assertEquals(before, run("-Xverify:all", "-jar", copy));
    assertTrue(holdsPatternSwitches(jars.resolve("main.jar")));
    assertFalse(holdsPatternSwitches(Path.of(copy)));
  }

  private static boolean holdsPatternSwitches(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(jar.entries())) {
        byte[] bytes = jar.getInputStream(entry).readAllBytes();
        if (new String(bytes, ISO_8859_1).contains("SwitchBootstraps")) {
          return true;
        }
      }
      return false;
    }
  }

  private void copy() throws Exception {
    run(TOOL.toString(), jars.toString(), "main.jar", folder.resolve("copies").toString());
  }

  private static List<String> run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertEquals(0, process.waitFor(), lines.toString());
    return lines;
  }

  private static void jar(Path file, Path classes) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Main");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest);
        Stream<Path> entries = Files.list(classes)) {
      for (Path entry : entries.toList()) {
        jar.putNextEntry(new ZipEntry(entry.getFileName().toString()));
        jar.write(Files.readAllBytes(entry));
      }
    }
  }
}
