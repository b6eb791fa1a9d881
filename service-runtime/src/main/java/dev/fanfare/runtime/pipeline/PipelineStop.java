package dev.fanfare.runtime.pipeline;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.kafka.KafkaConnector;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/**
 * Ends the channels of a service that stops while all that their steps need is still there. By themselves they end after
 * the clients of Redis and PostgreSQL: until then each batch fails, and its partitions are nobody's
 * (<a href="https://github.com/smallrye/smallrye-reactive-messaging/issues/3127">#3127</a>).
 */
@ApplicationScoped
class PipelineStop {

    /** After everybody else who observes the end, who may still write. */
    private static final int LAST = 10_000;

    void onStop(
            @Observes @Priority(LAST) ShutdownEvent event,
            @Connector(KafkaConnector.CONNECTOR_NAME) KafkaConnector kafka) {
        kafka.terminate(event);
    }
}
