/**
 * Strings as arrays of bits, the most significant bit of a byte first. Parts of strings are read
 * and changed through {@link pika.storage.string.Strings}; how they are stored is not known here.
 */
@NullMarked
package pika.storage.bitmap;

import org.jspecify.annotations.NullMarked;
