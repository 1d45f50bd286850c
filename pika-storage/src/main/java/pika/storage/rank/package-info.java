/**
 * Positions in large ordered values: a tree of counts laid over rows, and rows that are named by numbers. Knows neither
 * elements nor scores.
 */
@NullMarked
package pika.storage.rank;

import org.jspecify.annotations.NullMarked;
