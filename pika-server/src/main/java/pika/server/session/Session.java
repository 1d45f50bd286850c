package pika.server.session;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.net.server.Connection;
import pika.server.pubsub.Origin;
import pika.server.pubsub.Subscriber;
import pika.server.transaction.Transaction;

/**
 * What the server remembers about a connection.
 *
 * <p>Written only by the thread that currently runs the connection's commands (its event loop, or a
 * pool thread that has taken its lane). CLIENT LIST reads it from other threads: what it shows is
 * volatile, or published with a release store if it changes at every command.
 */
public final class Session {
  private final Connection connection;
  private final AtomicReference<String> lastCommand = new AtomicReference<>("NULL");
  private volatile @Nullable User user;
  private volatile int db;
  private volatile Protocol protocol = Protocol.RESP2;
  private volatile String name = "";
  private volatile String libName = "";
  private volatile String libVersion = "";
  private volatile boolean noEvict;
  private volatile boolean noTouch;
  private volatile boolean closing;
  private volatile boolean blocked;
  private volatile boolean held;
  private final Lane lane = new Lane(this);
  private final Subscriber subscriber;
  private final Transaction transaction = new Transaction();
  private long sequence;
  private long commandNumber;
  private boolean insistent;
  private volatile @Nullable ClientTracking tracking;
  private volatile boolean cachingSaid;
  private volatile boolean redirectBroken;
  private ReplyMode replyMode = ReplyMode.ON;

  Session(Connection connection, @Nullable User user) {
    this.connection = connection;
    this.subscriber = new Subscriber(connection);
    user(user);
  }

  public Connection connection() {
    return connection;
  }

  /** Returns the waiting requests and uncommitted replies. */
  public Lane lane() {
    return lane;
  }

  /** Returns what the client is subscribed to. */
  public Subscriber subscriber() {
    return subscriber;
  }

  /** Returns the state of MULTI and WATCH. */
  public Transaction transaction() {
    return transaction;
  }

  public long id() {
    return connection.id();
  }

  /** Returns the authenticated user, null before. */
  public @Nullable User user() {
    return user;
  }

  public boolean isAuthenticated() {
    return user != null;
  }

  /** Logs in as a user, or out with null. */
  public void user(@Nullable User newUser) {
    this.user = newUser;
    // Before the reply that lets the connection decode what follows.
    connection.authenticated(newUser != null);
  }

  /** Returns the number of the selected database. */
  public int db() {
    return db;
  }

  public void db(int number) {
    this.db = number;
  }

  /**
   * Returns the protocol of future replies; the connection itself switches when it writes HELLO's.
   */
  public Protocol protocol() {
    return protocol;
  }

  public void protocol(Protocol newProtocol) {
    this.protocol = newProtocol;
  }

  /** Returns the name given by CLIENT SETNAME, empty for none. */
  public String name() {
    return name;
  }

  public void name(String newName) {
    this.name = newName;
  }

  /** Returns the client library's name as given by CLIENT SETINFO, empty for none. */
  public String libName() {
    return libName;
  }

  public void libName(String newName) {
    this.libName = newName;
  }

  /** Returns the client library's version as given by CLIENT SETINFO, empty for none. */
  public String libVersion() {
    return libVersion;
  }

  public void libVersion(String newVersion) {
    this.libVersion = newVersion;
  }

  /** Returns whether the client is exempt from eviction when memory for clients runs out. */
  public boolean noEvict() {
    return noEvict;
  }

  public void noEvict(boolean spared) {
    this.noEvict = spared;
  }

  /** Returns whether the client's reads leave access times alone. */
  public boolean noTouch() {
    return noTouch;
  }

  public void noTouch(boolean untouched) {
    this.noTouch = untouched;
  }

  public void replyMode(ReplyMode mode) {
    this.replyMode = mode;
  }

  /** Suppresses the replies to the current and the next command, unless all are suppressed. */
  public void skipNextReply() {
    if (replyMode != ReplyMode.OFF) {
      replyMode = ReplyMode.SKIP_NEXT;
    }
  }

