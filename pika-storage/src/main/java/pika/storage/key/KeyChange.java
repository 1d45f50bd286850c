package pika.storage.key;

import org.jspecify.annotations.Nullable;

/**
 * What one command has done to one key.
 *
 * @param database the number of its database
 * @param before the record before the command; null when there was none, or only an expired one
 * @param expired whether there was an expired record before
 * @param after the record now, expired or not; null when there is none
 * @param silent whether the change is hidden from everybody, see {@link UnitOfWork#changeSilently}
 */
public record KeyChange(
    int database,
    byte[] key,
    @Nullable KeyRecord before,
    boolean expired,
    @Nullable KeyRecord after,
    boolean silent) {}
