package pika.tools.bench;

import java.util.List;
import java.util.stream.Stream;
import pika.tools.drive.Operation;

/**
 * Most of a server's commands, on small collections and on ones that grow large. It is no benchmark: a server that has served
 * it has loaded, linked and profiled what it needs for these commands (ADR 17). No command fails, whatever other connections
 * do meanwhile, and none blocks for long.
 */
final class Tour {
  private static final String STRINGS = """
      SET tour:string {data}
      SET tour:string:{n} {data} EX 100
      SET tour:string:{n} {data} PX 100000 NX GET
      GET tour:string
      GETEX tour:string:{n} EX 100
      GETDEL tour:string:{n}
      GETSET tour:string {data}
      SETNX tour:string:{n} {data}
      SETEX tour:string:{n} 100 {data}
      PSETEX tour:string:{n} 100000 {data}
      APPEND tour:string:{n} {data}
      STRLEN tour:string
      GETRANGE tour:string 1 5
      SETRANGE tour:string:{n} 5 {data}
      INCR tour:number
      INCRBY tour:number 7
      DECR tour:number
      INCRBYFLOAT tour:float 1.5
      MSET tour:one {data} tour:two {data}
      MSETNX tour:one {data} tour:three {data}
      MGET tour:one tour:two tour:none
      LCS tour:number tour:float
      SETBIT tour:bits 100 1
      GETBIT tour:bits 100
      BITCOUNT tour:bits
      BITPOS tour:bits 1
      BITOP AND tour:bits:and tour:bits tour:bits
      BITFIELD tour:bits SET u8 0 7 INCRBY i5 100 1
      BITFIELD_RO tour:bits GET u8 0
      """;

  private static final String KEYS = """
      EXISTS tour:string tour:none
      TYPE tour:hash
      TOUCH tour:string
      DEL tour:string:{n} tour:none
      UNLINK tour:string:{n} tour:none
      EXPIRE tour:string:{n} 100
      PEXPIRE tour:string:{n} 100000 GT
      EXPIREAT tour:string:{n} 4000000000
      PEXPIREAT tour:string:{n} 4000000000000
      EXPIRE tour:dropped:{n} -1
      TTL tour:string:{n}
      PTTL tour:string:{n}
      EXPIRETIME tour:string:{n}
      PERSIST tour:string:{n}
      COPY tour:hash tour:copy:{n} REPLACE
      DEL tour:copy:{n}
      OBJECT ENCODING tour:hash
      OBJECT IDLETIME tour:hash
      DUMP tour:hash
      DUMP tour:zset
      SCAN 0 COUNT 20
      SCAN 0 MATCH tour:h* COUNT 20 TYPE hash
      KEYS tour:?
      RANDOMKEY
      SORT tour:set ALPHA LIMIT 0 5
      SORT tour:list BY tour:weight:* GET # GET tour:weight:* ALPHA
      MEMORY USAGE tour:hash
      DBSIZE
      """;

  private static final String HASHES = """
      HSET tour:hash one {data} two {data} three 3
      HSET tour:hash:rows {n} {data}
      HSETNX tour:hash one {data}
      HMSET tour:hash one {data}
      HGET tour:hash one
      HGET tour:hash:rows {n}
      HMGET tour:hash one none
      HMGET tour:hash:rows {n} {n}
      HGETALL tour:hash
      HKEYS tour:hash
      HVALS tour:hash
      HLEN tour:hash:rows
      HEXISTS tour:hash one
      HSTRLEN tour:hash one
      HDEL tour:hash two
      HDEL tour:hash:rows {n}
      HINCRBY tour:hash three 1
      HINCRBYFLOAT tour:hash four 0.5
      HRANDFIELD tour:hash 2 WITHVALUES
      HRANDFIELD tour:hash:rows
      HSCAN tour:hash 0
      HSCAN tour:hash:rows 0 COUNT 20
      HEXPIRE tour:hash:dated 100 FIELDS 1 one
      HSET tour:hash:dated one {data} two {data}
      HTTL tour:hash:dated FIELDS 1 one
      HPERSIST tour:hash:dated FIELDS 1 one
      """;

  private static final String LISTS = """
      LPUSH tour:list a b c
      RPUSH tour:list d e f
      LPUSH tour:list:rows {data}
      RPUSH tour:list:rows {data} {data} {data}
      LPUSHX tour:list g
      LLEN tour:list
      LRANGE tour:list 0 9
      LRANGE tour:list:rows 0 9
      LINDEX tour:list 1
      LINDEX tour:list:rows -50
      LINSERT tour:list BEFORE d h
      LPOS tour:list d
      LREM tour:list 1 a
      LTRIM tour:list 0 50
      LPOP tour:list
      RPOP tour:list 2
      LPOP tour:list:rows
      LMOVE tour:list tour:list:moved LEFT RIGHT
      LTRIM tour:list:moved 0 20
      RPOPLPUSH tour:list tour:list:moved
      LMPOP 2 tour:none tour:list LEFT
      BLPOP tour:list tour:list:rows 0.001
      """;

  private static final String SETS = """
      SADD tour:set a b c d e f
      SADD tour:set:numbers 1 2 3 4
      SADD tour:set:rows {n}
      SADD tour:set:others {n} a b c
      SREM tour:set f
      SREM tour:set:rows {n}
      SMEMBERS tour:set
      SISMEMBER tour:set a
      SISMEMBER tour:set:rows {n}
      SMISMEMBER tour:set a x
      SCARD tour:set:rows
      SPOP tour:set
      SPOP tour:set:rows
      SRANDMEMBER tour:set:rows
      SRANDMEMBER tour:set 3
      SRANDMEMBER tour:set -3
      SMOVE tour:set tour:set:moved a
      SINTER tour:set tour:set:others
      SINTERCARD 2 tour:set tour:set:others
      SUNION tour:set tour:set:numbers
      SDIFF tour:set tour:set:others
      SINTERSTORE tour:set:stored tour:set tour:set:others
      SUNIONSTORE tour:set:stored tour:set tour:set:numbers
      SDIFFSTORE tour:set:stored tour:set tour:set:others
      SSCAN tour:set 0
      SSCAN tour:set:rows 0 COUNT 20
      """;

