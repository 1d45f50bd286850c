/** Tests of what decides where and when a command runs. */
@NullMarked
package pika.server.dispatch;

import org.jspecify.annotations.NullMarked;
