package dev.fanfare.standalone.installation;

import dev.fanfare.contracts.Secret;
import dev.fanfare.embedded.LocalPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;

/**
 * The configuration of a service, as {@code config/application.properties} in its working directory, which Quarkus reads
 * above the one in the jar. A file and not the environment, because app keys and producer names have dashes, which
 * variables cannot have. Each service gets what it needs and no more.
 */
public final class ServiceConfig {

    private static final String GATEWAY = "gateway";
    private static final String TOKEN_KEY_ID = "k1";

    private final Ports ports;
    private final Secrets secrets;

    public ServiceConfig(Ports ports, Secrets secrets) {
        this.ports = ports;
        this.secrets = secrets;
    }

    /**
     * Writes it, readable by the owner only.
     *
     * @param above what counts more than the installation's own
     */
    public void write(Node node, Map<String, String> above, Path workingDirectory) throws IOException {
        Properties config = of(node);
        config.putAll(above);
        Secrets.writePrivately(
                config,
                workingDirectory.resolve("config/application.properties"),
                "Written by ./fanfare at every start.");
    }

    Properties of(Node node) {
        ServiceName service = node.service();
        Properties config = new Properties();
        config.setProperty("fanfare.mode", "standalone");
        config.setProperty("quarkus.http.host", "127.0.0.1");
        config.setProperty("quarkus.http.port", Integer.toString(ports.of(node, service.port())));
        config.setProperty("kafka.bootstrap.servers", "127.0.0.1:" + ports.of(PortName.KAFKA));
        switch (service) {
            case API_GATEWAY -> gateway(config);
            case TEMPLATE -> producers(config);
            case BROADCAST, GROUP_STATUS -> {
                producers(config);
                postgres(config);
                internalKey(config);
            }
            case DELIVERY -> delivery(node, config);
        }
        return config;
    }

    private void gateway(Properties config) {
        postgres(config);
        redis(config);
        tokens(config);
        internalKey(config);
        config.setProperty("fanfare.tokens.active", TOKEN_KEY_ID);
        settingsKey(config);
        config.setProperty("fanfare.signing.key-id", GATEWAY);
        config.setProperty("fanfare.signing.secret", secrets.signing().reveal());
        config.setProperty("fanfare.admin.token", secrets.adminToken().reveal());
        config.setProperty("fanfare.broadcast.url", "http://127.0.0.1:" + ports.of(PortName.BROADCAST));
        config.setProperty("fanfare.group-status.url", "http://127.0.0.1:" + ports.of(PortName.GROUP_STATUS));
        config.setProperty("fanfare.delivery.url", "http://127.0.0.1:" + ports.of(PortName.DELIVERY));
        if (ports.nodes() == 1) {
            // There is no other gateway that calls could go to meanwhile.
            config.setProperty("quarkus.shutdown.delay", "0s");
        }
        String app = "fanfare.apps." + DemoApp.KEY;
        config.setProperty(app + ".name", DemoApp.NAME);
        config.setProperty(app + ".secret", DemoApp.SECRET);
        config.setProperty(app + ".zim-app-id", DemoApp.ZIM_APP_ID);
        config.setProperty(app + ".zim-server-secret", DemoApp.ZIM_SERVER_SECRET);
    }

    private void delivery(Node node, Properties config) {
        postgres(config);
        redis(config);
        tokens(config);
        internalKey(config);
        config.setProperty("fanfare.tokens.active", TOKEN_KEY_ID);
        config.setProperty("fanfare.push.credential-key", base64(secrets.credentialKey()));
        settingsKey(config);
        config.setProperty("fanfare.edge.host", "127.0.0.1");
        config.setProperty("fanfare.edge.port", Integer.toString(ports.of(node, PortName.EDGE)));
        // There is no other node to be spared: who stops everything does not want to wait. Where there is one, it has a
        // part
        // of this machine's cores, and may have begun a moment ago.
        config.setProperty("fanfare.drain.rate", ports.nodes() == 1 ? "20000" : "50");
        config.setProperty("fanfare.drain.timeout", ports.nodes() == 1 ? "5s" : "100s");
    }

    private void producers(Properties config) {
        config.setProperty(
                "fanfare.producers." + GATEWAY + ".secret", secrets.signing().reveal());
        String other = "fanfare.producers." + Secrets.PRODUCER;
        config.setProperty(other + ".secret", secrets.producer().reveal());
        config.setProperty(other + ".apps", DemoApp.KEY);
    }

    private void tokens(Properties config) {
        config.setProperty(
                "fanfare.tokens.keys." + TOKEN_KEY_ID, secrets.tokenKey().reveal());
    }

    private void internalKey(Properties config) {
        config.setProperty("fanfare.internal.key", secrets.internalKey().reveal());
    }

    private void settingsKey(Properties config) {
        config.setProperty("fanfare.settings.secret-key", base64(secrets.settingsKey()));
    }

    private static String base64(Secret hexadecimal) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hexadecimal.reveal()));
    }

    private void postgres(Properties config) {
        String address = "postgresql://127.0.0.1:" + ports.of(PortName.POSTGRES) + "/" + LocalPostgres.DATABASE;
        config.setProperty("quarkus.datasource.username", LocalPostgres.USER);
        config.setProperty("quarkus.datasource.password", LocalPostgres.PASSWORD);
        config.setProperty("quarkus.datasource.reactive.url", address);
        config.setProperty("quarkus.datasource.jdbc.url", "jdbc:" + address);
    }

    private void redis(Properties config) {
        config.setProperty("quarkus.redis.hosts", "redis://127.0.0.1:" + ports.of(PortName.REDIS));
    }
}
