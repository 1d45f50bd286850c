/** Tests of collections of named elements in both representations. */
@NullMarked
package pika.storage.element;

import org.jspecify.annotations.NullMarked;
