package dev.fanfare.runtime.intake;

import dev.fanfare.contracts.signing.CommandVerifier.Refusal;
import dev.fanfare.contracts.topic.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** Counts the commands that the service reads. What has not happened is shown as 0: a counter that begins at 1 is no increase. */
@Startup
@Singleton
class CommandCounts {

    /** Tags: the topic, and {@value #ACCEPTED} or a {@link Refusal}. */
    private static final String METRIC = "fanfare.commands";

    private static final String ACCEPTED = "ACCEPTED";
    private static final String CHANNELS = "mp.messaging.incoming.";

    private final MeterRegistry metrics;

    CommandCounts(Config config, MeterRegistry metrics) {
        this.metrics = metrics;
        read(config).forEach(topic -> {
            counter(topic, ACCEPTED);
            Stream.of(Refusal.values()).forEach(reason -> counter(topic, reason.name()));
        });
    }

    /** The command topics that the service's channels read. */
    private static Stream<Topic> read(Config config) {
        Set<String> topics = StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith(CHANNELS) && name.endsWith(".topic"))
                .map(name -> config.getValue(name, String.class))
                .collect(Collectors.toSet());
        return Topic.COMMANDS.stream().filter(topic -> topics.contains(topic.topicName()));
    }

    void accepted(Topic topic) {
        counter(topic, ACCEPTED).increment();
    }

    void refused(Topic topic, Refusal reason) {
        counter(topic, reason.name()).increment();
    }

    private Counter counter(Topic topic, String result) {
        return metrics.counter(METRIC, "topic", topic.topicName(), "result", result);
    }
}
