/** Tests of collections of named elements in both forms. */
@NullMarked
package pika.storage.element;

import org.jspecify.annotations.NullMarked;
