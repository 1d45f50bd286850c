/**
 * TLS configuration: reads certificates, keys and cipher lists and combines them into the context
 * of the server's handshakes. Knows nothing of connections.
 */
@NullMarked
package pika.net.tls;

import org.jspecify.annotations.NullMarked;
