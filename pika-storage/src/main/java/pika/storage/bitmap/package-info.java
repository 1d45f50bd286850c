/**
 * Strings as arrays of bits, the most significant bit of a byte first. What is read and changed is
 * a part of a string, through {@link pika.storage.string.Strings}; where its bytes stand is not
 * known here.
 */
@NullMarked
package pika.storage.bitmap;

import org.jspecify.annotations.NullMarked;
