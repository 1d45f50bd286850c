/**
 * The way of a request from its connection to its command and back: which thread runs it, in which unit of work, under
 * which locks, past which gates. No command's own logic is here.
 */
@NullMarked
package pika.server.dispatch;

import org.jspecify.annotations.NullMarked;
