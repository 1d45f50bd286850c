/**
 * The protocol: requests in, replies out, in RESP2 and RESP3. Everything here works on plain byte
 * arrays: no socket, no Netty, no thread, so that server, client and tests share one spelling of
 * the protocol.
 */
@NullMarked
package pika.net.resp;

import org.jspecify.annotations.NullMarked;
