/**
 * SORT: the elements of a list, set or sorted set in another order, and what other keys hold for
 * them. It reads the types through their own packages and has no encoding of its own.
 */
@NullMarked
package pika.storage.sort;

import org.jspecify.annotations.NullMarked;
