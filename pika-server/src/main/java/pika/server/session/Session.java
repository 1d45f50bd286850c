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
 * <p>Written only by the thread that at the moment runs the connection's commands (its event
 * loop, or a pool thread while that owns the connection's lane). CLIENT LIST reads it from other
 * threads: what it shows is volatile, or published with a release store where it changes at every
 * command.
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

  /** The requests that wait and the replies that wait for their commit. */
  public Lane lane() {
    return lane;
  }

  /** What the client listens to. */
  public Subscriber subscriber() {
    return subscriber;
  }

  /** What MULTI and WATCH have gathered. */
  public Transaction transaction() {
    return transaction;
  }

  public long id() {
    return connection.id();
  }

  /** The user logged in, null before. */
  public @Nullable User user() {
    return user;
  }

  public boolean isAuthenticated() {
    return user != null;
  }

  /** Logs in, or out with null. */
  public void user(@Nullable User newUser) {
    this.user = newUser;
    // In front of the reply that lets the connection decode what follows.
    connection.authenticated(newUser != null);
  }

  /** Number of the selected database. */
  public int db() {
    return db;
  }

  public void db(int number) {
    this.db = number;
  }

  /** The protocol of the replies to come; the connection itself switches when it writes HELLO's. */
  public Protocol protocol() {
    return protocol;
  }

  public void protocol(Protocol newProtocol) {
    this.protocol = newProtocol;
  }

  /** The name given by CLIENT SETNAME, empty for none. */
  public String name() {
    return name;
  }

  public void name(String newName) {
    this.name = newName;
  }

  /** The client library's name as CLIENT SETINFO told it, empty for none. */
  public String libName() {
    return libName;
  }

  public void libName(String newName) {
    this.libName = newName;
  }

  /** The client library's version as CLIENT SETINFO told it, empty for none. */
  public String libVersion() {
    return libVersion;
  }

  public void libVersion(String newVersion) {
    this.libVersion = newVersion;
  }

  /** Whether the client is spared when memory for clients runs out. */
  public boolean noEvict() {
    return noEvict;
  }

  public void noEvict(boolean spared) {
    this.noEvict = spared;
  }

  /** Whether the client's reads leave the access times of keys alone. */
  public boolean noTouch() {
    return noTouch;
  }

  public void noTouch(boolean untouched) {
    this.noTouch = untouched;
  }

  public void replyMode(ReplyMode mode) {
    this.replyMode = mode;
  }

  /** Lets the reply to the running command and the next one go unsent, unless all of them do. */
  public void skipNextReply() {
    if (replyMode != ReplyMode.OFF) {
      replyMode = ReplyMode.SKIP_NEXT;
    }
  }

  /** The executor is about to run the command of this full name, for the request of this number. */
  public void begins(String command, long requestSequence) {
    sequence = requestSequence;
    lastCommand.setRelease(command);
  }

  /** The number of the request that runs; to be asked by its handler only. */
  public long sequence() {
    return sequence;
  }

  /** The number of the request that runs or ran last, as another thread sees it. */
  public long runningSequence() {
    lastCommand.getAcquire();
    return sequence;
  }

  /**
   * The request that runs, as the one that causes messages. Those of EXEC come behind its reply, which is where the
   * subscriptions are that it has begun.
   */
  public Origin origin(Origin.Place place) {
    Origin.Place its = transaction.isOpen() ? Origin.Place.AFTER_REPLY : place;
    return new Origin(connection, sequence, its);
  }

  /** How the client tracks keys; null if it doesn't. */
  public @Nullable ClientTracking tracking() {
    return tracking;
  }

  /** Begins or changes tracking, or ends it with null. */
  public void tracking(@Nullable ClientTracking newTracking) {
    tracking = newTracking;
    redirectBroken = false;
    cachingSaid = false;
  }

  /** Whether CLIENT CACHING was called for the next command. */
  public boolean cachingSaid() {
    return cachingSaid;
  }

  public void cachingSaid(boolean said) {
    cachingSaid = said;
  }

  /** Whether the connection that should be told of keys in this one's place was found to be gone. */
  public boolean isRedirectBroken() {
    return redirectBroken;
  }

  public void breakRedirect() {
    redirectBroken = true;
  }

  /** The reply to the command that runs is a message, which goes out even to who wants no replies. */
  public void insistOnReply() {
    insistent = true;
  }

  /** What of the reply to the command that just ran the client wants to see. */
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
        // Stays off until CLIENT REPLY ON, which sets the mode before its reply comes here.
      }
    }
    if (anyway) {
      return reply;
    }
    // Even a HELLO that is not answered switches the protocol.
    return Reply.protocol(protocol, Reply.NONE);
  }

  /** Full name of the command that runs or ran last; NULL, as Redis says, before the first. */
  public String lastCommand() {
    return lastCommand.getAcquire();
  }

  /** Closes the connection after the reply to the command that runs; later requests are dropped. */
  public void closeAfterCommand() {
    closing = true;
  }

  /** Whether the executor has to close the connection after the command that just ran. */
  public boolean isClosing() {
    return closing;
  }

  /** Whether a command of the client waits for a key to become ready. */
  public boolean isBlocked() {
    return blocked;
  }

  /** Whether a pause keeps its next command waiting. */
  public boolean isHeld() {
    return held;
  }

  /** Says whether a pause keeps its next command waiting. */
  public void held(boolean byPause) {
    held = byPause;
  }

  void blocked(boolean waits) {
    blocked = waits;
  }

  /** Back to how the connection began, as RESET demands; the connection stays open. */
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

  /** The session of a connection that {@link Sessions} has seen. */
  public static Session of(Connection connection) {
    return (Session) requireNonNull(connection.session());
  }
}
