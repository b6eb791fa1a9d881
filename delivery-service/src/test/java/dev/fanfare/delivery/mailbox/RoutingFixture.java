package dev.fanfare.delivery.mailbox;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.InboxPlace;
import dev.fanfare.contracts.delivery.NodeDelivery;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.contracts.signing.CommandHeaders;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.delivery.device.Device;
import dev.fanfare.delivery.device.Device.Environment;
import dev.fanfare.delivery.device.Devices;
import dev.fanfare.testkit.infra.TestInfrastructure;
import dev.fanfare.testkit.infra.TestKafka;
import dev.fanfare.testkit.trace.RecordedSpans.Followed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** An app of its own for each test, and the records around it. */
final class RoutingFixture implements AutoCloseable {

    static final String PHONE = "phone";

    /** As dispatch has it of a message to {@link #PHONE}. */
    static final InboxPlace PLACE = new InboxPlace(1, 1);

    static final PushNotification PUSH = new PushNotification(null, "hello", null, null, null);

    final String app = "app-" + UUID.randomUUID();
    final TestKafka kafka = new TestKafka(TestInfrastructure.shared().kafkaBootstrapServers());

    static String uid() {
        return UUID.randomUUID().toString();
    }

    ClientMessage message(String uid) {
        return new ClientMessage(
                uid, ConversationType.SYSTEM, "sys", "sys", "RC:TxtMsg", "{}", System.currentTimeMillis(), null);
    }

    DirectDelivery personal(String user, String uid, PushNotification push) {
        return new DirectDelivery(app, DeliveryPolicy.ONLINE_ELSE_PUSH, List.of(user), message(uid), push);
    }

    DirectDelivery status(List<String> users, String uid) {
        return new DirectDelivery(app, DeliveryPolicy.ONLINE_ONLY, users, message(uid), null);
    }

    /** As an expander writes it. All with the same key, so that a later one is dispatched later. */
    void send(DirectDelivery delivery) throws Exception {
        kafka.send(new ProducerRecord<>(Topic.DELIVERY_DIRECT.topicName(), app, Json.write(delivery)));
    }

    /** One that somebody follows. */
    void send(DirectDelivery delivery, Followed trace) throws Exception {
        kafka.send(trace.on(new ProducerRecord<>(Topic.DELIVERY_DIRECT.topicName(), app, Json.write(delivery))));
    }

    /** The same, as a job for all users writes it. */
    void sendInBulk(DirectDelivery delivery, Followed trace) throws Exception {
        kafka.send(trace.on(new ProducerRecord<>(Topic.DELIVERY_BULK.topicName(), app, Json.write(delivery))));
    }

    /** The places in traces that the records of a message name. */
    List<String> traceparents(Topic topic, String uid, int count) {
        return kafka.await(topic, count, record -> isOf(record, uid)).stream()
                .map(record -> record.headers().lastHeader(CommandHeaders.TRACEPARENT))
                .filter(Objects::nonNull)
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .toList();
    }

    /** As a job for all users writes it. */
    void sendInBulk(DirectDelivery delivery) throws Exception {
        kafka.send(new ProducerRecord<>(Topic.DELIVERY_BULK.topicName(), app, Json.write(delivery)));
    }

    DirectDelivery chunk(DeliveryPolicy policy, List<String> users, String uid, PushNotification push) {
        ClientMessage message = new ClientMessage(
                uid, ConversationType.SYSTEM, "sys", "sys", "RC:TxtMsg", null, System.currentTimeMillis(), null);
        return new DirectDelivery(app, policy, users, message, push);
    }

    /** The push jobs of a message to all users, when there are so many. */
    List<PushJob> awaitBulkPushJobs(String uid, int count) {
        return kafka.await(Topic.DELIVERY_PUSH_BULK, count, record -> isOf(record, uid)).stream()
                .map(record -> read(record, PushJob.class))
                .toList();
    }

    List<PushJob> bulkPushJobs(String uid) {
        return kafka.all(Topic.DELIVERY_PUSH_BULK, record -> isOf(record, uid)).stream()
                .map(record -> read(record, PushJob.class))
                .toList();
    }

