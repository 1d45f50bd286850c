/**
 * Administrative work on all data: snapshots and compactions. Storage does the work; here it is
 * started, one at a time, and reported.
 */
@NullMarked
package pika.server.persistence;

import org.jspecify.annotations.NullMarked;
