package pika.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Settings with any number of lines, whose words are not interpreted here. */
final class Lines implements ValueType<List<ConfigLine>> {
  private final String name;

  Lines(String name) {
    this.name = name;
  }

  @Override
  public List<ConfigLine> parse(RawValue raw, @Nullable List<ConfigLine> base) {
    List<ConfigLine> lines = new ArrayList<>(base == null ? List.of() : base);
    if (!raw.isEmpty()) {
      lines.add(new ConfigLine(raw.words(), raw.origin().place(name)));
    }
    return List.copyOf(lines);
  }

  @Override
  public String print(List<ConfigLine> lines) {
    return lines.stream().map(Lines::text).collect(Collectors.joining("\n"));
  }

  @Override
  public List<String> linesForFile(List<ConfigLine> lines) {
    return lines.stream().map(Lines::text).toList();
  }

  private static String text(ConfigLine line) {
    return line.words().stream().map(QuotedWords::quote).collect(Collectors.joining(" "));
  }
}
