package dev.fanfare.gateway.rongcloud.message;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Limits;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.gateway.command.CommandPublisher;
import dev.fanfare.gateway.rongcloud.Answer;
import dev.fanfare.gateway.rongcloud.Prepared;
import dev.fanfare.gateway.rongcloud.RongCloudError;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Supplier;

/** The last step of every message: one command on Kafka, and 200 only when it is safe there. */
@ApplicationScoped
public class MessagePublishing {

    private final CommandPublisher publisher;

    MessagePublishing(CommandPublisher publisher) {
        this.publisher = publisher;
    }

    /**
     * @param id of the record: the first message id
     * @param msgRandom the caller's idempotency id; null without
     * @param ids what the answer tells: {@code messageUID} or {@code messageUIDs}
     */
    public Prepared prepare(
            Topic topic, String appKey, String id, Object command, int cost, Long msgRandom, Map<String, Object> ids) {
        return prepare(topic, appKey, id, command, () -> Uni.createFrom().item(command), cost, msgRandom, ids);
    }

    /**
     * The same for a command that is completed when it is published.
     *
     * @param completed must not fail; left as it was where it would become too long
     */
    public Prepared prepare(
            Topic topic,
            String appKey,
            String id,
            Object command,
            Supplier<Uni<?>> completed,
            int cost,
            Long msgRandom,
            Map<String, Object> ids) {
        byte[] json = Json.write(command);
        if (json.length > Limits.COMMAND_BYTES) {
            return Prepared.refused(
                    RongCloudError.TOO_LONG,
                    "The message with all its recipients and push texts is longer than " + Limits.COMMAND_BYTES
                            + " bytes.");
        }
        return new Prepared.Ready(cost, true, msgRandom, () -> completed
                .get()
                .map(Json::write)
                .map(whole -> whole.length > Limits.COMMAND_BYTES ? json : whole)
                .flatMap(value -> publisher.publish(topic, appKey, id, value))
                .replaceWith(() -> Answer.success(ids)));
    }
}
