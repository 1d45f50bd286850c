package pika.server.acl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import pika.server.acl.Access.Context;
import pika.server.acl.Denial.Reason;
import pika.server.session.Session;

/**
 * The latest refusals, newest first. A refusal repeated within a minute increments the existing
 * entry. Thread-safe: refusals are rare enough for one lock.
 */
public final class AclLog {
  /**
   * As in Redis: only refusals at most this far apart, and only the newest entries, are grouped.
   */
  private static final long GROUPING_MS = 60_000;

  private static final int GROUPING_ENTRIES = 10;

  /** Longer names are cut: they help nobody and would keep large requests in memory. */
  private static final int MAX_OBJECT_LENGTH = 1024;

  private final LongSupplier clockMs;
  private final Function<Session, String> clientLine;
  private final List<Entry> entries = new ArrayList<>(); // guarded by this, newest first
  private final LongAdder[] totals = new LongAdder[Reason.values().length];
  private long maxLength = 128;
  private long nextId;

  /**
   * One refusal, or several of the same kind.
   *
   * @param object the command, key or channel; for a failed login, the command that tried it
   * @param client the client as CLIENT LIST showed it at the last refusal
   */
  public record Entry(
      long id,
      long count,
      Reason reason,
      Context context,
      String object,
      String username,
      long createdMs,
      long updatedMs,
      String client) {

    private boolean isLike(Entry other) {
      return reason == other.reason
          && context == other.context
          && Math.abs(updatedMs - other.updatedMs) <= GROUPING_MS
          && object.equals(other.object)
          && username.equals(other.username);
    }

    private Entry again(Entry latest) {
      return new Entry(
          id,
          count + 1,
          reason,
          context,
          object,
          username,
          createdMs,
          latest.updatedMs,
          latest.client);
    }
  }

  /**
   * Creates an empty log.
   *
   * @param clockMs the time in Unix milliseconds
   * @param clientLine formats a client as CLIENT LIST does
   */
  public AclLog(LongSupplier clockMs, Function<Session, String> clientLine) {
    this.clockMs = clockMs;
    this.clientLine = clientLine;
    Arrays.setAll(totals, unused -> new LongAdder());
  }

  /** Sets how many entries are kept ({@code acllog-max-len}). */
  public synchronized void maxLength(long length) {
    maxLength = length;
    trim();
  }

  void add(Denial denial, Context context, String username, Session session) {
    add(denial, context, username, clientLine.apply(session));
  }

  void add(Denial denial, Context context, String username, String client) {
    totals[denial.reason().ordinal()].increment();
    long now = clockMs.getAsLong();
    String object = denial.object();
    if (object.length() > MAX_OBJECT_LENGTH) {
      object = object.substring(0, MAX_OBJECT_LENGTH);
    }
    add(new Entry(0, 1, denial.reason(), context, object, username, now, now, client));
  }

  /** Logs a failed login. */
  public void addFailedLogin(String command, String username, Session session) {
    add(new Denial(Reason.AUTH, 0, command), Context.of(session), username, session);
  }

  private synchronized void add(Entry latest) {
    for (int i = 0; i < Math.min(GROUPING_ENTRIES, entries.size()); i++) {
      if (entries.get(i).isLike(latest)) {
        entries.add(0, entries.remove(i).again(latest));
        return;
      }
    }
    entries.add(
        0,
        new Entry(
            nextId++,
            1,
            latest.reason,
            latest.context,
            latest.object,
            latest.username,
            latest.createdMs,
            latest.updatedMs,
            latest.client));
    trim();
  }

  private void trim() {
    while (entries.size() > maxLength) {
      entries.remove(entries.size() - 1);
    }
  }

  /** Returns the newest {@code limit} entries. */
  public synchronized List<Entry> newest(long limit) {
    return entries.stream().limit(limit).toList();
  }

  public synchronized void clear() {
    entries.clear();
  }

  /** Returns the number of refusals for this reason since the start. */
  public long total(Reason reason) {
    return totals[reason.ordinal()].sum();
  }
}
