package pika.server.config;

/** Which channels a new user may use before rules say so; named after the rules. */
public enum AclPubsubDefault {
  ALLCHANNELS,
  RESETCHANNELS
}
