package pika.server.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The names that COMMAND DOCS reports for arguments the notation leaves unnamed. Redis nearly
 * always gives a group with the same parts the same name; other groups are named after their parts.
 */
final class ArgumentNames {
  private static final Map<String, String> BY_PARTS = Map.ofEntries(
      Map.entry("nx_xx", "condition"),
      Map.entry("nx_xx_gt_lt", "condition"),
      Map.entry("gt_lt", "comparison"),
      Map.entry("asc_desc", "order"),
      Map.entry("before_after", "where"),
      Map.entry("left_right", "where"),
      Map.entry("min_max", "where"),
      Map.entry("sum_min_max", "aggregate"),
      Map.entry("byscore_bylex", "sortby"),
      Map.entry("async_sync", "async"),
      Map.entry("key_id", "streams"),
      Map.entry("count_any", "count"),
      Map.entry("count_withscores", "options"),
      Map.entry("count_withvalues", "options"),
      Map.entry(
          "seconds_milliseconds_unix-time-seconds_unix-time-milliseconds_persist", "expiration"),
      Map.entry(
          "seconds_milliseconds_unix-time-seconds_unix-time-milliseconds_keepttl", "expiration"),
      // Trimming of streams.
      Map.entry("maxlen_minid", "strategy"),
      Map.entry("equal_approximately", "operator"),
      Map.entry("strategy_operator_threshold_count", "trim"),
      Map.entry("auto_id_id", "id_or_auto"),
      Map.entry("id_new_id", "id"),
      Map.entry("min-idle-time_start_end_count_consumer", "filters"),
      // Parts of bitmaps.
      Map.entry("byte_bit", "index_unit"),
      Map.entry("start_end_index_unit", "index"),
      Map.entry("end_index_unit", "end_index"),
      Map.entry("start_end_index", "index"),
      // Geo.
      Map.entry("m_km_ft_mi", "unit"),
      Map.entry("member_longitude_latitude", "from"),
      Map.entry("radius_unit", "circle"),
      Map.entry("width_height_unit", "box"),
      Map.entry("circle_box", "by"),
      // Servers and connections.
      Map.entry("yes_no", "mode"),
      Map.entry("yes_sync_no", "mode"),
      Map.entry("write_all", "mode"),
      Map.entry("count_reset", "operation"),
      Map.entry("flush_append_replace", "policy"),
      Map.entry("module-name_category_pattern", "filterby"),
      Map.entry("protover_username_password_clientname", "arguments"),
      Map.entry("password_username_password", "authentication"),
      Map.entry("host_port", "host-port"),
      Map.entry("no_one", "no-one"),
      Map.entry("host-port_no-one", "args"));

  /** Names of symbols. */
  private static final Map<String, String> OF_SIGNS =
      Map.of("=", "equal", "~", "approximately", "*", "auto_id", "$", "new_id");

  private ArgumentNames() {}

  /** Returns the name of a fixed word. */
  static String ofToken(String token) {
    return OF_SIGNS.getOrDefault(token, token.toLowerCase(Locale.ROOT));
  }

  /** Returns the name of a group with these parts, which may be groups themselves. */
  static String of(List<Argument> parts) {
    String joined = parts.stream().map(Argument::name).collect(Collectors.joining("_"));
    return BY_PARTS.getOrDefault(joined, joined);
  }
}
