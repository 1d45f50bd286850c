/**
 * Ranks in large ordered values: a B+-tree of counts over ranges of rows, and rows keyed by number.
 * Knows nothing of elements or scores.
 */
@NullMarked
package pika.storage.rank;

import org.jspecify.annotations.NullMarked;
