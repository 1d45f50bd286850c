package pika.server.commands;

import java.util.function.Supplier;
import pika.server.command.Call;
import pika.storage.hash.FieldExpiry;
import pika.storage.hash.Hashes;
import pika.storage.packed.PackedLimits;

/**
 * Opens the hashes of a call's database.
 *
 * @param inForce supplies the current limits, which follow {@code hash-max-listpack-entries} and
 *     the like
 */
record HashDoor(Supplier<PackedLimits> inForce) {

  Hashes hashes(Call call) {
    return new Hashes(call.keyspace(), inForce.get());
  }

  FieldExpiry expiry(Call call) {
    return new FieldExpiry(call.keyspace(), inForce.get());
  }
}
