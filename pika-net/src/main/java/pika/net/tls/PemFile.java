package pika.net.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of a PEM file:
 *
 * <pre>
 *   -----BEGIN CERTIFICATE-----
 *   base64 of the DER bytes
 *   -----END CERTIFICATE-----
 * </pre>
 */
record PemFile(Path path, List<Block> blocks) {

  /** No PEM file is larger than this; anything larger is not one. */
  private static final long MAX_BYTES = 16 << 20;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s(.*?)-----END \\1-----", Pattern.DOTALL);

  /** A line such as {@code Proc-Type: 4,ENCRYPTED} before the base64. */
  private static final Pattern HEADER = Pattern.compile("(?m)^[A-Za-z-]+:.*$");

  /** One block; {@code headers} says whether header lines precede the base64. */
  record Block(String label, byte[] der, boolean headers) {}

  static PemFile read(Path path) throws TlsException {
    String text = text(path);
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      Matcher header = HEADER.matcher(matcher.group(2));
      boolean headers = header.find();
      byte[] der = decode(path, headers ? header.replaceAll("") : matcher.group(2));
      blocks.add(new Block(matcher.group(1), der, headers));
    }
    return new PemFile(path, List.copyOf(blocks));
  }

  /**
   * All certificates of the file; never empty.
   *
   * @throws TlsException if there is none
   */
  List<X509Certificate> certificates() throws TlsException {
    List<X509Certificate> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Block block : blocks) {
        if (block.label.equals("CERTIFICATE") || block.label.equals("X509 CERTIFICATE")) {
          found.add(
              (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der)));
        }
      }
    } catch (CertificateException e) {
      throw new TlsException(path + ": not a certificate: " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw new TlsException(path + ": contains no PEM certificate");
    }
    return found;
  }

  /**
   * The certificates of all files in a folder; files without any are skipped. Never empty.
   *
   * @throws TlsException if there is none
   */
  static List<X509Certificate> certificatesIn(Path folder) throws TlsException {
    List<X509Certificate> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
      for (Path file : files) {
        PemFile pem = read(file);
        if (pem.blocks.stream().anyMatch(block -> block.label.equals("CERTIFICATE"))) {
          found.addAll(pem.certificates());
        }
      }
    } catch (IOException e) {
      throw new TlsException(folder + ": " + reason(e), e);
    }
    if (found.isEmpty()) {
      throw new TlsException(folder + ": contains no PEM certificates");
    }
    return found;
  }

  private static String text(Path path) throws TlsException {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new TlsException(path + ": too large for a PEM file");
      }
      return Files.readString(path, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new TlsException(path + ": " + reason(e), e);
    }
  }

  private static byte[] decode(Path path, String base64) throws TlsException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new TlsException(path + ": invalid base64: " + e.getMessage(), e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e instanceof FileSystemException failure && failure.getReason() != null
        ? failure.getReason()
        : String.valueOf(e.getMessage());
  }
}
