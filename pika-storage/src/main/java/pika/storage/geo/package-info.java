/**
 * Places on the earth as scores of a sorted set. Two numbers, the longitude and the latitude, are cut into halves 26 times
 * each and woven into one of 52 bits, which a double holds exactly; places near each other mostly have scores near each
 * other, so that what lies inside a shape is found in a few ranges of scores.
 */
@NullMarked
package pika.storage.geo;

import org.jspecify.annotations.NullMarked;
