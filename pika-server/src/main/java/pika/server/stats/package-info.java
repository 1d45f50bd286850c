/**
 * Statistics: calls and latencies per command, errors, rates, slow calls, large and hot keys.
 * Writing is cheap and never waits; reading does the aggregation. Nothing here knows the network or
 * the protocol.
 */
@NullMarked
package pika.server.stats;

import org.jspecify.annotations.NullMarked;
