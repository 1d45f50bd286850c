package pika.server.proof.clients.redisson;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.RLocalCachedMap;
import org.redisson.api.RMap;
import org.redisson.api.RMapCache;
import org.redisson.api.RedissonClient;
import org.redisson.api.map.event.EntryExpiredListener;
import org.redisson.api.options.LocalCachedMapOptions;
import pika.server.proof.Await;
import pika.server.proof.Crew;

/**
 * Maps: plain ones, ones whose entries expire by themselves, and ones with a copy in the client.
 */
@Timeout(60)
final class MapTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @RegisterExtension
  static final TwoPrograms programs = new TwoPrograms();

  @Test
  void changesOfOneEntryAreNotLost() throws Exception {
    Crew.of(8, thread -> {
      RMap<String, String> map = programs.ofThread(thread).getMap("map");
      map.putIfAbsent("replaced", "0");
      for (int i = 0; i < 25; i++) {
        map.addAndGet("added", 1);
        String before = map.get("replaced");
        while (!map.replace("replaced", before, "" + (Integer.parseInt(before) + 1))) {
          before = map.get("replaced");
        }
      }
    });

    assertThat(programs.one().<String, String>getMap("map").readAllMap())
        .isEqualTo(Map.of("added", "200", "replaced", "200"));
  }

  @Test
  void aMapIsAnsweredAsOne() {
    RMap<String, String> map = programs.one().getMap("map");
    Map<String, String> expected = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      expected.put("field " + i, "value " + i);
    }
    map.putAll(expected);
    RMap<String, String> same = programs.other().getMap("map");

    assertThat(same.readAllMap()).isEqualTo(expected);
    assertThat(same.keySet("field 99?")).hasSize(10);
    assertThat(same.getAll(Set.of("field 7", "nosuch"))).isEqualTo(Map.of("field 7", "value 7"));
    assertThat(same.fastRemove("field 7", "nosuch")).isEqualTo(1);
    assertThat(same.size()).isEqualTo(999);
    assertThat(same.valueSize("field 8")).isEqualTo("value 8".length());
  }

  @Test
  void entriesOfACacheHaveTimesOfTheirOwn() throws Exception {
    RMapCache<String, String> cache = programs.one().getMapCache("cache");
    RMapCache<String, String> same = programs.other().getMapCache("cache");
    cache.put("short", "1", 200, MILLISECONDS);
    cache.put("idle", "2", 0, SECONDS, 200, MILLISECONDS);
    cache.put("long", "3", 60, SECONDS);
    cache.put("lasting", "4");

    assertThat(same.remainTimeToLive("long")).isBetween(1L, 60_000L);
    Await.until("short is over", PATIENCE, () -> same.get("short") == null);
    assertThat(same.putIfAbsent("short", "again", 60, SECONDS)).isNull();
    Await.until("idle is over", PATIENCE, () -> same.getWithTTLOnly("idle") == null);
    assertThat(same.get("long")).isEqualTo("3");
    assertThat(same.get("lasting")).isEqualTo("4");
  }

  @Test
  void whoListensHearsOfEntriesThatExpire() throws Exception {
    RMapCache<String, String> cache = programs.one().getMapCache("cache");
    RMapCache<String, String> same = programs.other().getMapCache("cache");
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    same.addListener((EntryExpiredListener<String, String>) event -> heard.add(event.getKey()));
    cache.put("gone", "1", 100, MILLISECONDS);

    Await.until("it is heard", PATIENCE, () -> cache.get("gone") == null && !heard.isEmpty());
    assertThat(heard).containsExactly("gone");
  }

  @Test
  void aFullCacheForgetsWhatWasNotUsed() {
    RMapCache<String, String> cache = programs.one().getMapCache("cache");
    cache.setMaxSize(10);
    for (int i = 0; i < 30; i++) {
      cache.put("" + i, "value");
    }

    assertThat(cache.size()).isEqualTo(10);
    assertThat(cache.keySet()).contains("29").doesNotContain("0");
  }

  @Test
  void aCopyInTheClientFollowsTheOtherOnesChanges() throws Exception {
    RLocalCachedMap<String, String> mine = copied(programs.one());
    RLocalCachedMap<String, String> theirs = copied(programs.other());
    mine.put("city", "Ulm");
    // What is told of the change may come after the answer, and takes the copy away once.
    Await.until(
        "it is copied",
        PATIENCE,
        () -> "Ulm".equals(theirs.get("city"))
            && "Ulm".equals(theirs.getCachedMap().get("city")));
    mine.put("city", "Bonn");

    Await.until("it is told", PATIENCE, () -> "Bonn".equals(theirs.get("city")));
    mine.fastRemove("city");
    Await.until("it is told", PATIENCE, () -> theirs.get("city") == null);
  }

  private static RLocalCachedMap<String, String> copied(RedissonClient client) {
    return client.getLocalCachedMap(LocalCachedMapOptions.name("copied"));
  }
}
