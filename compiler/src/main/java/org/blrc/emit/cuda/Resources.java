package org.blrc.emit.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one kernel takes of a multiprocessor, as ptxas says.
 *
 * @param registers of each thread
 * @param shared bytes of shared memory of each block
 * @param spilled bytes that a thread stores for want of registers, and loads again
 */
public record Resources(String kernel, int registers, int shared, int spilled) {

  private static final Pattern ENTRY =
      Pattern.compile("Compiling entry function '(\\w+)' for '\\w+'");
  private static final Pattern PROPERTIES = Pattern.compile("Function properties for (\\w+)");
  private static final Pattern SPILLS =
      Pattern.compile("(\\d+) bytes spill stores, (\\d+) bytes spill loads");
  private static final Pattern USED = Pattern.compile("Used (\\d+) registers");
  private static final Pattern SHARED = Pattern.compile("(\\d+) bytes smem");

  /** Those of all kernels that a log tells of, in its order. */
  public static List<Resources> of(String log) {
    List<Resources> found = new ArrayList<>();
    String entry = "";
    String function = "";
    int spilled = 0;
    for (String line : log.lines().toList()) {
      Matcher start = ENTRY.matcher(line);
      Matcher properties = PROPERTIES.matcher(line);
      Matcher spills = SPILLS.matcher(line);
      Matcher used = USED.matcher(line);
      if (start.find()) {
        entry = start.group(1);
      } else if (properties.find()) {
        function = properties.group(1);
      } else if (spills.find() && function.equals(entry)) {
        spilled = Math.max(Integer.parseInt(spills.group(1)), Integer.parseInt(spills.group(2)));
      } else if (used.find()) {
        Matcher shared = SHARED.matcher(line);
        found.add(
            new Resources(
                entry,
                Integer.parseInt(used.group(1)),
                shared.find() ? Integer.parseInt(shared.group(1)) : 0,
                spilled));
        spilled = 0;
      }
    }
    return found;
  }
}
