package pika.server.pubsub;

import pika.net.server.Connection;

/**
 * The request that causes a message. Should its client hear the message itself, it does so before
 * the reply.
 *
 * @param sequence the request's place on its connection
 */
public record Origin(Connection connection, long sequence) {}
