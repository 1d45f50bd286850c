package pika.server.acl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import pika.server.command.Args;
import pika.server.config.ConfigException;
import pika.server.config.FileReplacement;
import pika.storage.rocks.FileFailure;

/**
 * The ACL file ({@code aclfile}): one user per line as ACL LIST shows it, words separated by single
 * blanks. Only blank lines may be in between.
 */
final class AclFile {
  private static final String UNCHANGED =
      "WARNING: ACL errors detected, no change to the previously active ACL rules was performed";

  private final Path path;
  private final StringBuilder errors = new StringBuilder();

  private AclFile(Path path) {
    this.path = path;
  }

  /**
   * Reads a file into a roster.
   *
   * @throws ConfigException if it can't be read, or naming every invalid line
   */
  static void read(Path path, Roster into) {
    AclFile file = new AclFile(path);
    String[] lines = file.text().split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (!line.isEmpty()) {
        file.read(i + 1, Arrays.asList(line.split(" ", -1)), into);
      }
    }
    if (!file.errors.isEmpty()) {
      throw new ConfigException(file.errors + UNCHANGED);
    }
  }

  private String text() {
    try {
      return Args.text(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new ConfigException(
          "Error loading ACLs, opening file '" + path + "': " + FileFailure.reason(e), e);
    }
  }

  private void read(int line, List<String> words, Roster into) {
    if (words.size() < 2 || !words.get(0).equals("user")) {
      error(line, " should start with user keyword followed by the username. ");
      return;
    }
    String name = words.get(1);
    if (into.holds(name)) {
      errors.append("WARNING: Duplicate user '" + name + "' found on line " + line + ". ");
    } else if (Blanks.in(name)) {
      error(line, ": username '" + name + "' contains invalid characters. ");
    } else {
      readRules(line, words.subList(2, words.size()), into.add(name));
    }
  }

  private void readRules(int line, List<String> words, UserRules rules) {
    if (RuleWords.unclosed(words) != null) {
      error(line, ": Unmatched parenthesis in selector definition.");
      return;
    }
    boolean toldReason = false;
    for (String rule : RuleWords.join(words)) {
      try {
        rules.apply(rule.strip());
      } catch (BadRuleException e) {
        // Further mistakes may just follow from the first one, but an unknown command is always
        // reported.
        if (e.isUnknownCommand()) {
          error(line, ": Error in applying operation '" + e.rule() + "': " + e.reason() + ". ");
        } else if (!toldReason) {
          error(line, ": " + e.reason() + ". ");
          toldReason = true;
        }
      }
    }
  }

  private void error(int line, String what) {
    errors.append(path).append(':').append(line).append(what);
  }

  /** Replaces the file atomically. */
  static void write(Path path, List<AclUser> users) {
    StringBuilder text = new StringBuilder();
    users.forEach(user -> text.append(user.describe()).append('\n'));
    FileReplacement.replace(path, Args.bytes(text.toString()));
  }
}
