package org.blrc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks on several threads, and that nothing depends on how many there are. */
final class WorkersTest {

  private static final int DIMENSION = 20 * Blocks.LENGTH + 77;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyBlockIsDoneOnce(int threads) {
    Workers workers = new Workers();
    workers.threads(threads);
    for (int count : new int[] {0, 1, 3, 4, 5, 1000}) {
      AtomicIntegerArray done = new AtomicIntegerArray(count);
      workers.run(count, false, done::incrementAndGet);
      for (int block = 0; block < count; block++) {
        assertEquals(1, done.get(block));
      }
    }
  }

  /**
   * Pauses about as long as threads stay awake for: some are called awake, some as they go to
   * sleep.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void passesFollowEachOtherSoonerOrLater(int threads) {
    Workers workers = new Workers();
    workers.threads(threads);
    AtomicIntegerArray done = new AtomicIntegerArray(64);
    int passes = 4000;
    for (int pass = 0; pass < passes; pass++) {
      workers.run(done.length(), false, done::incrementAndGet);
      for (int block = 0; block < done.length(); block++) {
        assertEquals(pass + 1, done.get(block));
      }
      if (pass % 3 == 0) {
        LockSupport.parkNanos(31L * pass % 100_000);
      }
    }
  }

  /** Each of two threads waits in its first block until the other one has begun. */
  @Test
  void severalThreadsWork() {
    Workers workers = new Workers();
    workers.threads(2);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch begun = new CountDownLatch(2);
    workers.run(
        200,
        false,
        _ -> {
          if (threads.add(Thread.currentThread())) {
            begun.countDown();
            await(begun);
          }
        });
    assertEquals(2, threads.size());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(1, TimeUnit.MINUTES), "the other thread does not begin");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void onlyTheCallerWorksWhereItIsToWorkAlone() {
    Workers workers = new Workers();
    workers.threads(2);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    workers.run(200, true, _ -> threads.add(Thread.currentThread()));
    assertEquals(Set.of(Thread.currentThread()), threads);
  }

  @Test
  void threadsThatAreNotNeededTakeNoMemory() {
    Workers workers = new Workers();
    workers.threads(Integer.MAX_VALUE);
    AtomicIntegerArray done = new AtomicIntegerArray(100);
    workers.run(100, false, done::incrementAndGet);
    assertEquals(1, done.get(99));
  }

  @Test
  void aFailureReachesTheCallerOnceNobodyWorks() {
    Workers workers = new Workers();
    workers.threads(3);
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                workers.run(
                    500,
                    false,
                    block -> {
                      if (block == 333) {
                        throw new IllegalArgumentException("no");
                      }
                    }));
    assertEquals("no", thrown.getMessage());
    AtomicIntegerArray done = new AtomicIntegerArray(100);
    workers.run(100, false, done::incrementAndGet);
    assertEquals(1, done.get(99));
  }

  private static float[] result(int threads, boolean cut) {
    Descent.Builder builder = Descent.builder();
    builder.hyperParameter("sigma", 0.5).hyperParameter("alpha", 0.25).dimension(DIMENSION);
    if (cut) {
      // Groups that change nothing, at odd places.
      builder.group("a", 5, 5000, Map.of()).group("b", 5001, 5002, Map.of());
      builder.group("c", 60_001, DIMENSION - 3, Map.of());
    }
    Descent optimizer = builder.build();
    optimizer.threads(threads);
    optimizer.steps(2, 1);
    optimizer.steps(2, 3);
    return optimizer.state("m");
  }

  @Test
  void resultsDependNeitherOnThreadsNorOnCuts() {
    float[] expected = result(1, false);
    assertArrayEquals(expected, result(2, false));
    assertArrayEquals(expected, result(7, false));
    assertArrayEquals(expected, result(1, true));
    assertArrayEquals(expected, result(5, true));
    assertTrue(expected[DIMENSION - 1] != 0);
  }

  @Test
  void noThreadsAreRefused() {
    Descent optimizer = Descent.builder().dimension(3).build();
    ThrownBy.illegalArgument("0 threads", () -> optimizer.threads(0));
  }
}
