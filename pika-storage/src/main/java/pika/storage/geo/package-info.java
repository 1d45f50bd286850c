/**
 * Positions on the earth as scores of a sorted set. Longitude and latitude are each bisected 26
 * times, and the bits are interleaved into a number of 52 bits, which a double represents exactly.
 * Nearby positions mostly have close scores, so a shape is covered by a few ranges of scores.
 */
@NullMarked
package pika.storage.geo;

import org.jspecify.annotations.NullMarked;
