/**
 * Transactions seen from outside: as if each had run alone, and all of it or nothing, whatever
 * happens meanwhile.
 */
@NullMarked
package pika.server.proof.isolation;

import org.jspecify.annotations.NullMarked;
