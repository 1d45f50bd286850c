/**
 * {@code tools/pika admin}: what an operator asks a running server, one thin command each, over
 * RESP.
 */
@NullMarked
package pika.tools.admin;

import org.jspecify.annotations.NullMarked;
