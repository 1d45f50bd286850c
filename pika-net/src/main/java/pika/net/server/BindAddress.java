package pika.net.server;

import java.net.InetAddress;

/**
 * An address to listen on.
 *
 * @param optional whether to start without it if this machine does not have the address
 */
public record BindAddress(InetAddress address, boolean optional) {}
