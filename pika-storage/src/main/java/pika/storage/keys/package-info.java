/**
 * What can be done with a key whatever is under it: expiry, renaming, copying, searching, and whole databases. What a
 * value of one type looks like is not known here, but for the name of its encoding.
 */
@NullMarked
package pika.storage.keys;

import org.jspecify.annotations.NullMarked;
