package pika.net.tls;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * OpenSSL's cipher list syntax, for the ciphers the platform has: names separated by colons, commas
 * or blanks, in OpenSSL's or IANA's spelling; {@code DEFAULT}, {@code HIGH} and {@code ALL} for all
 * ciphers offered; a word such as {@code AESGCM} or {@code ECDHE} for all ciphers with it in their
 * name; {@code !} and {@code -} to exclude. Unknown words are ignored, as in OpenSSL.
 */
final class CipherList {
  private static final String TLS13_PREFIX = "TLS_AES_";
  private static final String TLS13_CHACHA = "TLS_CHACHA20_POLY1305_SHA256";

  private CipherList() {}

  static boolean isTls13(String suite) {
    return suite.startsWith(TLS13_PREFIX) || suite.equals(TLS13_CHACHA);
  }

  /** The TLS 1.2 suites among {@code offered} that the list selects, in its order. */
  static List<String> choose(String list, Collection<String> offered) {
    List<String> candidates = offered.stream().filter(suite -> !isTls13(suite)).toList();
    Set<String> chosen = new LinkedHashSet<>();
    Set<String> barred = new LinkedHashSet<>();
    for (String word : list.split("[:, ]+", -1)) {
      if (word.startsWith("!") || word.startsWith("-")) {
        List<String> out = matching(word.substring(1), candidates);
        chosen.removeAll(out);
        if (word.startsWith("!")) {
          barred.addAll(out);
        }
      } else if (!word.startsWith("@") && !word.startsWith("+")) {
        chosen.addAll(matching(word, candidates));
      }
    }
    chosen.removeAll(barred);
    return new ArrayList<>(chosen);
  }

  private static List<String> matching(String word, List<String> candidates) {
    if (Set.of("DEFAULT", "HIGH", "ALL", "COMPLEMENTOFDEFAULT").contains(word)) {
      return word.startsWith("C") ? List.of() : candidates;
    }
    Predicate<String> all = suite -> true;
    for (String part : word.split("\\+", -1)) {
      all = all.and(suite -> has(suite, part));
    }
    return candidates.stream().filter(all).toList();
  }

  private static boolean has(String suite, String word) {
    String openSsl = openSslName(suite);
    String wanted = word.toUpperCase(Locale.ROOT);
    if (suite.equals(wanted) || openSsl.equals(wanted)) {
      return true;
    }
    String letters =
        "-" + openSsl.replace("-GCM", "GCM").replaceAll("AES(128|256)GCM", "AES$1-AESGCM") + "-";
    return switch (wanted) {
      case "EECDH" -> letters.startsWith("-ECDHE-");
      case "EDH" -> letters.startsWith("-DHE-");
      case "KRSA" -> !letters.startsWith("-ECDH") && !letters.startsWith("-DHE-");
      case "AES" -> letters.contains("-AES");
      case "CHACHA20" -> letters.contains("-CHACHA20");
      default -> letters.contains("-" + wanted + "-");
    };
  }

  private static final Pattern AES = Pattern.compile("AES_(128|256)(_CBC)?");

  /** {@code TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256} becomes {@code ECDHE-RSA-AES128-GCM-SHA256}. */
  static String openSslName(String suite) {
    String name = suite.replaceFirst("^(TLS|SSL)_", "").replaceFirst("^RSA_WITH_", "");
    name = name.replaceFirst("_WITH_", "_");
    name = AES.matcher(name).replaceAll("AES$1");
    return name.replaceFirst("(CHACHA20_POLY1305)_SHA256", "$1").replace('_', '-');
  }
}
