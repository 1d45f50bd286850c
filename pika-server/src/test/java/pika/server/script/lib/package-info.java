/** Tests of the libraries of scripts: compared with those of a real redis-server, and within their bounds. */
@NullMarked
package pika.server.script.lib;

import org.jspecify.annotations.NullMarked;
