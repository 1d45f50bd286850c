package pika.storage.string;

import org.jspecify.annotations.Nullable;
import pika.storage.key.KeyRecord;

/** When a value is set. */
public enum SetCondition {
  /** Whatever there is. */
  ALWAYS,
  /** If nothing is under the key (NX). */
  IF_ABSENT,
  /** If something is under the key, of whatever type (XX). */
  IF_PRESENT;

  boolean holdsFor(@Nullable KeyRecord present) {
    return switch (this) {
      case ALWAYS -> true;
      case IF_ABSENT -> present == null;
      case IF_PRESENT -> present != null;
    };
  }
}