    /** As a dispatcher writes it. */
    void sendToMailbox(int partition, DirectDelivery delivery, int reroutes, InboxPlace place) throws Exception {
        kafka.send(new ProducerRecord<>(
                Topic.DELIVERY_NODE.topicName(),
                partition,
                RecordKey.ofUser(app, delivery.userIds().get(0)),
                Json.write(new NodeDelivery(delivery, reroutes, place, List.of(PHONE)))));
    }

    List<DeliveryOutcome> awaitOutcomes(String uid, int count) {
        return kafka.await(Topic.DELIVERY_OUTCOME, count, record -> isOutcomeOf(record, uid)).stream()
                .map(record -> read(record, DeliveryOutcome.class))
                .toList();
    }

    /** The last outcomes of this app's messages by messageUID, when so many messages have two. */
    Map<String, Kind> awaitOutcomes(int count) {
        return kafka.await(Topic.DELIVERY_OUTCOME, 2 * count, record -> isOutcomeOf(record, app)).stream()
                .map(record -> read(record, DeliveryOutcome.class))
                .collect(
                        Collectors.toMap(DeliveryOutcome::messageUID, DeliveryOutcome::outcome, (first, last) -> last));
    }

    /** The outcome of a message after it was stored. */
    Kind awaitOutcome(String uid) {
        List<DeliveryOutcome> outcomes = awaitOutcomes(uid, 2);
        if (outcomes.get(0).outcome() != Kind.STORED) {
            throw new AssertionError("not stored first: " + outcomes);
        }
        return outcomes.get(1).outcome();
    }

    /** A device of the user that a push provider reaches. */
    void registerPhone(Devices devices, String user) {
        register(devices, user, PHONE, "fcm");
    }

    void register(Devices devices, String user, String device, String provider) {
        devices.register(new Device(
                        app,
                        user,
                        device,
                        provider,
                        Secret.of("token-of-" + user + "-" + device),
                        Environment.PRODUCTION,
                        null,
                        null,
                        null,
                        Instant.now()))
                .await()
                .indefinitely();
    }

    /** The push job of a message, when there is one. */
    PushJob awaitPushJob(String uid) {
        return read(
                kafka.await(Topic.DELIVERY_PUSH, 1, record -> isOf(record, uid)).get(0), PushJob.class);
    }

    List<DeliveryOutcome> outcomes(String uid) {
        return kafka.all(Topic.DELIVERY_OUTCOME, record -> isOutcomeOf(record, uid)).stream()
                .map(record -> read(record, DeliveryOutcome.class))
                .toList();
    }

    /** Of a message, or of an app. */
    List<PushJob> pushJobs(String uid) {
        return kafka.all(Topic.DELIVERY_PUSH, record -> isOf(record, uid)).stream()
                .map(record -> read(record, PushJob.class))
                .toList();
    }

    List<NodeDelivery> mailboxRecords(String uid) {
        return kafka.all(Topic.DELIVERY_NODE, record -> isOf(record, uid)).stream()
                .map(record -> read(record, NodeDelivery.class))
                .toList();
    }

    /** All that was written about the messages before it is there when the answer to this one is. */
    void awaitDispatchOfAllBefore() throws Exception {
        String uid = uid();
        send(personal("nobody", uid, null));
        awaitOutcomes(uid, 2);
    }

    /** And no count. */
    private static boolean isOutcomeOf(ConsumerRecord<String, byte[]> record, String uid) {
        return record.headers().lastHeader(CommandHeaders.TYPE) == null && isOf(record, uid);
    }

    private static boolean isOf(ConsumerRecord<String, byte[]> record, String uid) {
        return new String(record.value(), StandardCharsets.UTF_8).contains(uid);
    }

    private static <T> T read(ConsumerRecord<String, byte[]> record, Class<T> type) {
        try {
            return Json.read(record.value(), type);
        } catch (Json.MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kafka.close();
    }
}
