package dev.fanfare.benchmark.process;

import dev.fanfare.benchmark.kafka.RawKafka;
import dev.fanfare.benchmark.process.LoadReport.Quantiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@link RawKafka} as a process, on the brokers of the installation. */
public final class KafkaBaseline implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final LineProcess process;

    private KafkaBaseline(LineProcess process) {
        this.process = process;
        process.answer(PATIENCE);
    }

    /** What it took. */
    public record Written(long firstNs, long lastNs, Quantiles times) {

        public double perSecond(long records) {
            return records * 1e9 / (lastNs - firstNs);
        }
    }

    public static KafkaBaseline start(
            Path folder, List<String> prefix, String javaHome, List<String> jvmOptions, String brokers) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(javaHome, "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RawKafka.class.getName(), brokers));
        return new KafkaBaseline(LineProcess.start("the Kafka baseline", command, folder.resolve("kafka.log")));
    }

    public long pid() {
        return process.pid();
    }

    /** @param atOnce records under way at a time */
    public Written produce(int count, int bytes, int atOnce) {
        return ask("produce " + count + " " + bytes + " " + atOnce);
    }

    /** Writes and reads them. */
    public Written pipe(int count, int bytes) {
        return ask("pipe " + count + " " + bytes);
    }

    /** Writes so many a second, and reads them. */
    public Written hop(int count, int bytes, int perSecond) {
        return ask("hop " + count + " " + bytes + " " + perSecond);
    }

    private Written ask(String command) {
        return Answers.read(process.ask(command, PATIENCE), Written.class);
    }

    @Override
    public void close() {
        process.close();
    }
}
