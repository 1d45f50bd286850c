/** Tests of the state between MULTI and EXEC. */
@NullMarked
package pika.server.transaction;

import org.jspecify.annotations.NullMarked;
