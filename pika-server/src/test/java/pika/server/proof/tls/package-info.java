/** TLS as clients meet it: real certificates, made when the tests run, and real client programs. */
@NullMarked
package pika.server.proof.tls;

import org.jspecify.annotations.NullMarked;
