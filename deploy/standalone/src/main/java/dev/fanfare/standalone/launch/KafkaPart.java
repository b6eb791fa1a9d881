package dev.fanfare.standalone.launch;

import dev.fanfare.embedded.LocalKafka;
import dev.fanfare.standalone.process.Part;
import dev.fanfare.standalone.process.PartFailedException;
import dev.fanfare.standalone.process.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.utils.Exit;

/**
 * One Kafka broker in this JVM, with the topics of the catalogue. A broker that cannot go on, such as one whose disk is
 * full, ends the JVM it is in; here it ends this part, so that the others are still stopped in order.
 */
public final class KafkaPart implements Part {

    /** One machine has no use for more. */
    private static final int PARTITIONS = 4;

    private final Path dataDir;
    private final int port;
    private final Path log;
    private final CompletableFuture<PartFailedException> ended = new CompletableFuture<>();
    private volatile LocalKafka kafka;

    /** @param log where this JVM logs */
    public KafkaPart(Path dataDir, int port, Path log) {
        this.dataDir = dataDir;
        this.port = port;
        this.log = log;
    }

    @Override
    public String name() {
        return "Kafka";
    }

    @Override
    public void start(StopSignal stop) throws PartFailedException {
        Exit.setExitProcedure((status, message) -> gaveUp());
        Exit.setHaltProcedure((status, message) -> gaveUp());
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
        return ended;
    }

    @Override
    public void stop() {
        if (kafka != null && !ended.isDone()) {
            kafka.stop();
        }
    }

    private void gaveUp() {
        ended.complete(PartFailedException.withLog(name(), "gave up", log));
    }
}
