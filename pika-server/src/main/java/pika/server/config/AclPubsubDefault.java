package pika.server.config;

/** Which channels a new user may use by default; named after the ACL rules. */
public enum AclPubsubDefault {
  ALLCHANNELS,
  RESETCHANNELS
}
