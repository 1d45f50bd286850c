@NullMarked
package pika.storage.rdb;

import org.jspecify.annotations.NullMarked;
