/**
 * MONITOR: shows every command as it runs to the clients that asked for it. What others may see of
 * a command is declared in its row.
 */
@NullMarked
package pika.server.monitor;

import org.jspecify.annotations.NullMarked;
