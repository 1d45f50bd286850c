package pika.server.commands;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import pika.net.resp.DoubleText;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.storage.Store;
import pika.storage.TypeLimits;
import pika.storage.digest.Digests;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.LockPlan;
import pika.storage.key.UnitOfWork;
import pika.storage.keys.Keys;
import pika.storage.string.Strings;

/**
 * The subcommands of DEBUG that work on data. They read or create so much that it must not be one
 * commit, nor hold the locks of all keys: outside of a transaction they use units of work of their
 * own.
 */
final class DebugData {
  private static final String BAD_RELOAD =
      "ERR DEBUG RELOAD only supports the MERGE, NOFLUSH and NOSAVE options.";
  private static final String POPULATED_PREFIX = "key";

  /** Keys that are locked and committed together. */
  private static final int PORTION = 256;

  private final Store store;
  private final Supplier<TypeLimits> limits;

  DebugData(Store store, Supplier<TypeLimits> limits) {
    this.store = store;
    this.limits = limits;
  }

  Reply digest(Call call) {
    return Reply.simple(
        inUnit(call, unit -> Digests.ofEverything(unit, limits.get(), DoubleText::of)));
  }

  Reply digestValues(Call call) {
    List<byte[]> userKeys = call.argsFrom(2);
    List<Reply> replies = new ArrayList<>(userKeys.size());
    return inUnit(call, unit -> {
      lock(unit, LockPlan.of(List.of(), userKeys));
      Digests digests =
          new Digests(unit.keyspace(call.keyspace().number()), limits.get(), DoubleText::of);
      userKeys.forEach(userKey -> replies.add(Reply.simple(digests.ofValue(userKey))));
      return Reply.array(replies);
    });
  }

  Reply object(Call call) {
    byte[] key = call.arg(2);
    KeyRecord record = call.keyspace().stored(key);
    if (record == null) {
      throw new CommandException("ERR no such key");
    }
    long idle = call.keyspace().idleSeconds(record);
    return Reply.simple(String.format(
        Locale.ROOT,
        "Value at:0x0 refcount:%d encoding:%s serializedlength:%d lru:%d lru_seconds_idle:%d",
        Keys.references(record),
        Keys.encoding(record),
        new Keys(call.keyspace()).storedBytes(key, record, 0),
        call.nowMs() / 1000 - idle,
        idle));
  }

  // DEBUG POPULATE count [prefix [size]]
  Reply populate(Call call) {
    if (call.argCount() > 5) {
      throw DebugCommands.unknown(call);
    }
    long count = call.positiveArg(2);
    String prefix = call.argCount() > 3 ? call.textArg(3) : POPULATED_PREFIX;
    int bytes = call.argCount() > 4
        ? (int) Math.min(call.positiveArg(4), limits.get().strings().maxBytes())
        : 0;
    return inUnit(call, unit -> {
      for (long from = 0; from < count; from += PORTION) {
        addPortion(call, unit, prefix, from, Math.min(count, from + PORTION), bytes);
      }
      return Reply.OK;
    });
  }

  private void addPortion(
      Call call, UnitOfWork unit, String prefix, long from, long to, int bytes) {
    List<byte[]> userKeys = new ArrayList<>();
    for (long i = from; i < to; i++) {
      userKeys.add((prefix + ":" + i).getBytes(StandardCharsets.ISO_8859_1));
    }
    boolean isTransaction = lock(unit, LockPlan.of(userKeys, List.of()));
    Keyspace keyspace = unit.keyspace(call.keyspace().number());
    Strings strings = new Strings(keyspace, limits.get().strings());
    for (int i = 0; i < userKeys.size(); i++) {
      if (keyspace.header(userKeys.get(i)) == null) {
        byte[] value = ("value:" + (from + i)).getBytes(StandardCharsets.ISO_8859_1);
        strings.set(userKeys.get(i), bytes == 0 ? value : Arrays.copyOf(value, bytes));
      }
    }
    if (!isTransaction) {
      unit.commit();
    }
  }

  // No key exists in memory only, and the options are about such keys.
  Reply reload(Call call) {
    for (int i = 2; i < call.argCount(); i++) {
      if (!call.argIs(i, "MERGE") && !call.argIs(i, "NOFLUSH") && !call.argIs(i, "NOSAVE")) {
        throw new CommandException(BAD_RELOAD);
      }
    }
    store.reload();
    return Reply.OK;
  }

  /**
   * Runs in the call's unit if that is a transaction's, which holds all locks, otherwise in one of
   * its own.
   */
  private <R> R inUnit(Call call, Function<UnitOfWork, R> work) {
    if (call.unit().holdsAllLocks()) {
      return work.apply(call.unit());
    }
    try (UnitOfWork unit = store.begin(UnitOfWork.Mode.MAY_BLOCK)) {
      unit.beginCommand(call.nowMs());
      return work.apply(unit);
    }
  }

  /** Locks a plan unless the unit holds all locks; returns whether it does. */
  private static boolean lock(UnitOfWork unit, LockPlan plan) {
    if (unit.holdsAllLocks()) {
      return true;
    }
    unit.awaitLocks(plan);
    return false;
  }
}
