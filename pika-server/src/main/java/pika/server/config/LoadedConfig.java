package pika.server.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server starts with.
 *
 * @param file the main configuration file, to which CONFIG REWRITE writes; null without one
 * @param warnings one line per setting that was understood and changes nothing
 */
public record LoadedConfig(Config config, @Nullable Path file, List<String> warnings) {}
