package dev.fanfare.benchmark.product;

import dev.fanfare.benchmark.process.ProcessCost;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.token.TokenKeys;
import dev.fanfare.contracts.token.UserTokens;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.embedded.LocalPostgres;
import dev.fanfare.standalone.installation.DataDir;
import dev.fanfare.standalone.installation.Endpoints;
import dev.fanfare.standalone.installation.Node;
import dev.fanfare.standalone.installation.PortName;
import dev.fanfare.standalone.installation.Secrets;
import dev.fanfare.standalone.installation.ServiceName;
import dev.fanfare.standalone.launch.NodeRestart;
import dev.fanfare.standalone.launch.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The whole product on free ports and an empty folder, as a process with processes of its own. */
public final class Installation implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration FIRST_RECORD = Duration.ofSeconds(20);
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration TOKEN_LIFETIME = Duration.ofDays(1);
    private static final String TOKEN_KEY_ID = "k1";

    private final Process process;
    private final DataDir data;
    private final Endpoints endpoints;
    private final Secrets secrets;

    private Installation(Process process, DataDir data, Endpoints endpoints, Secrets secrets) {
        this.process = process;
        this.data = data;
        this.endpoints = endpoints;
        this.secrets = secrets;
    }

    /**
     * Starts one and returns when it serves.
     *
     * @param home the repository, built
     * @param folder emptied; keeps the logs
     * @param prefix what starts the launcher, and with it all that is not tuned otherwise
     * @param nodes of every service
     */
    public static Installation start(
            Path home, Path folder, List<String> prefix, Map<ServiceName, Tuning> tuning, int nodes)
            throws IOException, InterruptedException {
        Files.createDirectories(folder.getParent());
        Path tuned = folder.resolveSibling("tuning.json");
        Files.write(tuned, Json.write(tuning));
        return start(
                folder,
                prefix,
                START.multipliedBy(nodes),
                InstallationProcess.class,
                home.toString(),
                folder.toString(),
                tuned.toString(),
                Integer.toString(nodes));
    }

    /**
     * Starts all that the services need, and none of them: {@link ServiceNode}s are to serve on its ports.
     *
     * @param folder as with {@link #start}
     */
    public static Installation withoutServices(Path folder) throws IOException, InterruptedException {
        return start(folder, List.of(), START, InfrastructureProcess.class, folder.toString());
    }

    private static Installation start(
            Path folder, List<String> prefix, Duration patience, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        DataDir data = new DataDir(folder);
        Files.createDirectories(folder.getParent());
        Path output = folder.resolveSibling("installation.log");
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        Endpoints.delete(data);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ProcessEnd.inOrder(process)));
        long deadline = System.nanoTime() + patience.toNanos();
        while (!Files.exists(data.endpoints())) {
            if (process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                process.destroy();
                throw new IOException("the installation did not start:\n" + Files.readString(output));
            }
        }
        return new Installation(process, data, Endpoints.of(data), Secrets.keptIn(data.secrets()));
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    public int edgePort() {
        return endpoints.ports().of(PortName.EDGE);
    }

    public int gatewayPort() {
        return endpoints.ports().of(PortName.GATEWAY);
    }

    /** How a program asks its PostgreSQL. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + endpoints.ports().of(PortName.POSTGRES) + "/" + LocalPostgres.DATABASE
                + "?user=" + LocalPostgres.USER + "&password=" + LocalPostgres.PASSWORD;
    }

    Secrets secrets() {
        return secrets;
    }

    DataDir data() {
        return data;
    }

    /** The process id of a service. */
    public long pid(ServiceName service) throws IOException {
        return Long.parseLong(Files.readString(data.pidFile(service.module())).trim());
    }

    /** Every process of the services, in the order in which they are upgraded. */
    public List<Node> nodes() {
        return NodeRestart.inOrder(endpoints.ports().nodes());
    }

    /** Restarts one of them as an orchestrator does. */
    public NodeRestart.Took restart(Node node) throws IOException, InterruptedException {
        return NodeRestart.of(node, data, endpoints);
    }

    /** Kills one of them with {@code kill -9}; returns when its successor does its work. */
    public NodeRestart.Took kill(Node node) throws IOException, InterruptedException {
        return NodeRestart.ofKilled(node, data, endpoints);
    }

    /** Returns when the services have little to do. */
    public void awaitQuiet() throws IOException {
        for (ServiceName service : ServiceName.values()) {
            ProcessCost.awaitQuiet(pid(service));
        }
    }

    /** What a record of a topic has in key, value and headers: the first that is there. */
    public int bytesOfARecord(Topic topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, endpoints.kafkaBootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(FIRST_RECORD)) {
                int headers = 0;
                for (Header header : record.headers()) {
                    headers += header.key().length() + header.value().length;
                }
                return record.serializedKeySize() + record.serializedValueSize() + headers;
            }
        }
        throw new IllegalStateException("there is no record in " + topic.topicName());
    }

    /** Tokens of the users {@code user-0}, {@code user-1} ... of an app. */
    public List<String> tokens(String appKey, int users) {
        UserTokens tokens = new UserTokens(
                new TokenKeys(TOKEN_KEY_ID, Map.of(TOKEN_KEY_ID, secrets.tokenKey())), Clock.systemUTC());
        return IntStream.range(0, users)
                .mapToObj(user -> tokens.issue(appKey, "user-" + user, TOKEN_LIFETIME))
                .toList();
    }

    @Override
    public void close() {
        ProcessEnd.inOrder(process);
    }
}
