/**
 * {@code tools/pika admin}: administration of a running server over RESP, one small command each.
 */
@NullMarked
package pika.tools.admin;

import org.jspecify.annotations.NullMarked;
