/**
 * Tests of the script libraries: compared with those of a real redis-server, and within their
 * limits.
 */
@NullMarked
package pika.server.script.lib;

import org.jspecify.annotations.NullMarked;
