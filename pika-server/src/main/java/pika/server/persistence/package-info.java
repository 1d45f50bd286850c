/**
 * Work on the data as a whole, asked for by administrators: snapshots and compactions. The storage
 * does it; here it is started, one at a time, and reported.
 */
@NullMarked
package pika.server.persistence;

import org.jspecify.annotations.NullMarked;
