package pika.storage.hash;

/** On what setting fields may depend. */
public enum FieldCondition {
  /** On nothing. */
  ALWAYS,
  /** None of them is there (FNX). */
  IF_NONE_IS_THERE,
  /** All of them are there (FXX). */
  IF_ALL_ARE_THERE
}
