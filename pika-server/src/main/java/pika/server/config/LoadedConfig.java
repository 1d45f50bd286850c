package pika.server.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration the server starts with.
 *
 * @param file the main configuration file, which CONFIG REWRITE updates; null without one
 * @param warnings one line per setting that was understood but has no effect
 */
public record LoadedConfig(Config config, @Nullable Path file, List<String> warnings) {}
