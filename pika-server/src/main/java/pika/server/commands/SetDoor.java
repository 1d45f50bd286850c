package pika.server.commands;

import java.util.function.Supplier;
import pika.server.command.Call;
import pika.storage.set.SetAlgebra;
import pika.storage.set.SetLimits;
import pika.storage.set.Sets;

/**
 * Opens the sets of a call's database.
 *
 * @param inForce supplies the current limits, which follow {@code set-max-intset-entries} and the
 *     like
 */
record SetDoor(Supplier<SetLimits> inForce) {

  Sets sets(Call call) {
    return new Sets(call.keyspace(), inForce.get());
  }

  SetAlgebra algebra(Call call) {
    return new SetAlgebra(sets(call));
  }
}
