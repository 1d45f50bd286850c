/**
 * MONITOR: every command as it runs, shown to those who asked for it. What of a command others may
 * see stands in its row.
 */
@NullMarked
package pika.server.monitor;

import org.jspecify.annotations.NullMarked;
