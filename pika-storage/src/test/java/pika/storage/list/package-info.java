/** Tests of lists and the leaves they consist of. */
@NullMarked
package pika.storage.list;

import org.jspecify.annotations.NullMarked;
