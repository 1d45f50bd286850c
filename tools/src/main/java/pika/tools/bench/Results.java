package pika.tools.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that was measured, in the order of measuring. Confined to the benchmark's thread. */
final class Results {

  private final List<Measurement> cells = new ArrayList<>();
  private final List<RestMeasurement> rests = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Map<String, String> versions = new LinkedHashMap<>();

  void add(Measurement measurement) {
    cells.add(measurement);
  }

  void add(RestMeasurement measurement) {
    rests.add(measurement);
  }

  void addFailure(String failure) {
    if (!failures.contains(failure)) {
      failures.add(failure);
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

  List<RestMeasurement> rests() {
    return List.copyOf(rests);
  }

  List<Measurement> cells() {
    return List.copyOf(cells);
  }

  /** What could not be measured, and why; each once. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  String version(String server) {
    return versions.getOrDefault(server, "never started");
  }
}
