package dev.fanfare.delivery.push.apns;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.device.Device.Environment;
import dev.fanfare.delivery.push.CredentialSettings;
import dev.fanfare.delivery.push.PushProvider;
import dev.fanfare.delivery.push.PushSender;
import io.netty.channel.EventLoopGroup;
import io.quarkus.netty.MainEventLoopGroup;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Apple Push Notification service with token authentication. Settings:
 *
 * <ul>
 *   <li>{@code key}: the content of the {@code .p8} file, PEM;
 *   <li>{@code key-id}: the key's id, ten characters;
 *   <li>{@code team-id}: the developer team's id, ten characters;
 *   <li>{@code topic}: the app's bundle id, for devices that were registered without one;
 *   <li>{@code url}: another server than Apple's, for devices of both environments: a proxy or a fake, {@code https} only;
 *   <li>{@code ca}: the certificate that this server's is trusted by, PEM; without it those of the Java platform.
 * </ul>
 *
 * <p>A device's environment decides between Apple's two servers. Each has one connection, opened with the first push and
 * with one provider token that is renewed every 50 minutes: Apple wants it no younger than 20 minutes and no older than
 * an hour. Connections live on Quarkus' event loops.
 */
@Singleton
class ApnsProvider implements PushProvider {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{10}");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9.-]{1,255}");

    private final EventLoopGroup eventLoops;

    ApnsProvider(@MainEventLoopGroup EventLoopGroup eventLoops) {
        this.eventLoops = eventLoops;
    }

    @Override
    public String name() {
        return "apns";
    }

    @Override
    public PushSender open(Map<String, Secret> values) throws InvalidCredentialException {
        CredentialSettings settings = new CredentialSettings(values);
        String keyId = settings.required("key-id", ID, "the ten letters and digits of the key's id");
        String teamId = settings.required("team-id", ID, "the ten letters and digits of the team's id");
        ApnsSigningKey key = key(settings.required("key"), keyId, teamId);
        String topic = settings.required("topic", TOPIC, "a bundle id");
        Optional<X509Certificate> ca = ca(settings);

        Map<Environment, ApnsClient> clients = new EnumMap<>(Environment.class);
        if (settings.optional("url").isPresent()) {
            URI url = settings.url("url", "");
            if (!"https".equalsIgnoreCase(url.getScheme())) {
                throw new InvalidCredentialException("url must be https");
            }
            ApnsClient client = client(url.getHost(), url.getPort() < 0 ? 443 : url.getPort(), key, ca);
            clients.put(Environment.PRODUCTION, client);
            clients.put(Environment.SANDBOX, client);
        } else {
            clients.put(Environment.PRODUCTION, client(ApnsClientBuilder.PRODUCTION_APNS_HOST, 443, key, ca));
            clients.put(Environment.SANDBOX, client(ApnsClientBuilder.DEVELOPMENT_APNS_HOST, 443, key, ca));
        }
        return new ApnsSender(clients, topic, Clock.systemUTC());
    }

    private ApnsClient client(String host, int port, ApnsSigningKey key, Optional<X509Certificate> ca)
            throws InvalidCredentialException {
        ApnsClientBuilder builder = new ApnsClientBuilder()
                .setApnsServer(host, port)
                .setSigningKey(key)
                .setUseAlpn(true)
                .setConnectionTimeout(CONNECT_TIMEOUT)
                .setEventLoopGroup(eventLoops);
        ca.ifPresent(builder::setTrustedServerCertificateChain);
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new InvalidCredentialException("ca cannot be used for TLS");
        }
    }

    private static ApnsSigningKey key(String pem, String keyId, String teamId) throws InvalidCredentialException {
        try {
            ApnsSigningKey key = ApnsSigningKey.loadFromInputStream(
                    new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)), teamId, keyId);
            if (key.getParams().getOrder().bitLength() == 256) {
                return key;
            }
        } catch (IOException | GeneralSecurityException | RuntimeException notAKey) {
            // Said below; its own words may repeat the key.
        }
        throw new InvalidCredentialException("key must be the content of a .p8 file: a P-256 private key as PEM");
    }

    private static Optional<X509Certificate> ca(CredentialSettings settings) throws InvalidCredentialException {
        Optional<String> pem = settings.optional("ca");
        if (pem.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.get().getBytes(StandardCharsets.UTF_8))));
        } catch (CertificateException e) {
            throw new InvalidCredentialException("ca must be a certificate as PEM");
        }
    }
}
