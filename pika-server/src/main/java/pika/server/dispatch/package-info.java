/**
 * The path of a request from its connection to its command and back: on which thread it runs, in
 * which unit of work, under which locks and past which gates. Contains no command's own logic.
 */
@NullMarked
package pika.server.dispatch;

import org.jspecify.annotations.NullMarked;
