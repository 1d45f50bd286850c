/**
 * The same commands to our server and to a real redis-server: every reply must be the same, byte
 * for byte. {@link pika.server.proof.differential.DifferentialTest} asks random commands, {@link
 * pika.server.proof.differential.TranscriptTest} those of the transcripts beside it (in the
 * resources). A new data type adds one {@link pika.server.proof.differential.Family} and its line
 * in {@code Families}.
 */
@NullMarked
package pika.server.proof.differential;

import org.jspecify.annotations.NullMarked;
