package dev.fanfare.benchmark.process;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.benchmark.netty.BareNettyServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that does no more than write the product's bytes to its sockets, as a process: {@code baseline.c} or
 * {@link BareNettyServer}. Both take the same commands.
 */
public final class BaselineServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration SENDING = Duration.ofMinutes(5);

    private final LineProcess process;
    private final int port;

    private BaselineServer(LineProcess process) {
        this.process = process;
        this.port = process.answer(START).path("port").asInt();
    }

    /** A raw socket loop. */
    public static BaselineServer c(Tools tools, List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.add(tools.baseline().toString());
        return new BaselineServer(
                LineProcess.start("the C baseline", command, tools.folder().resolve("baseline.log")));
    }

    /** Netty with nothing around it. */
    public static BaselineServer netty(Path folder, List<String> prefix, String javaHome, List<String> jvmOptions) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(javaHome, "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BareNettyServer.class.getName()));
        return new BaselineServer(LineProcess.start("the Netty baseline", command, folder.resolve("netty.log")));
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /**
     * Broadcasts; returns when all is written.
     *
     * @param bytes of data in each
     * @param batch how many leave in one write
     * @return the offset of the first
     */
    public long send(int count, int bytes, int batch) {
        JsonNode sent = process.ask("send " + count + " " + bytes + " " + batch, SENDING);
        return sent.path("from").asLong();
    }

    @Override
    public void close() {
        process.close();
    }
}
