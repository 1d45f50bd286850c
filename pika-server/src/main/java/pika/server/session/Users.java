package pika.server.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The users that may log in: the default user, protected by {@code requirepass} when it is set.
 * Safe for use by all threads.
 */
public final class Users {
  private volatile byte @Nullable [] password;

  /** Sets or (with null or an empty one) removes the default user's password. */
  public void requirePassword(byte @Nullable [] required) {
    password = required == null || required.length == 0 ? null : required.clone();
  }

  /** Whether the default user has a password. */
  public boolean passwordRequired() {
    return password != null;
  }

  /** The user a new connection is at once; null when it has to log in first. */
  public @Nullable User initialUser() {
    return passwordRequired() ? null : User.DEFAULT;
  }

  /** The user with this name and password; null if there is none. */
  public @Nullable User authenticate(byte[] name, byte[] given) {
    if (!Arrays.equals(name, User.DEFAULT.name().getBytes(US_ASCII))) {
      return null;
    }
    byte[] required = password;
    // isEqual takes the same time wherever the difference is, so that it cannot be found by timing.
    boolean matches = required == null || MessageDigest.isEqual(required, given);
    return matches ? User.DEFAULT : null;
  }
}
