package pika.storage.zset;

import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Slice;
import pika.storage.element.RowElements;
import pika.storage.key.Rows;
import pika.storage.rank.Directory;
import pika.storage.rank.Fanout;

/**
 * Builds the rows of a new large sorted set from entries added in order. Rows may be written before
 * the commit, so even many take little memory.
 */
final class RowMembersBuilder {
  /** Leaves room in each run, so that the first entries added later don't split it. */
  private static final int RUN = RowMembers.MAX_RUN * 3 / 4;

  private final Rows rows;
  private final RowElements scores;
  private final Directory directory;
  private byte[] separator = SortedSetFormat.firstKey();
  private byte @Nullable [] last;
  private int inRun;

  RowMembersBuilder(Rows rows) {
    this.rows = rows;
    this.scores = RowElements.create(rows);
    this.directory = Directory.create(
        rows, SortedSetFormat.NODES, Fanout.DEFAULT, Directory.Search.BY_INDEX_AND_KEY);
  }

  void append(double score, Slice member) {
    byte[] name = member.toByteArray();
    byte[] key = SortedSetFormat.key(score, name);
    if (inRun == RUN) {
      endRun();
    }
    if (inRun == 0 && last != null) {
      separator = Directory.separator(last, key);
    }
    scores.add(name, SortedSetFormat.score(score));
    rows.putNew(SortedSetFormat.scoreRow(key), SortedSetFormat.scoreRowValue(score));
    last = key;
    inRun++;
  }

  RowMembers finish() {
    if (inRun > 0) {
      endRun();
    }
    return new RowMembers(rows, scores, directory);
  }

  private void endRun() {
    directory.insert(directory.size(), inRun, separator);
    inRun = 0;
  }
}
