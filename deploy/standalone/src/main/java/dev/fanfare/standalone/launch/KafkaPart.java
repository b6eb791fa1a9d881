package dev.fanfare.standalone.launch;

import dev.fanfare.embedded.LocalKafka;
import dev.fanfare.standalone.process.Part;
import dev.fanfare.standalone.process.PartFailedException;
import dev.fanfare.standalone.process.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** One Kafka broker in this JVM, with the topics of the catalogue; it lives and dies with the launcher. */
public final class KafkaPart implements Part {

    /** One machine has no use for more. */
    private static final int PARTITIONS = 4;

    private final Path dataDir;
    private final int port;
    private volatile LocalKafka kafka;

    public KafkaPart(Path dataDir, int port) {
        this.dataDir = dataDir;
        this.port = port;
    }

    @Override
    public String name() {
        return "Kafka";
    }

    @Override
    public void start(StopSignal stop) throws PartFailedException {
        try {
            kafka = LocalKafka.start(dataDir, port);
            kafka.createTopics(topic -> Math.min(PARTITIONS, topic.partitions()));
        } catch (IOException | ExecutionException e) {
            throw new PartFailedException(name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PartFailedException(name(), e);
        }
    }

    @Override
    public CompletableFuture<PartFailedException> ended() {
        return new CompletableFuture<>();
    }

    @Override
    public void stop() {
        if (kafka != null) {
            kafka.stop();
        }
    }
}
