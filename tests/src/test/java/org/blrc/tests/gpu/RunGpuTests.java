package org.blrc.tests.gpu;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintStream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests of GPUs where there is no Maven. */
public final class RunGpuTests {

  private RunGpuTests() {}

  /**
   * Exits with 1 if a test fails, and with 2 if none was made.
   *
   * @param arguments the tag of the tests to run; none for all
   */
  public static void main(String[] arguments) {
    LauncherDiscoveryRequestBuilder request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(GpuTest.class));
    if (arguments.length > 0) {
      request.filters(TagFilter.includeTags(arguments));
    }
    Lines lines = new Lines(System.out);
    LauncherFactory.create().execute(request.build(), lines);
    System.out.printf("%d tests succeeded, %d failed%n", lines.succeeded, lines.failed);
    System.exit(lines.failed > 0 ? 1 : lines.succeeded == 0 ? 2 : 0);
  }

  /** A line for each test. */
  private static final class Lines implements TestExecutionListener {

    private final PrintStream out;
    private int succeeded;
    private int failed;

    Lines(PrintStream out) {
      this.out = out;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      String reason = result.getThrowable().map(Throwable::getMessage).orElse("");
      switch (result.getStatus()) {
        case SUCCESSFUL -> {
          if (test.isTest()) {
            succeeded++;
            out.println("ok       " + name(test));
          }
        }
        case ABORTED -> out.println("not made " + name(test) + ": " + reason);
        case FAILED -> {
          failed++;
          out.println("FAILED   " + name(test));
          result.getThrowable().ifPresent(thrown -> thrown.printStackTrace(out));
        }
      }
    }

    private static String name(TestIdentifier test) {
      return test.getUniqueId().replaceAll(".*[:#](\\w+)\\(.*", "$1") + " " + test.getDisplayName();
    }
  }
}
