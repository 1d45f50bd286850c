/**
 * The load generator: many connections on one thread, requests that are encoded once and then only
 * get new random numbers, replies that are only counted, latencies in a histogram. Knows nothing of
 * particular servers or of reports.
 */
@NullMarked
package pika.tools.drive;

import org.jspecify.annotations.NullMarked;
