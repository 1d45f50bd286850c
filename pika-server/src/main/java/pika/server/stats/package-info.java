/**
 * What the server counts about itself: calls and latencies per command, errors, rates, slow calls.
 * Writing is cheap and never waits; reading adds up. Nothing here knows the network, the storage or
 * the protocol.
 */
@NullMarked
package pika.server.stats;

import org.jspecify.annotations.NullMarked;
