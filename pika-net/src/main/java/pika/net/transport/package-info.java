/**
 * The socket transport of the event loops: epoll where available, NIO elsewhere. Chosen once;
 * nothing outside this package names a transport.
 */
@NullMarked
package pika.net.transport;

import org.jspecify.annotations.NullMarked;
