/**
 * What the event loops stand on: epoll where the machine has it, NIO elsewhere. Chosen once;
 * nothing outside this package names a transport.
 */
@NullMarked
package pika.net.transport;

import org.jspecify.annotations.NullMarked;
