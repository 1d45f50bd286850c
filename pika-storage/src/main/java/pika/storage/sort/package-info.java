/**
 * SORT: the elements of a list, a set or a sorted set in another order, and what other keys hold
 * for each of them. It reads the types through their own packages and has no format of its own.
 */
@NullMarked
package pika.storage.sort;

import org.jspecify.annotations.NullMarked;
