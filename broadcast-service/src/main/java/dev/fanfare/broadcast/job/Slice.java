package dev.fanfare.broadcast.job;

import dev.fanfare.broadcast.online.OnlineHalf;
import dev.fanfare.contracts.Limits;
import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What is written for the next users of a job. Pure: the same job and users give the same records, keys and message ids
 * included, so that what a crash lets write again is recognised. The records are made while they are walked through.
 *
 * @param userIds the next ones, in order
 */
record Slice(Job job, List<String> userIds) {

    /** The most users of one slice, so that other jobs get their turn soon. */
    static int limit(PushHalf half, int usersOfChunks) {
        return switch (half) {
            // Whole chunks, so that where one begins does not depend on the slices before.
            case CHUNKS -> Math.max(1, usersOfChunks / Limits.USERS_PER_CHUNK) * Limits.USERS_PER_CHUNK;
            case INBOXES, NOTHING -> Limits.USERS_PER_CHUNK;
        };
    }

    /** How many records it is. */
    int size() {
        return switch (job.pushHalf()) {
            case CHUNKS -> chunks();
            case INBOXES -> userIds.size();
            case NOTHING -> 0;
        };
    }

    /**
     * The same as what came of a span. A chunk is followed each for itself; of messages to single users the first one stands
     * for the others, so that no job makes more spans than it has chunks.
     */
    Iterable<OutRecord> records(Span span) {
        if (!span.getSpanContext().isSampled()) {
            return records();
        }
        return () -> {
            Stream<OutRecord> all = StreamSupport.stream(records().spliterator(), false);
            return switch (job.pushHalf()) {
                case CHUNKS -> all.map(record -> Tracing.carried(span, record)).iterator();
                case INBOXES, NOTHING ->
                    Tracing.carriedByOne(span, all.toList()).iterator();
            };
        };
    }

    Iterable<OutRecord> records() {
        return () -> switch (job.pushHalf()) {
            case CHUNKS -> inChunks().iterator();
            case INBOXES -> toInboxes().iterator();
            case NOTHING -> Stream.<OutRecord>empty().iterator();
        };
    }

    private Stream<OutRecord> inChunks() {
        AllUsersCommand command = job.command();
        ClientMessage message = withoutContent(OnlineHalf.message(command, job.sentAt()));
        PushNotification push = PushHalf.push(command).orElseThrow();
        DeliveryPolicy policy = command.pushTo() == PushTo.ALL ? DeliveryPolicy.PUSH_ALL : DeliveryPolicy.PUSH_OFFLINE;
        long first = job.users() / Limits.USERS_PER_CHUNK;
        return IntStream.range(0, chunks())
                .mapToObj(i -> OutRecord.of(
                        Topic.DELIVERY_BULK,
                        RecordKey.ofChunk(job.appKey(), job.messageUid(), first + i),
                        new DirectDelivery(job.appKey(), policy, chunk(i), message, push)));
    }

    private Stream<OutRecord> toInboxes() {
        AllUsersCommand command = job.command();
        PushNotification push = PushHalf.push(command).orElse(null);
        // One messageUID for all of them, so that one recall takes all of them back.
        ClientMessage message = OnlineHalf.message(command, job.sentAt());
        return userIds.stream()
                .map(userId -> OutRecord.of(
                        Topic.DELIVERY_BULK,
                        RecordKey.ofUser(job.appKey(), userId),
                        new DirectDelivery(
                                job.appKey(), DeliveryPolicy.ONLINE_ELSE_PUSH, List.of(userId), message, push)));
    }

    private int chunks() {
        return (userIds.size() + Limits.USERS_PER_CHUNK - 1) / Limits.USERS_PER_CHUNK;
    }

    private List<String> chunk(int i) {
        int from = i * Limits.USERS_PER_CHUNK;
        return userIds.subList(from, Math.min(from + Limits.USERS_PER_CHUNK, userIds.size()));
    }

    /** What clients get came by the stream, and what is pushed is in the push. */
    private static ClientMessage withoutContent(ClientMessage message) {
        return new ClientMessage(
                message.messageUID(),
                message.conversationType(),
                message.targetId(),
                message.fromUserId(),
                message.objectName(),
                null,
                message.sentTime(),
                null);
    }
}
