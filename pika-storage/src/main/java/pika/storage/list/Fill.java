package pika.storage.list;

/** How elements that are too many for one leaf are distributed. */
enum Fill {
  /** The first leaf is full, the rest may be in a small one: for lists that grow at their tail. */
  FROM_HEAD,
  /** The last leaf is full: for lists that grow at their head. */
  FROM_TAIL,
  /** About as much in each: for growth anywhere. */
  EVENLY
}