  /**
   * Records that the command with this full name is about to run for the request with this sequence
   * number.
   */
  public void begins(String command, long requestSequence) {
    sequence = requestSequence;
    lastCommand.setRelease(command);
  }

  /** Returns the sequence number of the running request; only for its handler. */
  public long sequence() {
    return sequence;
  }

  /**
   * Counts a command that begins, alone, in a transaction or in a script. Only while somebody
   * tracks.
   */
  public void countCommand() {
    commandNumber++;
  }

  /** Returns the number of the running command among those counted. */
  public long commandNumber() {
    return commandNumber;
  }

  /** Returns the sequence number of the running or last request, for other threads. */
  public long runningSequence() {
    lastCommand.getAcquire();
    return sequence;
  }

  /**
   * Returns the running request as the origin of messages. Those caused by EXEC follow its reply,
   * which contains the subscriptions it began.
   */
  public Origin origin(Origin.Place place) {
    Origin.Place its = transaction.isOpen() ? Origin.Place.AFTER_REPLY : place;
    return new Origin(connection, sequence, its);
  }

  /** Returns how the client tracks keys; null if it doesn't. */
  public @Nullable ClientTracking tracking() {
    return tracking;
  }

  /** Starts or changes tracking, or ends it with null. */
  public void tracking(@Nullable ClientTracking newTracking) {
    tracking = newTracking;
    redirectBroken = false;
    cachingSaid = false;
  }

  /** Returns whether CLIENT CACHING was called for the next command. */
  public boolean cachingSaid() {
    return cachingSaid;
  }

  public void cachingSaid(boolean said) {
    cachingSaid = said;
  }

  /**
   * Returns whether the connection that should receive this one's invalidations was found to be
   * gone.
   */
  public boolean isRedirectBroken() {
    return redirectBroken;
  }

  public void breakRedirect() {
    redirectBroken = true;
  }

  /**
   * Sends the reply to the running command even to a client that wants no replies, because it is a
   * message.
   */
  public void insistOnReply() {
    insistent = true;
  }

  /** Returns what the client wants to see of the reply to the command that just ran. */
  public Reply wanted(Reply reply) {
    boolean anyway = insistent;
    insistent = false;
    switch (replyMode) {
      case ON -> {
        return reply;
      }
      case SKIP_NEXT -> replyMode = ReplyMode.SKIP;
      case SKIP -> replyMode = ReplyMode.ON;
      case OFF -> {
        // Stays off until CLIENT REPLY ON, which sets the mode before its own reply gets here.
      }
    }
    if (anyway) {
      return reply;
    }
    // Even a HELLO without a reply switches the protocol.
    return Reply.protocol(protocol, Reply.NONE);
  }

  /** Returns the full name of the running or last command; before the first, NULL as in Redis. */
  public String lastCommand() {
    return lastCommand.getAcquire();
  }

  /** Closes the connection after the reply to the running command; later requests are dropped. */
  public void closeAfterCommand() {
    closing = true;
  }

  /** Returns whether the connection has to be closed after the command that just ran. */
  public boolean isClosing() {
    return closing;
  }

  /** Returns whether a command of the client waits for a key. */
  public boolean isBlocked() {
    return blocked;
  }

  /** Returns whether a pause holds its next command. */
  public boolean isHeld() {
    return held;
  }

  /** Sets whether a pause holds its next command. */
  public void held(boolean byPause) {
    held = byPause;
  }

  void blocked(boolean waits) {
    blocked = waits;
  }

  /** Resets the session to its initial state (RESET); the connection stays open. */
  public void reset(@Nullable User initialUser) {
    subscriber.endAll(sequence);
    transaction.end();
    user(initialUser);
    db = 0;
    protocol = Protocol.RESP2;
    name = "";
    noTouch = false;
    replyMode = ReplyMode.ON;
  }

  /** Returns the session of a connection that {@link Sessions} has opened. */
  public static Session of(Connection connection) {
    return (Session) requireNonNull(connection.session());
  }
}
