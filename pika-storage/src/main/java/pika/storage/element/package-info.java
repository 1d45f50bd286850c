/**
 * Collections of named elements, each with or without a value: looked up by name, iterated over,
 * paged through, sampled at random. One interface with two implementations: packed into one record,
 * and spread over rows. What the elements mean, when a collection is converted and which record it
 * belongs to is up to the data types.
 */
@NullMarked
package pika.storage.element;

import org.jspecify.annotations.NullMarked;
