package dev.fanfare.fakes.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Comparator;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A certificate for 127.0.0.1, localhost and fake.localhost that signs itself, made by the Java platform's {@code keytool}; good for a
 * month.
 *
 * @param keyStore PKCS #12, with the key
 * @param certificate PEM: what a client is to trust
 */
public record SelfSigned(byte[] keyStore, String password, String certificate) {

    private static final String ALIAS = "fake";

    private static final class OfThisJvm {

        private static final SelfSigned ONE = create();
    }

    /** One for all servers of this JVM, made when it is first asked for. */
    public static SelfSigned ofThisJvm() {
        return OfThisJvm.ONE;
    }

    /** Takes about a second. */
    public static SelfSigned create() {
        String password = UUID.randomUUID().toString();
        try {
            Path directory = Files.createTempDirectory("fake-provider");
            try {
                return create(directory.resolve("keys.p12"), password);
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("keytool's certificate cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while keytool was at work", e);
        }
    }

    private static SelfSigned create(Path file, String password)
            throws IOException, GeneralSecurityException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=ip:127.0.0.1,dns:localhost,dns:fake.localhost",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-storepass:env",
                        "FAKE_PASSWORD",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        command.environment().put("FAKE_PASSWORD", password);
        Process keytool = command.start();
        if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
            throw new IllegalStateException("keytool made no certificate");
        }
        byte[] bytes = Files.readAllBytes(file);
        KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(store.getCertificate(ALIAS).getEncoded());
        return new SelfSigned(
                bytes, password, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
