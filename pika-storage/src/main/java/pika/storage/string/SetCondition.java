package pika.storage.string;

import org.jspecify.annotations.Nullable;
import pika.storage.key.KeyRecord;

/** The condition for setting a value. */
public enum SetCondition {
  /** Unconditionally. */
  ALWAYS,
  /** If the key does not exist (NX). */
  IF_ABSENT,
  /** If the key exists, with whatever type (XX). */
  IF_PRESENT;

  boolean holdsFor(@Nullable KeyRecord present) {
    return switch (this) {
      case ALWAYS -> true;
      case IF_ABSENT -> present == null;
      case IF_PRESENT -> present != null;
    };
  }
}
