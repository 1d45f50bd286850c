package pika.server.info;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import pika.server.info.InfoSection.Part;

/** All sections of INFO. Sections are added during startup; afterwards it is thread-safe. */
public final class Info {
  private static final Map<String, Part> BY_NAME = Arrays.stream(Part.values())
      .collect(Collectors.toUnmodifiableMap(Part::sectionName, part -> part));

  private final Map<Part, InfoSection> sections = new ConcurrentHashMap<>();

  public void add(InfoSection section) {
    sections.put(section.part(), section);
  }

  /**
   * Returns the text of the named sections, in the order of {@link Part}. {@code default},
   * {@code all} and {@code everything} stand for several sections, unknown names are ignored, no
   * name at all means {@code default}.
   */
  public String text(List<String> names) {
    return parts(names).stream()
        .map(sections::get)
        .filter(section -> section != null)
        .map(Info::text)
        .collect(Collectors.joining("\r\n"));
  }

  private static String text(InfoSection section) {
    InfoText text = new InfoText(section.part().heading());
    section.writeTo(text);
    return text.toString();
  }

  private static Set<Part> parts(List<String> names) {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    for (String name : names.isEmpty() ? List.of("default") : names) {
      String lowerCase = name.toLowerCase(Locale.ROOT);
      Part named = BY_NAME.get(lowerCase);
      if (named != null) {
        parts.add(named);
      } else if (lowerCase.equals("default")) {
        parts.addAll(Part.DEFAULT);
      } else if (lowerCase.equals("all") || lowerCase.equals("everything")) {
        parts.addAll(EnumSet.allOf(Part.class));
      }
    }
    return parts;
  }

  /** Resets the counters of every section (CONFIG RESETSTAT). */
  public void resetStatistics() {
    List<InfoSection> all = new ArrayList<>(sections.values());
    all.sort(Comparator.comparing(InfoSection::part));
    all.forEach(InfoSection::resetStatistics);
  }
}
