/**
 * Sets: their verbs, what can be made of several of them, and how they are stored; the members themselves are the matter of
 * {@link pika.storage.element}.
 */
@NullMarked
package pika.storage.set;

import org.jspecify.annotations.NullMarked;
