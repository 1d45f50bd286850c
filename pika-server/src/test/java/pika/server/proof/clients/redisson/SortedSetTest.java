package pika.server.proof.clients.redisson;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.RGeo;
import org.redisson.api.RLexSortedSet;
import org.redisson.api.RScoredSortedSet;
import org.redisson.api.RSortedSet;
import org.redisson.api.geo.GeoSearchArgs;
import org.redisson.api.geo.GeoUnit;
import org.redisson.client.protocol.ScoredEntry;
import pika.server.proof.Crew;

/** Sets in the order of scores, of names, or of the program's own choice. */
@Timeout(60)
final class SortedSetTest {
  @RegisterExtension
  static final TwoPrograms programs = new TwoPrograms();

  @Test
  void ranksFollowScores() {
    RScoredSortedSet<String> mine = programs.one().getScoredSortedSet("ranking");
    RScoredSortedSet<String> theirs = programs.other().getScoredSortedSet("ranking");
    mine.addAll(Map.of("ann", 10.0, "bob", 20.5, "cid", -1.0, "dee", 1e300));

    assertThat(theirs.valueRange(0, -1)).containsExactly("cid", "ann", "bob", "dee");
    assertThat(theirs.addScoreAndGetRevRank("cid", 100)).isEqualTo(1);
    assertThat(theirs.revRank("ann")).isEqualTo(3);
    assertThat(theirs.entryRange(10, false, 99, true))
        .containsExactly(entry(20.5, "bob"), entry(99, "cid"));
    assertThat(theirs.getScore(List.of("dee", "nosuch"))).containsExactly(1e300, null);
    assertThat(theirs.pollLastEntry()).isEqualTo(entry(1e300, "dee"));
    assertThat(theirs.addIfGreater(5, "ann")).isFalse();
    assertThat(theirs.replace("ann", "amy")).isTrue();
    assertThat(mine.getScore("amy")).isEqualTo(10.0);
    assertThat(mine.randomEntries(2)).hasSize(2);
  }

  @Test
  void setsAreJoinedUnderWeights() {
    programs.one().<String>getScoredSortedSet("a").addAll(Map.of("x", 1.0, "y", 2.0));
    RScoredSortedSet<String> b = programs.other().getScoredSortedSet("b");
    b.addAll(Map.of("y", 10.0, "z", 20.0));

    assertThat(b.countIntersection("a")).isEqualTo(1);
    assertThat(b.readDiff("a")).containsExactly("z");
    assertThat(b.rangeTo("c", 0, 0)).isEqualTo(1);
    assertThat(programs.one().getScoredSortedSet("c").readAll()).hasSize(1);
  }

  @Test
  void whoWaitsForTheFirstGetsIt() throws Exception {
    RScoredSortedSet<String> mine = programs.one().getScoredSortedSet("jobs");
    RScoredSortedSet<String> theirs = programs.other().getScoredSortedSet("jobs");
    CompletableFuture<String> waiting =
        CompletableFuture.supplyAsync(() -> theirs.pollFirst(Duration.ofSeconds(30)));
    mine.add(3, "job");

    assertThat(waiting.get(20, SECONDS)).isEqualTo("job");
    assertThat(mine.isEmpty()).isTrue();
  }

  @Test
  void namesAreOrderedByTheirBytes() {
    RLexSortedSet names = programs.one().getLexSortedSet("names");
    names.addAll(List.of("b", "a", "d", "c"));

    assertThat(names.range("b", true, "d", false)).containsExactly("b", "c");
    assertThat(names.countTail("b", false)).isEqualTo(2);
    assertThat(names.removeRangeHead("b", true)).isEqualTo(2);
    assertThat(names.readAll()).containsExactly("c", "d");
  }

  @Test
  void aSetOfTheProgramsOwnOrderHasNoTwins() throws Exception {
    Crew.of(4, thread -> {
      RSortedSet<String> set = programs.ofThread(thread).getSortedSet("own");
      for (int i = 0; i < 8; i++) {
        set.add("" + i);
      }
    });

    assertThat(programs.one().<String>getSortedSet("own"))
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
  }

  @Test
  void placesAreFoundByDistance() {
    RGeo<String> places = programs.one().getGeo("places");
    places.add(13.361389, 38.115556, "Palermo");
    places.add(15.087269, 37.502669, "Catania");

    List<String> near =
        new ArrayList<>(places.search(GeoSearchArgs.from(15, 37).radius(100, GeoUnit.KILOMETERS)));
    assertThat(near).containsExactly("Catania");
    assertThat(places.dist("Palermo", "Catania", GeoUnit.METERS)).isEqualTo(166274.1516);
  }

  private static ScoredEntry<String> entry(double score, String value) {
    return new ScoredEntry<>(score, value);
  }
}
