package dev.fanfare.delivery.edge;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;
import org.jboss.logging.Logger;

/**
 * The certificate with which the port proves who it is, read from two PEM files and again when they change: connections
 * opened after {@link #reload()} get the new one. Files that cannot be used are logged and leave the old one in place,
 * since they may be half written; at the start they are fatal.
 */
final class TlsCertificate {

    private static final Logger LOGGER = Logger.getLogger(TlsCertificate.class);

    private static final String CERTIFICATE = "fanfare.edge.tls.certificate";
    private static final String KEY = "fanfare.edge.tls.key";
    private static final byte[] SAMPLE = "sample".getBytes(StandardCharsets.US_ASCII);

    private final Vertx vertx;
    private final Path certificateFile;
    private final Path keyFile;
    private byte[] certificateRead = {};
    private byte[] keyRead = {};
    /** Logged already. */
    private String problem;

    private volatile Current current;

    private record Current(X509Certificate certificate, SslContext context) {}

    private TlsCertificate(Vertx vertx, Path certificateFile, Path keyFile) {
        this.vertx = vertx;
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
    }

    /**
     * Empty if TLS is not configured.
     *
     * @throws ConfigurationException naming the key whose value is of no use
     */
    static Optional<TlsCertificate> of(EdgeConfig.Tls config, Vertx vertx) {
        if (config.certificate().isEmpty() && config.key().isEmpty()) {
            return Optional.empty();
        }
        Path certificate = config.certificate()
                .orElseThrow(() -> new ConfigurationException(CERTIFICATE + " must be set where " + KEY + " is"));
        Path key = config.key()
                .orElseThrow(() -> new ConfigurationException(KEY + " must be set where " + CERTIFICATE + " is"));
        TlsCertificate tls = new TlsCertificate(vertx, certificate, key);
        tls.readIfChanged();
        return Optional.of(tls);
    }

    /** The handler for a new connection, which goes to the head of its pipeline. */
    SslHandler newHandler(ByteBufAllocator allocator, Duration handshakeTimeout) {
        SslHandler handler = current.context.newHandler(allocator);
        handler.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
        return handler;
    }

    /** What new connections are shown. */
    X509Certificate certificate() {
        return current.certificate;
    }

    /** Looks at the files; blocks while it reads them. One thread at a time. */
    void reload() {
        try {
            readIfChanged();
            problem = null;
        } catch (ConfigurationException e) {
            if (!e.getMessage().equals(problem)) {
                LOGGER.errorf("the TLS certificate stays as it was: %s", e.getMessage());
            }
            problem = e.getMessage();
        }
    }

    private void readIfChanged() {
        byte[] certificatePem = read(certificateFile, CERTIFICATE);
        byte[] keyPem = read(keyFile, KEY);
        if (Arrays.equals(certificatePem, certificateRead) && Arrays.equals(keyPem, keyRead)) {
            return;
        }
        certificateRead = certificatePem;
        keyRead = keyPem;
        X509Certificate certificate = certificate(certificatePem);
        current = new Current(certificate, context(certificate, certificatePem, keyPem));
        LOGGER.infof(
                "TLS certificate of %s, valid until %s",
                certificate.getSubjectX500Principal(), certificate.getNotAfter().toInstant());
    }

    private static byte[] read(Path file, String key) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ConfigurationException(key + ": " + file + " cannot be read");
        }
    }

    private X509Certificate certificate(byte[] pem) {
        try {
            return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                    .map(X509Certificate.class::cast)
                    .findFirst()
                    .orElseThrow(CertificateException::new);
        } catch (CertificateException e) {
            throw new ConfigurationException(
                    CERTIFICATE + ": " + certificateFile + " holds no certificate in PEM form");
        }
    }

    private SslContext context(X509Certificate certificate, byte[] certificatePem, byte[] keyPem) {
        PemKeyCertOptions pem = new PemKeyCertOptions()
                .setCertValue(Buffer.buffer(certificatePem))
                .setKeyValue(Buffer.buffer(keyPem));
        try {
            KeyManagerFactory keys = pem.getKeyManagerFactory(vertx);
            if (!belongTogether(certificate.getPublicKey(), keys)) {
                throw new ConfigurationException(
                        KEY + ": " + keyFile + " is not the key of the certificate in " + certificateFile);
            }
            return SslContextBuilder.forServer(keys)
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            Protocol.ALPN,
                            SelectorFailureBehavior.NO_ADVERTISE,
                            SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_1_1))
                    .build();
        } catch (ConfigurationException e) {
            throw e;
        } catch (Exception e) {
            throw new ConfigurationException(
                    KEY + ": " + keyFile + " holds no unencrypted RSA or EC key in PEM form that can be used");
        }
    }

    /** Whether the private key signs what the public key verifies. */
    private static boolean belongTogether(PublicKey publicKey, KeyManagerFactory keys) throws GeneralSecurityException {
        X509KeyManager manager = (X509KeyManager) keys.getKeyManagers()[0];
        String algorithm = publicKey.getAlgorithm();
        PrivateKey privateKey = manager.getPrivateKey(manager.getServerAliases(algorithm, null)[0]);
        if (!algorithm.equals(privateKey.getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance("EC".equals(algorithm) ? "SHA256withECDSA" : "SHA256withRSA");
        signature.initSign(privateKey);
        signature.update(SAMPLE);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(SAMPLE);
        return signature.verify(signed);
    }
}