  private static final String SORTED_SETS = """
      ZADD tour:zset 1 a 2 b 3 c 4 d
      ZADD tour:zset GT CH 5 a
      ZADD tour:zset:rows {n} {n}
      ZADD tour:zset:rows 0.5 {n}
      ZINCRBY tour:zset 1.5 b
      ZINCRBY tour:zset:rows 3 {n}
      ZSCORE tour:zset a
      ZMSCORE tour:zset a x
      ZCARD tour:zset:rows
      ZCOUNT tour:zset 1 3
      ZCOUNT tour:zset:rows 100 (5000
      ZLEXCOUNT tour:zset - +
      ZRANK tour:zset a
      ZREVRANK tour:zset:rows {n}
      ZRANGE tour:zset 0 -1 WITHSCORES
      ZRANGE tour:zset:rows 10 20
      ZRANGE tour:zset:rows 100 5000 BYSCORE LIMIT 0 10
      ZRANGEBYSCORE tour:zset 1 3
      ZRANGEBYSCORE tour:zset:rows 100 +inf WITHSCORES LIMIT 0 5
      ZREVRANGE tour:zset 0 -1
      ZREVRANGEBYSCORE tour:zset:rows +inf -inf LIMIT 0 5
      ZRANGEBYLEX tour:zset - +
      ZRANGESTORE tour:zset:stored tour:zset 0 1
      ZREM tour:zset d
      ZREM tour:zset:rows {n}
      ZREMRANGEBYRANK tour:zset 10 20
      ZREMRANGEBYSCORE tour:zset 100 200
      ZPOPMIN tour:zset
      ZPOPMAX tour:zset:rows
      ZRANDMEMBER tour:zset:rows
      ZUNIONSTORE tour:zset:stored 2 tour:zset tour:set
      ZINTERSTORE tour:zset:stored 2 tour:zset tour:set
      ZDIFF 2 tour:zset tour:set
      ZINTER 2 tour:zset tour:set WITHSCORES
      ZSCAN tour:zset 0
      ZSCAN tour:zset:rows 0 COUNT 20
      BZPOPMIN tour:zset tour:zset:rows 0.001
      GEOADD tour:geo 13.361389 38.115556 a 15.087269 37.502669 b
      GEODIST tour:geo a b km
      GEOPOS tour:geo a
      GEOHASH tour:geo a
      GEOSEARCH tour:geo FROMLONLAT 15 37 BYRADIUS 200 km ASC WITHDIST
      GEORADIUS tour:geo 15 37 200 km
      """;

  private static final String STREAMS = """
      XADD tour:stream * field {data}
      XADD tour:stream MAXLEN ~ 1000 * field {data}
      XLEN tour:stream
      XRANGE tour:stream - + COUNT 10
      XREVRANGE tour:stream + - COUNT 10
      XREAD COUNT 10 STREAMS tour:stream 0
      XREAD COUNT 1 BLOCK 1 STREAMS tour:stream $
      XTRIM tour:stream MAXLEN 2000
      XINFO STREAM tour:stream
      PFADD tour:hll {n}
      PFCOUNT tour:hll
      PFMERGE tour:hll:merged tour:hll
      """;

  private static final String SERVER = """
      PING
      ECHO hello
      TIME
      INFO
      INFO clients
      CONFIG GET max*
      CLIENT ID
      CLIENT INFO
      CLIENT LIST
      CLIENT SETNAME tour
      CLIENT GETNAME
      COMMAND COUNT
      COMMAND INFO get
      SLOWLOG GET 10
      LATENCY LATEST
      ACL WHOAMI
      PUBLISH tour:channel {data}
      PUBSUB NUMSUB tour:channel
      EVAL return{KEYS[1],ARGV[1]} 1 tour:one a
      EVAL return(redis.call('GET',KEYS[1])) 1 tour:one
      EVAL return(redis.call('HGETALL',KEYS[1])) 1 tour:hash
      """;

  private static final String TOGETHER = """
      MULTI
      SET tour:old {data}
      RENAME tour:old tour:new
      DEL tour:new
      EXEC
      WATCH tour:one
      MULTI
      GET tour:one
      EXEC
      MULTI
      PING
      DISCARD
      SELECT 1
      SET tour:other {data}
      FLUSHDB
      SELECT 0
      MULTI
      DEL tour:group
      XGROUP CREATE tour:group tour $ MKSTREAM
      XADD tour:group * field {data}
      XREADGROUP GROUP tour tour COUNT 2 STREAMS tour:group >
      XPENDING tour:group tour
      XAUTOCLAIM tour:group tour tour 0 0 COUNT 2
      XACK tour:group tour 1-1
      XINFO GROUPS tour:group
      EXEC
      """;

  /** Families of commands, each of which is sent as a whole and in its order. */
  static final List<Operation> OPERATIONS = Stream.of(
          STRINGS, KEYS, HASHES, LISTS, SETS, SORTED_SETS, STREAMS, SERVER, TOGETHER)
      .map(family -> Operation.of(1, family.lines().toArray(String[]::new)))
      .toList();

  private Tour() {}
}
