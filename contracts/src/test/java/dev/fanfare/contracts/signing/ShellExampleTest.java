package dev.fanfare.contracts.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.command.BroadcastCommand;
import dev.fanfare.contracts.command.CommandRules;
import dev.fanfare.contracts.signing.CommandVerifier.Verdict;
import dev.fanfare.contracts.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/examples/send-command.sh}, run with a kcat that only tells what it was asked to write. */
class ShellExampleTest {

    private static final Topic TOPIC = Topic.BROADCAST_COMMAND;
    private static final String SECRET = "a secret with a space";
    private static final Path EXAMPLES = Path.of("../docs/examples").toAbsolutePath();

    @TempDir
    Path dir;

    @Test
    void writesACommandThatIsVerifiedAndValid() throws Exception {
        // Given
        Path told = dir.resolve("told");
        Path kcat = Files.writeString(dir.resolve("kcat"), "#!/bin/sh\nprintf '%s\\n' \"$@\" > '" + told + "'\n");
        Files.setPosixFilePermissions(kcat, PosixFilePermissions.fromString("rwx------"));
        Path value = EXAMPLES.resolve("broadcast.json");
        ProcessBuilder script = new ProcessBuilder(
                        "bash",
                        EXAMPLES.resolve("send-command.sh").toString(),
                        "localhost:9092",
                        "demo-producer",
                        "demo-app-key",
                        TOPIC.topicName(),
                        value.toString())
                .redirectErrorStream(true);
        script.environment().merge("PATH", dir.toString(), (path, first) -> first + ":" + path);
        script.environment().put("FANFARE_PRODUCER_SECRET", SECRET);

        // When
        Process process = script.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // Then
        assertThat(process.waitFor()).as(output).isZero();
        Written written = new Written(record(Files.readAllLines(told), Files.readAllBytes(value)));
        ProducerKey key =
                new ProducerKey("demo-producer", List.of(Secret.of(SECRET)), Set.of("demo-app-key"), Set.of(TOPIC));
        assertThat(new CommandVerifier(List.of(key)).verify(TOPIC, written.at(Instant.now())))
                .isInstanceOf(Verdict.Verified.class);
        assertThat(CommandRules.check(Json.read(written.value(), BroadcastCommand.class)))
                .isEmpty();
    }

    /** What kcat would have written. */
    private static ProducerRecord<String, byte[]> record(List<String> arguments, byte[] value) {
        List<String> rest = new ArrayList<>(arguments);
        assertThat(rest.remove(0)).isEqualTo("-P");
        String topic = null;
        String key = null;
        var headers = new ArrayList<String[]>();
        for (int i = 0; i + 1 < rest.size(); i += 2) {
            String argument = rest.get(i + 1);
            switch (rest.get(i)) {
                case "-b" -> assertThat(argument).isEqualTo("localhost:9092");
                case "-t" -> topic = argument;
                case "-k" -> key = argument;
                case "-H" -> headers.add(argument.split("=", 2));
                default -> throw new AssertionError("kcat has no option " + rest.get(i));
            }
        }
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
        headers.forEach(header -> record.headers().add(header[0], header[1].getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
