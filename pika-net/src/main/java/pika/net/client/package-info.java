/** The other end of the protocol: a plain blocking client, for tools and tests. Knows no Netty. */
@NullMarked
package pika.net.client;

import org.jspecify.annotations.NullMarked;
