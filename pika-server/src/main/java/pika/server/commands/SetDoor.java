package pika.server.commands;

import java.util.function.Supplier;
import pika.server.command.Call;
import pika.storage.set.SetAlgebra;
import pika.storage.set.SetLimits;
import pika.storage.set.Sets;

/**
 * The way of a call to the sets of its database.
 *
 * @param inForce the limits that hold at present; they follow {@code set-max-intset-entries} and its kin
 */
record SetDoor(Supplier<SetLimits> inForce) {

  Sets sets(Call call) {
    return new Sets(call.keyspace(), inForce.get());
  }

  SetAlgebra algebra(Call call) {
    return new SetAlgebra(sets(call));
  }
}
