/**
 * The server's settings. {@link pika.server.config.ConfigKeys} and
 * {@link pika.server.config.RocksKeys} are the table, one row per setting;
 * {@link pika.server.config.ConfigLoader} turns a file and a command line into a
 * {@link pika.server.config.Config}; {@link pika.server.config.LiveConfig} holds the values of a
 * running server behind CONFIG GET, SET and REWRITE.
 *
 * <p>Nothing here applies a setting: its owner reads the value or listens for changes. What a
 * setting means to an operator is documented once, in {@code conf/pika.conf}.
 */
@NullMarked
package pika.server.config;

import org.jspecify.annotations.NullMarked;
