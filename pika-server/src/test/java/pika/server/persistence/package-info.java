/** Unit tests of this package's classes, with time and disk under the tests' control. */
@NullMarked
package pika.server.persistence;

import org.jspecify.annotations.NullMarked;
