package dev.fanfare.runtime.pipeline;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Connects the producers of the outgoing channels while the service starts, so that the first record does not wait for
 * connections and for the cluster's metadata. Waits for nothing: without brokers the first record does it.
 */
@ApplicationScoped
class ProducerWarmUp {

    private static final Logger LOGGER = Logger.getLogger(ProducerWarmUp.class);

    private final KafkaClientService clients;
    private final Config config;

    ProducerWarmUp(KafkaClientService clients, Config config) {
        this.clients = clients;
        this.config = config;
    }

    void onStart(@Observes StartupEvent event) {
        clients.getProducerChannels()
                .forEach(channel -> config.getOptionalValue("mp.messaging.outgoing." + channel + ".topic", String.class)
                        .ifPresent(topic -> warmUp(channel, topic)));
    }

    private void warmUp(String channel, String topic) {
        clients.getProducer(channel)
                .partitionsFor(topic)
                .subscribe()
                .with(
                        partitions -> LOGGER.debugf("%s: %s has %d partitions", channel, topic, partitions.size()),
                        e -> LOGGER.debugf("%s is not connected yet: %s", channel, e));
    }
}
