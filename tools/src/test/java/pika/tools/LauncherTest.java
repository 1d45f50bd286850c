package pika.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in an installed image, with a java that prints its arguments, one per line, and the
 * configuration that it finds on standard input.
 */
class LauncherTest {
  private static final String JAVA = """
      #!/bin/sh
      printf '%s\\n' "$@"
      cat /dev/stdin
      """;

  @TempDir
  private Path image;

  @BeforeEach
  void install() throws IOException {
    Path launcher = Files.createDirectories(image.resolve("tools")).resolve("pika");
    Files.copy(Path.of("pika"), launcher);
    Path jar = image.resolve("pika-server/target/pika-server.jar");
    Files.createDirectories(jar.getParent());
    Files.createFile(jar);
    Path java = Files.createDirectories(image.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, JAVA);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(image.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
  }

  @Test
  void sizesTheHeapByTheBudget() throws Exception {
    Path file = Files.writeString(image.resolve("pika.conf"), "max-memory-budget 1gb\n");
    assertThat(run("", "server", file.toString())).contains("-Xmx414m", file.toString());
    assertThat(run("", "server", file.toString(), "--max-memory-budget", "2gb"))
        .contains("-Xmx906m");
    assertThat(run("", "server")).contains("-XX:MaxRAMPercentage=20");
  }

  @Test
  void leavesAPipeToTheServer() throws Exception {
    assertThat(run("port 7\n", "server", "/dev/stdin")).contains("/dev/stdin", "port 7");
  }

  @Test
  void versionIsTheServers() throws Exception {
    assertThat(run("", "--version")).endsWith("--version");
  }

  @Test
  void readsNamesAsUtf8WhereNoLocaleSaysOtherwise() throws Exception {
    assertThat(localeOf(Map.of("LANG", ""))).isEqualTo("C.UTF-8");
    assertThat(localeOf(Map.of("LANG", "de_DE.UTF-8", "LC_ALL", "C"))).isEqualTo("C.UTF-8");
    assertThat(localeOf(Map.of("LANG", "de_DE.ISO-8859-1"))).isEqualTo("de_DE.ISO-8859-1");
  }

  @Test
  void rehearseTakesNoOptions() throws Exception {
    assertThat(run("", "rehearse", "--help").get(0)).startsWith("usage: pika");
  }

  /** Returns the locale in which java runs when the launcher runs in this environment. */
  private String localeOf(Map<String, String> environment) throws Exception {
    Files.writeString(
        image.resolve("jdk/bin/java"), "#!/bin/sh\necho ${LC_ALL:-${LC_CTYPE:-$LANG}}\n");
    return run("", environment, "server").get(0);
  }

  private List<String> run(String input, String... arguments)
      throws IOException, InterruptedException {
    return run(input, Map.of(), arguments);
  }

  /** Runs the launcher; returns the lines that it or java printed. */
  private List<String> run(String input, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("sh", image.resolve("tools/pika").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_"));
    builder.environment().putAll(environment);
    builder.environment().put("PIKA_JAVA", image.resolve("jdk").toString());
    Process process = builder.start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return printed.lines().toList();
  }
}
