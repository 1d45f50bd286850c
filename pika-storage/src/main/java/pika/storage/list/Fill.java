package pika.storage.list;

/** How elements that do not fit one leaf are distributed over several. */
enum Fill {
  /** Leaves are filled from the head, the last may be small: for lists that grow at their tail. */
  FROM_HEAD,
  /** Leaves are filled from the tail, the first may be small: for lists that grow at their head. */
  FROM_TAIL,
  /** Evenly: for growth anywhere. */
  EVENLY
}
