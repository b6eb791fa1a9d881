package dev.fanfare.runtime.pipeline;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Makes ready what the first batch needs, in a service that reads any. */
@ApplicationScoped
class PipelineStart {

    void onStart(@Observes StartupEvent event, KafkaClientService channels, RecordWriter writer) {
        if (!channels.getConsumerChannels().isEmpty()) {
            writer.warmUp();
        }
    }
}
