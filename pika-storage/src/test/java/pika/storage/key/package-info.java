/**
 * Tests of units of work: what they see, what they leave on disk, and how they affect each other.
 */
@NullMarked
package pika.storage.key;

import org.jspecify.annotations.NullMarked;
