/**
 * The command-line tools: {@code tools/pika bench}, {@code load} and {@code admin}. They reach a
 * server through RESP alone; no class of the server or its storage may be used here.
 */
@NullMarked
package pika.tools;

import org.jspecify.annotations.NullMarked;
