package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsCertificateTest {

    @TempDir
    static Path shared;

    private static Vertx vertx;
    private static TestCertificate first;
    private static TestCertificate second;
    private static TestCertificate rsa;

    @TempDir
    Path files;

    private Path certificate;
    private Path key;

    @BeforeAll
    static void make() throws Exception {
        vertx = Vertx.vertx();
        first = new TestCertificate(shared, "first", "EC");
        second = new TestCertificate(shared, "second", "EC");
        rsa = new TestCertificate(shared, "rsa", "RSA");
    }

    @AfterAll
    static void close() {
        vertx.close();
    }

    @BeforeEach
    void write() throws Exception {
        certificate = files.resolve("edge.crt");
        key = files.resolve("edge.key");
        write(first.certificatePem, first.keyPem);
    }

    @Test
    void withoutConfigurationThereIsNoTls() {
        assertThat(TlsCertificate.of(OpenPort.config(Map.of()).tls(), vertx)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tls.certificate,            , fanfare.edge.tls.key must be set",
        "tls.key,                    , fanfare.edge.tls.certificate must be set",
        "tls.certificate, missing.crt, fanfare.edge.tls.certificate:",
        "tls.key,         missing.key, fanfare.edge.tls.key:",
        "tls.certificate, edge.key   , fanfare.edge.tls.certificate:",
        "tls.key,         edge.crt   , fanfare.edge.tls.key:",
    })
    void whatIsWrongIsSaidWithItsKey(String name, String file, String said) {
        // Given: only this key, or both with this one wrong
        Map<String, String> config = new HashMap<>();
        if (file != null) {
            config.put("tls.certificate", certificate.toString());
            config.put("tls.key", key.toString());
        }
        config.put(
                name,
                file == null ? certificate.toString() : files.resolve(file).toString());

        // When, Then
        assertThatThrownBy(() -> TlsCertificate.of(OpenPort.config(config).tls(), vertx))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(said)
                .hasNoCause();
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        write(first.certificatePem, second.keyPem);
        assertThatThrownBy(this::read).hasMessageContaining("is not the key of the certificate");
        write(first.certificatePem, rsa.keyPem);
        assertThatThrownBy(this::read).isInstanceOf(ConfigurationException.class);
        write(rsa.certificatePem, first.keyPem);
        assertThatThrownBy(this::read).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void changedFilesAreTaken() throws Exception {
        // Given
        TlsCertificate tls = read();

        // When, Then
        for (TestCertificate next : new TestCertificate[] {second, rsa}) {
            write(next.certificatePem, next.keyPem);
            tls.reload();
            assertThat(tls.certificate().getSubjectX500Principal().getName())
                    .isEqualTo(next == second ? "CN=second" : "CN=rsa");
        }
    }

    @Test
    void brokenFilesLeaveTheOldOneUntilTheyAreWhole() throws Exception {
        // Given
        TlsCertificate tls = read();

        // When: one of two files is written
        write(second.certificatePem, first.keyPem);
        tls.reload();
        assertThat(tls.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=first");
        write("", second.keyPem);
        tls.reload();
        assertThat(tls.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=first");
        Files.delete(certificate);
        tls.reload();
        assertThat(tls.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=first");

        // Then
        write(second.certificatePem, second.keyPem);
        tls.reload();
        assertThat(tls.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=second");
    }

    private TlsCertificate read() {
        Map<String, String> config = Map.of("tls.certificate", certificate.toString(), "tls.key", key.toString());
        return TlsCertificate.of(OpenPort.config(config).tls(), vertx).orElseThrow();
    }

    private void write(String certificatePem, String keyPem) throws Exception {
        Files.writeString(certificate, certificatePem);
        Files.writeString(key, keyPem);
    }
}
