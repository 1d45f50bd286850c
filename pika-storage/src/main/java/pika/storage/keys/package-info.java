/**
 * Operations on keys of any type: expiry, renaming, copying, searching, and whole databases. The
 * representation of each type is not known here, except for the name of its encoding.
 */
@NullMarked
package pika.storage.keys;

import org.jspecify.annotations.NullMarked;
