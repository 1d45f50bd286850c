/** Values on their way between our server and a real Redis, as DUMP and RESTORE carry them. */
@NullMarked
package pika.server.proof.dump;

import org.jspecify.annotations.NullMarked;
