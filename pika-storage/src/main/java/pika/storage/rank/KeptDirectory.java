package pika.storage.rank;

import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Slice;
import pika.storage.key.LatePayload;
import pika.storage.key.Rows;

/**
 * A directory that stays open from one command of a unit of work to the next, as long as the
 * commands do no more than change the counts of runs. Its nodes are read once and written once for
 * all of them. Changes are taken back when their command is rolled back.
 *
 * <p>A command that needs more asks for a directory {@linkplain #own of its own}. Confined to the
 * thread that runs the unit.
 */
public final class KeptDirectory implements LatePayload {
  private final Rows rows;
  private final int space;
  private final Fanout fanout;
  private final Directory directory;
  private int version;
  private byte @Nullable [] encoded;

  private KeptDirectory(Rows rows, int space, Fanout fanout, Slice saved) {
    this.rows = rows;
    this.space = space;
    this.fanout = fanout;
    this.directory = Directory.open(NumberedRows.completing(rows), space, fanout, saved);
  }

  /** Opens what {@link Directory#save} returned as {@code saved}. */
  public static KeptDirectory open(Rows rows, int space, Fanout fanout, Slice saved) {
    return new KeptDirectory(rows, space, fanout, saved);
  }

  /** Returns the directory, only to look things up in it. */
  public Directory directory() {
    return directory;
  }

  /** Adds {@code delta} to the count of a run, which keeps at least one element. */
  public void add(Run run, long delta) {
    int before = version;
    rows.onRollback(() -> takeBack(before, () -> directory.add(directory.at(run.start()), -delta)));
    directory.add(run, delta);
    changed();
  }

  /**
   * Adds {@code delta} to the count of the run to which {@code key} belongs, as
   * {@link Directory#add(byte[], long)} does. Does nothing and returns null if the run would have
   * fewer than {@code least}, at least 1, or more than {@code most} elements.
   */
  public Directory.@Nullable Count add(byte[] key, long delta, long least, long most) {
    int before = version;
    // First: a change that the undo log has no room for must not stay.
    rows.onRollback(() -> takeBack(before, () -> directory.add(key, -delta)));
    Directory.Count run = directory.addWithin(key, delta, Math.max(1, least), most);
    if (run != null) {
      changed();
    }
    return run;
  }

  private void changed() {
    version++;
    encoded = null;
  }

  private void takeBack(int before, Runnable takesBack) {
    if (version != before) {
      takesBack.run();
      version = before;
      encoded = null;
    }
  }

  /** Returns a directory in the same state, for one command, which may change everything in it. */
  public Directory own() {
    return Directory.open(rows, space, fanout, Slice.of(encode(version)));
  }

  @Override
  public int version() {
    return version;
  }

  @Override
  public byte[] encode(int wanted) {
    if (wanted != version) {
      throw new IllegalStateException("state " + wanted + " of a directory in state " + version);
    }
    if (encoded == null) {
      rows.onRollback(this::unsave);
      encoded = directory.save();
    }
    return encoded;
  }

  private void unsave() {
    directory.unsave();
    encoded = null;
  }
}
