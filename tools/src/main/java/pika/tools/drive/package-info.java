/**
 * The load generator: many connections on one thread, bytes that are encoded once and only get new
 * random numbers, replies that are counted, latencies in a histogram. Knows no server and no table
 * of results.
 */
@NullMarked
package pika.tools.drive;

import org.jspecify.annotations.NullMarked;
