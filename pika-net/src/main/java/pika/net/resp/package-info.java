/**
 * The protocol: requests in, replies out, in RESP2 and RESP3. Everything here works on plain byte
 * arrays, without sockets, Netty or threads, so that server, client and tests share one
 * implementation of the protocol.
 */
@NullMarked
package pika.net.resp;

import org.jspecify.annotations.NullMarked;
