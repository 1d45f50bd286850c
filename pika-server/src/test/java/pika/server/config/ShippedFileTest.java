package pika.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pika.server.config.ConfigKey.Effect;

/** Compares conf/pika.conf, where settings are documented, with the table of settings. */
final class ShippedFileTest {
  static final Path FILE = Path.of("..", "conf", "pika.conf");

  private static final List<ConfigKey<?>> EFFECTIVE = KeyTable.keys().stream()
      .filter(key -> key.effect() == Effect.FULL)
      .filter(key -> key.visibility() != ConfigKey.Visibility.IN_FILES_ONLY)
      .toList();

  @Test
  void everySettingWithAnEffectHasItsLineInTheOrderOfTheTable() {
    List<String> lines = ConfigFile.read(FILE).stream().map(Directive::name).toList();
    assertThat(lines)
        .containsExactlyElementsOf(EFFECTIVE.stream().map(ConfigKey::name).toList());
  }

  @Test
  void everyLineSaysTheDefault() {
    LoadedConfig loaded = Live.load(FILE.toString());
    assertThat(loaded.warnings()).isEmpty();
    assertThat(EFFECTIVE).allMatch(key -> loaded.config().isDefault(key));
  }

  @Test
  void everySettingWithoutEffectIsMentioned() throws IOException {
    Set<String> words = Files.readAllLines(FILE).stream()
        .filter(line -> line.startsWith("#"))
        .flatMap(line -> Stream.of(line.split("[ ,.]+")))
        .collect(Collectors.toSet());
    assertThat(KeyTable.keys())
        .filteredOn(key -> key.effect() != Effect.FULL)
        .filteredOn(key -> key.visibility() == ConfigKey.Visibility.SHOWN)
        .allMatch(key -> words.contains(key.name()));
  }

  /** A paragraph of comments and the settings below it share the mark. */
  @Test
  void settingsAreMarkedLiveExactlyWhenTheyAre() throws IOException {
    Set<String> marked = new TreeSet<>();
    String paragraph = "";
    for (String line : Files.readAllLines(FILE)) {
      if (line.isBlank()) {
        paragraph = "";
      } else if (line.startsWith("#")) {
        paragraph += line;
      } else if (paragraph.startsWith("# [live]")) {
        marked.add(line.substring(0, line.indexOf(' ')));
      }
    }
    Set<String> live = EFFECTIVE.stream()
        .filter(key -> !key.change().isAtStart())
        .map(ConfigKey::name)
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(marked).isEqualTo(live);
  }
}
