package pika.storage.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pika.storage.rocks.FileFailure;
import pika.storage.rocks.StorageException;

/**
 * A data directory, locked by this process from {@link #open} to {@link #close}.
 *
 * <pre>
 * LOCK.pika      locked while a server uses the directory
 * MANIFEST.pika  protobuf Manifest: format version and what was decided when the directory was created
 * db/            RocksDB's own files
 * </pre>
 */
public final class DataDirectory implements AutoCloseable {
  /** The format version this program writes, and the newest it can read. */
  public static final int FORMAT_VERSION = 1;

  private static final String LOCK_FILE = "LOCK.pika";
  private static final String MANIFEST_FILE = "MANIFEST.pika";
  private static final String DATABASE_DIRECTORY = "db";
  private static final int REPLICATION_ID_BYTES = 20;

  private final Path path;
  private final FileChannel lockChannel;
  private final FileStore fileStore;
  private final Manifest manifest;

  private DataDirectory(
      Path path, FileChannel lockChannel, FileStore fileStore, Manifest manifest) {
    this.path = path;
    this.lockChannel = lockChannel;
    this.fileStore = fileStore;
    this.manifest = manifest;
  }

  /**
   * Locks a directory, creating it if it does not exist.
   *
   * @param slotPrefix whether keys in a new directory carry their hash slot
   * @param createdBy name and version of the program, for a new directory
   * @throws StorageException if another process holds it, or this version can't read it
   */
  public static DataDirectory open(Path path, boolean slotPrefix, String createdBy) {
    FileChannel lock = null;
    try {
      // Checked before anything is touched, and again under the lock.
      read(path);
      Files.createDirectories(path);
      lock = lock(path);
      Manifest manifest = read(path);
      if (manifest == null) {
        manifest = create(path, slotPrefix, createdBy);
      }
      return new DataDirectory(path, lock, Files.getFileStore(path), manifest);
    } catch (IOException e) {
      closeQuietly(lock);
      throw new StorageException("can't use the data directory " + path + ": " + reason(e), e);
    } catch (StorageException e) {
      closeQuietly(lock);
      throw e;
    }
  }

  /** Returns the reason in the operating system's words, and the file. */
  private static String reason(IOException e) {
    String reason =
        e instanceof FileAlreadyExistsException ? "Not a directory" : FileFailure.reason(e);
    return e instanceof FileSystemException failure ? reason + ": " + failure.getFile() : reason;
  }

  /** Returns what was decided when the directory was created. */
  public Manifest manifest() {
    return manifest;
  }

  /** Returns how many bytes this process may still use on the directory's disk. */
  public long freeBytes() throws IOException {
    return fileStore.getUsableSpace();
  }

  /** Returns the directory of RocksDB's files. */
  public Path databasePath() {
    return path.resolve(DATABASE_DIRECTORY);
  }

  /**
   * Completes {@code target}, whose database directory holds a checkpoint, into a data directory of
   * its own.
   *
   * @throws StorageException if the manifest can't be written
   */
  public void describe(Path target) {
    try {
      write(target, manifest);
    } catch (IOException e) {
      throw new StorageException("can't write the manifest into " + target + ": " + reason(e), e);
    }
  }

  /** Returns the directory of RocksDB's files in a copy of a data directory. */
  public static Path databasePathIn(Path directory) {
    return directory.resolve(DATABASE_DIRECTORY);
  }

  @Override
  public void close() {
    closeQuietly(lockChannel);
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel = FileChannel.open(
        path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!tryLock(channel)) {
      channel.close();
      throw new StorageException("the data directory " + path + " is in use by another process");
    }
    return channel;
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      // Another store in this process holds it.
      return false;
    }
  }

  /** Returns whether a directory holds the data of a server, be it damaged or locked. */
  public static boolean exists(Path path) {
    return Files.exists(path.resolve(MANIFEST_FILE));
  }

  private static @Nullable Manifest read(Path path) throws IOException {
    Path database = path.resolve(DATABASE_DIRECTORY);
    if (!exists(path)) {
      if (Files.exists(database) && !isEmpty(database)) {
        throw damaged(path, MANIFEST_FILE);
      }
      return null;
    }
    Manifest manifest = parse(path.resolve(MANIFEST_FILE));
    if (!Files.exists(database)) {
      // RocksDB would create it and serve an empty database.
      throw damaged(path, DATABASE_DIRECTORY);
    }
    if (manifest.getFormatVersion() > FORMAT_VERSION) {
      throw new StorageException(
          "the data directory " + path + " has format " + manifest.getFormatVersion()
              + ", written by " + manifest.getCreatedBy() + "; this version reads up to format "
              + FORMAT_VERSION);
    }
    return manifest;
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  private static StorageException damaged(Path path, String missing) {
    return new StorageException(
        "the data directory " + path + " is damaged: " + missing + " is missing");
  }

  private static Manifest parse(Path file) throws IOException {
    try {
      Manifest manifest = Manifest.parseFrom(Files.readAllBytes(file));
      if (manifest.getFormatVersion() > 0) {
        return manifest;
      }
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new StorageException("the data directory is damaged: can't read " + file, e);
    }
    throw new StorageException("the data directory is damaged: " + file + " has no format version");
  }

  private static Manifest create(Path path, boolean slotPrefix, String createdBy)
      throws IOException {
    byte[] replicationId = new byte[REPLICATION_ID_BYTES];
    new SecureRandom().nextBytes(replicationId);
    Manifest manifest = Manifest.newBuilder()
        .setFormatVersion(FORMAT_VERSION)
        .setSlotPrefix(slotPrefix)
        .setCreatedBy(createdBy)
        .setCreatedAtMs(System.currentTimeMillis())
        .setReplicationId(HexFormat.of().formatHex(replicationId))
        .build();
    // First the directory: with a manifest but without it, the data counts as lost.
    Files.createDirectories(path.resolve(DATABASE_DIRECTORY));
    write(path, manifest);
    return manifest;
  }

  /**
   * Writes the manifest to a temporary file and renames it, so that a crash leaves the old one or
   * the new one.
   */
  private static void write(Path path, Manifest manifest) throws IOException {
    Path temporary = path.resolve(MANIFEST_FILE + ".new");
    try (FileChannel channel = FileChannel.open(
        temporary,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE)) {
      ByteBuffer bytes = manifest.toByteString().asReadOnlyByteBuffer();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        temporary,
        path.resolve(MANIFEST_FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    // The name must be on disk before RocksDB's files are: without the manifest they look damaged.
    try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Closing a lock file loses nothing; the process's end frees the lock in any case.
      org.slf4j.LoggerFactory.getLogger(DataDirectory.class).warn("cannot close the lock file", e);
    }
  }
}
