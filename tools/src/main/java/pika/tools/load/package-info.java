/**
 * {@code tools/pika load}, and filling servers with data of a known shape, which the benchmark uses
 * too.
 */
@NullMarked
package pika.tools.load;

import org.jspecify.annotations.NullMarked;
