/**
 * Collections of named elements, each with a value or without: found by name, walked, paged through, drawn at random. One
 * interface with two forms underneath, packed into one record and spread over rows. What the elements mean, when a
 * collection changes its form and which record it belongs to is the matter of the data types.
 */
@NullMarked
package pika.storage.element;

import org.jspecify.annotations.NullMarked;
