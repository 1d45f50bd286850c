package pika.storage.hash;

/** Conditions for setting fields. */
public enum FieldCondition {
  /** No condition. */
  ALWAYS,
  /** None of the fields exists (FNX). */
  IF_NONE_IS_THERE,
  /** All of the fields exist (FXX). */
  IF_ALL_ARE_THERE
}
