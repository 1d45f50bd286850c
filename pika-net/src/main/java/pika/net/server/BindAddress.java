package pika.net.server;

import java.net.InetAddress;

/**
 * An address to listen on.
 *
 * @param optional start-up goes on without it when this machine does not have the address
 */
public record BindAddress(InetAddress address, boolean optional) {}
