package pika.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lines {@code user name rule ...}, one for each user. What the rules mean is not known here. */
final class UserLines implements ValueType<List<List<String>>> {
  @Override
  public List<List<String>> parse(RawValue raw, @Nullable List<List<String>> base) {
    List<List<String>> lines = new ArrayList<>(base == null ? List.of() : base);
    if (!raw.isEmpty()) {
      lines.add(raw.words());
    }
    return List.copyOf(lines);
  }

  @Override
  public String print(List<List<String>> lines) {
    return lines.stream().map(UserLines::line).collect(Collectors.joining("\n"));
  }

  @Override
  public List<String> linesForFile(List<List<String>> lines) {
    return lines.stream().map(UserLines::line).toList();
  }

  private static String line(List<String> words) {
    return words.stream().map(QuotedWords::quote).collect(Collectors.joining(" "));
  }
}
