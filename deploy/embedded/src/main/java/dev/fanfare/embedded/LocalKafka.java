package dev.fanfare.embedded;

import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.topic.TopicProvisioner;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka broker (KRaft, broker and controller in one) inside this JVM. It can be stopped and started again on the
 * same port and data, which is how tests take Kafka away. Not thread-safe.
 */
public final class LocalKafka implements AutoCloseable {

    /** The name of the listener that clients connect to. */
    public static final String LISTENER = "CLIENT";

    /** The listener of the controller, which is in the same process. */
    public static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final int NODE_ID = 1;
    private static final String FORMATTED_MARK = "meta.properties";

    private final Path dataDir;
    private final int port;
    private final int controllerPort;
    private final Map<String, Integer> moreListeners;
    private final Map<String, String> properties;
    private final List<String> scramUsers;
    private KafkaRaftServer server;

    private LocalKafka(
            Path dataDir,
            int port,
            int controllerPort,
            Map<String, Integer> moreListeners,
            Map<String, String> properties,
            List<String> scramUsers) {
        this.dataDir = dataDir;
        this.port = port;
        this.controllerPort = controllerPort;
        this.moreListeners = Map.copyOf(moreListeners);
        this.properties = Map.copyOf(properties);
        this.scramUsers = List.copyOf(scramUsers);
    }

    /**
     * Starts a broker and returns when it serves.
     *
     * @param dataDir kept between starts; formatted when new
     * @param port where clients connect
     */
    public static LocalKafka start(Path dataDir, int port) throws IOException {
        return start(dataDir, port, Map.of(), Map.of(), List.of());
    }

    /**
     * Starts a broker with a configuration of the caller's, for instance one that asks its clients who they are, and
     * returns when it serves.
     *
     * @param dataDir kept between starts; formatted when new
     * @param port where clients connect
     * @param moreListeners their names and ports; {@code properties} say what they ask for
     * @param properties of the broker; they win over those that it has by itself. Clients, and the broker when it talks to
     *     itself, come in by the listener {@value #LISTENER}
     * @param scramUsers whom a new {@code dataDir} knows, each as {@code kafka-storage.sh format --add-scram} has it
     */
    public static LocalKafka start(
            Path dataDir,
            int port,
            Map<String, Integer> moreListeners,
            Map<String, String> properties,
            List<String> scramUsers)
            throws IOException {
        LocalKafka kafka = new LocalKafka(dataDir, port, FreePorts.next(), moreListeners, properties, scramUsers);
        kafka.start();
        return kafka;
    }

    /** Starts again after {@link #stop()}, same port, same data. */
    public void start() throws IOException {
        Properties config = config();
        if (!Files.exists(dataDir.resolve(FORMATTED_MARK))) {
            format();
        }
        server = new KafkaRaftServer(new KafkaConfig(config, false), Time.SYSTEM);
        server.startup();
    }

    /** Stops the broker and keeps its data. */
    public void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Creates the topics of the catalogue that are not there yet, in a broker that asks nobody who he is. */
    public void createTopics(ToIntFunction<Topic> partitions) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            new TopicProvisioner(admin).createMissing(partitions, (short) 1);
        }
    }

    private void format() throws IOException {
        Files.createDirectories(dataDir);
        try {
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE_ID)
                    .setControllerListenerName(CONTROLLER_LISTENER)
                    .setScramArguments(scramUsers)
                    .setMetadataLogDirectory(dataDir.toString())
                    .addDirectory(dataDir.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setIgnoreFormatted(true)
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .run();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot format the Kafka data directory " + dataDir, e);
        }
    }

    private Properties config() {
        Properties config = new Properties();
        config.put("process.roles", "broker,controller");
        config.put("node.id", Integer.toString(NODE_ID));
        config.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        config.put("controller.listener.names", CONTROLLER_LISTENER);
        Map<String, Integer> listeners = new TreeMap<>(moreListeners);
        listeners.put(LISTENER, port);
        listeners.put(CONTROLLER_LISTENER, controllerPort);
        config.put(
                "listeners",
                listeners.entrySet().stream()
                        .map(listener -> listener.getKey() + "://127.0.0.1:" + listener.getValue())
                        .collect(Collectors.joining(",")));
        config.put("listener.security.protocol.map", LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        config.put("inter.broker.listener.name", LISTENER);
        config.put("log.dirs", dataDir.toString());
        config.put("auto.create.topics.enable", "false");
        config.put("offsets.topic.replication.factor", "1");
        config.put("offsets.topic.num.partitions", "4");
        config.put("transaction.state.log.replication.factor", "1");
        config.put("transaction.state.log.min.isr", "1");
        config.put("group.initial.rebalance.delay.ms", "0");
        // A consumer that died is noticed after 10 s, not 45; members hear of a change within 1 s, not 5.
        config.put("group.consumer.min.session.timeout.ms", "10000");
        config.put("group.consumer.session.timeout.ms", "10000");
        config.put("group.consumer.min.heartbeat.interval.ms", "1000");
        config.put("group.consumer.heartbeat.interval.ms", "1000");
        config.put("message.max.bytes", Integer.toString(Topic.MAX_MESSAGE_BYTES));
        config.put("log.segment.bytes", Integer.toString(64 * 1024 * 1024));
        config.put("num.network.threads", "2");
        config.put("num.io.threads", "4");
        config.put("background.threads", "2");
        config.putAll(properties);
        return config;
    }
}
