/**
 * What TLS needs to know: certificates, keys and ciphers from their files, put together into a
 * context that serves handshakes. Connections are none of its business.
 */
@NullMarked
package pika.net.tls;

import org.jspecify.annotations.NullMarked;
