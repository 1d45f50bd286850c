/** Tests of this package's classes alone, with time and disk in the test's hands. */
@NullMarked
package pika.server.persistence;

import org.jspecify.annotations.NullMarked;
