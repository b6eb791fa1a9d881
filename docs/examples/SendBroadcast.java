import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.command.BroadcastCommand;
import dev.fanfare.contracts.command.CommandRules;
import dev.fanfare.contracts.message.MessageKind;
import dev.fanfare.contracts.message.MessageUids;
import dev.fanfare.contracts.signing.CommandSigner;
import dev.fanfare.contracts.signing.ProducerKey;
import dev.fanfare.contracts.topic.Topic;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A broadcast from another system, by Kafka:
 *
 * <pre>
 * FANFARE_PRODUCER_SECRET=... java -cp CLASSPATH docs/examples/SendBroadcast.java BROKERS KEY_ID APP_KEY TEXT
 * </pre>
 */
public class SendBroadcast {

    public static void main(String[] arguments) throws Exception {
        String brokers = arguments[0];
        String keyId = arguments[1];
        String appKey = arguments[2];
        String text = arguments[3];
        Secret secret = Secret.of(System.getenv("FANFARE_PRODUCER_SECRET"));

        // Once per program: who writes, and what gives the ids.
        ProducerKey key = new ProducerKey(keyId, List.of(secret), Set.of(appKey), Set.of(Topic.BROADCAST_COMMAND));
        CommandSigner signer = new CommandSigner(key, "/docs/examples");
        MessageUids uids = new MessageUids(Clock.systemUTC());

        // Per message: the command, checked here rather than found on the rejected topic.
        String uid = uids.next(MessageKind.BROADCAST);
        String content = Json.mapper().createObjectNode().put("content", text).toString();
        BroadcastCommand command = new BroadcastCommand(uid, "announcer", "RC:TxtMsg", content, null);
        if (!CommandRules.check(command).isEmpty()) {
            throw new IllegalArgumentException(CommandRules.check(command).toString());
        }

        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(signer.sign(Topic.BROADCAST_COMMAND, appKey, uid, Instant.now(), Json.write(command)))
                    .get();
        }
        System.out.println("written: messageUID " + uid);
    }
}
