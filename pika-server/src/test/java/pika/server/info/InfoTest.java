package pika.server.info;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pika.server.info.InfoSection.Part;

class InfoTest {
  private final Info info = new Info();
  private int resets;

  /** A section with one line. */
  private final class Sample implements InfoSection {
    private final Part part;

    Sample(Part part) {
      this.part = part;
    }

    @Override
    public Part part() {
      return part;
    }

    @Override
    public void writeTo(InfoText text) {
      text.line("name", part);
    }

    @Override
    public void resetStatistics() {
      resets++;
    }
  }

  @BeforeEach
  void fill() {
    info.add(new Sample(Part.KEYSPACE));
    info.add(new Sample(Part.COMMANDSTATS));
    info.add(new Sample(Part.SERVER));
  }

  @Test
  void showsSectionsInTheirOrderWithAnEmptyLineBetween() {
    assertThat(info.text(List.of("keyspace", "SERVER")))
        .isEqualTo("# Server\r\nname:SERVER\r\n\r\n# Keyspace\r\nname:KEYSPACE\r\n");
  }

  @Test
  void leavesOutLongSectionsUnlessAskedFor() {
    assertThat(info.text(List.of())).contains("# Server", "# Keyspace").doesNotContain("Commands");
    assertThat(info.text(List.of("default"))).isEqualTo(info.text(List.of()));
    assertThat(info.text(List.of("all"))).contains("# Server", "# Commandstats", "# Keyspace");
    assertThat(info.text(List.of("everything"))).isEqualTo(info.text(List.of("all")));
    assertThat(info.text(List.of("default", "commandstats"))).isEqualTo(info.text(List.of("all")));
  }

  @Test
  void passesOverWhatNobodyKnows() {
    assertThat(info.text(List.of("nosuch"))).isEmpty();
    assertThat(info.text(List.of("nosuch", "server"))).startsWith("# Server");
  }

  @Test
  void resetsEverySection() {
    info.resetStatistics();
    assertThat(resets).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0B",
    "1023,1023B",
    "1024,1.00K",
    "941040,918.98K",
    "25276510208,23.54G",
    "1099511627776,1.00T"
  })
  void writesSizesAsRedisDoes(long bytes, String expected) {
    assertThat(InfoText.human(bytes)).isEqualTo(expected);
  }
}
