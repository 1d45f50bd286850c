package pika.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import pika.server.command.Place;

final class ThreadKindTest {

  @ParameterizedTest
  @CsvSource({
    "LOOP,          LOOP FAST SLOW",
    "POOL,          FAST SLOW",
    "SLOW_IF_LARGE, LOOP FAST SLOW",
    "LOOP_OR_SLOW,  LOOP SLOW",
    "SLOW,          SLOW",
  })
  void aPlaceIsForSomeThreads(Place place, String kinds) {
    Set<String> meant = Set.of(kinds.split(" "));
    for (ThreadKind kind : ThreadKind.values()) {
      assertThat(kind.runs(place)).as("on %s", kind).isEqualTo(meant.contains(kind.name()));
    }
  }

  /** So that a command that every thread passes on arrives somewhere. */
  @ParameterizedTest
  @EnumSource
  void theLastKindRunsEverything(Place place) {
    assertThat(ThreadKind.LOOP.next().next().next().runs(place)).isTrue();
  }
}
