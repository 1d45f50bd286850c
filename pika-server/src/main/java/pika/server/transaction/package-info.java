/** What a client's MULTI and WATCH have gathered, and who of those who watch has been overtaken. */
@NullMarked
package pika.server.transaction;

import org.jspecify.annotations.NullMarked;
