/**
 * The client side of the protocol, for tools and tests. {@link pika.net.client.Client} is one
 * connection shared by many threads, with calls and pipelines.
 * {@link pika.net.client.FrameConnection} is one of thousands on a load generator's thread, and
 * only counts replies. Both live on a {@link pika.net.client.ClientLoop}, which reads. Plain
 * java.nio, no Netty; nothing here knows a command.
 */
@NullMarked
package pika.net.client;

import org.jspecify.annotations.NullMarked;
