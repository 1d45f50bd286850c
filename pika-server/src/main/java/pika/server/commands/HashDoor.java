package pika.server.commands;

import java.util.function.Supplier;
import pika.server.command.Call;
import pika.storage.hash.FieldExpiry;
import pika.storage.hash.Hashes;
import pika.storage.packed.PackedLimits;

/**
 * The way of a call to the hashes of its database.
 *
 * @param inForce the limits that hold at present; they follow {@code hash-max-listpack-entries} and its kin
 */
record HashDoor(Supplier<PackedLimits> inForce) {

  Hashes hashes(Call call) {
    return new Hashes(call.keyspace(), inForce.get());
  }

  FieldExpiry expiry(Call call) {
    return new FieldExpiry(call.keyspace(), inForce.get());
  }
}
