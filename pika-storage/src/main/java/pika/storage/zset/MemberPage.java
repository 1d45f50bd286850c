package pika.storage.zset;

import java.util.List;

/**
 * One page of a scan.
 *
 * @param next the position of the next page, 0 when this is the last one; unsigned
 */
public record MemberPage(List<ScoredMember> members, long next) {}
