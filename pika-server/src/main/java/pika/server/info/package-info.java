/** INFO: sections of lines, each assembled from the parts that have the data. */
@NullMarked
package pika.server.info;

import org.jspecify.annotations.NullMarked;
