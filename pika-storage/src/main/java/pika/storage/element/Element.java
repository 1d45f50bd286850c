package pika.storage.element;

import pika.storage.bytes.Slice;

/**
 * An element as it was when it was read.
 *
 * @param value empty in a collection without values
 */
public record Element(Slice name, Slice value) {}
