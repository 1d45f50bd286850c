package pika.storage.key;

import org.jspecify.annotations.Nullable;

/**
 * What one command has made of one key.
 *
 * @param database the number of its database
 * @param before what stood there for the command; null for nothing
 * @param expired whether something stood there whose time was over
 * @param after what stands there now, expired or not; null for nothing
 * @param silent whether nobody is to be told that the value changed, see {@link UnitOfWork#changeSilently}
 */
public record KeyChange(
    int database,
    byte[] key,
    @Nullable KeyRecord before,
    boolean expired,
    @Nullable KeyRecord after,
    boolean silent) {}
