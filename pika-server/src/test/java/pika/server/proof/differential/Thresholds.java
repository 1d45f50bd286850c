package pika.server.proof.differential;

import java.util.ArrayList;
import java.util.List;
import pika.server.proof.ProofSettings;

/**
 * Where values change their form while stories are told. Both servers are started with it, so that
 * it outlives restarts; what only ours knows is told to ours alone.
 */
enum Thresholds {
  /** What is default, and now and then in the midst of a story a few commands with tiny ones. */
  USUAL(List.of(), List.of()),
  /** Every collection stands whole in its record, as far as a record reaches. */
  PACKED(
      List.of(
          "hash-max-listpack-entries", "1000000",
          "hash-max-listpack-value", "64mb",
          "set-max-intset-entries", "1000000",
          "zset-max-listpack-entries", "1000000",
          "zset-max-listpack-value", "64mb",
          "list-max-listpack-size", "-5"),
      List.of(
          "set-max-listpack-entries", "1000000",
          "set-max-listpack-value", "64mb",
          "collection-max-packed-size", "1mb",
          "string-max-inline-size", "64mb")),
  /** No collection stands in its record, not even one of a single element. */
  ROWS(
      List.of(
          "hash-max-listpack-entries", "0",
          "set-max-intset-entries", "0",
          "zset-max-listpack-entries", "0",
          "list-max-listpack-size", "1",
          "hll-sparse-max-bytes", "0"),
      List.of(
          "set-max-listpack-entries", "0",
          "collection-max-packed-size", "0",
          "string-max-inline-size", "1kb")),
  /** Collections grow out of their records all the time. */
  TINY(
      List.of(
          "hash-max-listpack-entries", "3",
          "hash-max-listpack-value", "20",
          "set-max-intset-entries", "3",
          "zset-max-listpack-entries", "3",
          "zset-max-listpack-value", "8",
          "list-max-listpack-size", "3",
          "stream-node-max-entries", "3",
          "hll-sparse-max-bytes", "40"),
      List.of(
          "set-max-listpack-entries", "4",
          "set-max-listpack-value", "20",
          "collection-max-packed-size", "100",
          "string-max-inline-size", "1kb"));

  private final List<String> ofBoth;
  private final List<String> ofSubject;

  Thresholds(List<String> ofBoth, List<String> ofSubject) {
    this.ofBoth = ofBoth;
    this.ofSubject = ofSubject;
  }

  /** Whether stories may have others for a while. */
  boolean mayChange() {
    return this == USUAL;
  }

  /** What the oracle is started with. */
  String[] oracleOptions() {
    return options(ofBoth).toArray(String[]::new);
  }

  /** What the server under test is started with. */
  String[] subjectOptions() {
    List<String> options = options(ofBoth);
    if (!ProofSettings.redisAsSubject()) {
      options.addAll(options(ofSubject));
    }
    return options.toArray(String[]::new);
  }

  private static List<String> options(List<String> namesWithValues) {
    List<String> options = new ArrayList<>(namesWithValues);
    for (int i = 0; i < options.size(); i += 2) {
      options.set(i, "--" + options.get(i));
    }
    return options;
  }
}
