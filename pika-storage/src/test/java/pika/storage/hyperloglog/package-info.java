/** Tests of registers, encodings and estimates. */
@NullMarked
package pika.storage.hyperloglog;

import org.jspecify.annotations.NullMarked;
