package pika.tools.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All measurements, in the order they were made. Confined to the benchmark's thread. */
final class Results {

  private static final int FAILURE_CHARS = 160;

  private final List<Measurement> cells = new ArrayList<>();
  private final List<HugeMeasurement> huge = new ArrayList<>();
  private final List<RestMeasurement> rests = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Map<String, String> versions = new LinkedHashMap<>();

  void add(Measurement measurement) {
    cells.add(measurement);
  }

  void add(HugeMeasurement measurement) {
    huge.add(measurement);
  }

  void add(RestMeasurement measurement) {
    rests.add(measurement);
  }

  /** Records what could not be measured as one short line: errors may quote long arguments. */
  void addFailure(String failure) {
    String line = failure.replaceAll("[^ -~]", "?");
    line = line.length() <= FAILURE_CHARS ? line : line.substring(0, FAILURE_CHARS) + "...";
    if (!failures.contains(line)) {
      failures.add(line);
    }
  }

  void addVersion(String server, String version) {
    versions.put(server, version);
  }

  List<Measurement> of(String server, Cell cell) {
    return cells.stream()
        .filter(measured -> measured.server().equals(server) && measured.cell().equals(cell))
        .toList();
  }

  List<HugeMeasurement> huge(String server, HugeCommand command, long sizeBytes) {
    return huge.stream()
        .filter(measured -> measured.server().equals(server)
            && measured.command() == command
            && measured.sizeBytes() == sizeBytes)
        .toList();
  }

  List<RestMeasurement> rests() {
    return List.copyOf(rests);
  }

  /** Whether nothing was measured under load. */
  boolean isEmpty() {
    return cells.isEmpty() && huge.isEmpty();
  }

  List<Measurement> cells() {
    return List.copyOf(cells);
  }

  /** What could not be measured and why, without duplicates. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  String version(String server) {
    return versions.getOrDefault(server, "never started");
  }
}
