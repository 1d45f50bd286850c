/** Tests of hashes. */
@NullMarked
package pika.storage.hash;

import org.jspecify.annotations.NullMarked;
