/**
 * Times emitted steps beside the same loops in C, compiled when a benchmark starts, and beside
 * DJL's Adam.
 *
 * <p>Build and run:
 *
 * <pre>
 * mvn -Pbenchmarks -pl benchmarks -am -DskipTests package
 * java -jar benchmarks/target/blrc-benchmarks.jar --help
 * </pre>
 *
 * <p>A step is all that an optimizer does in one: the point at which the loss is asked, the mean
 * that is restored, the update. The gradient is a constant array. C and Java work on one thread, or
 * on as many as there are cores; ratios are those of medians over the iterations of one run.
 */
package org.blrc.benchmarks;
