package dev.fanfare.broadcast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.broadcast.Commands;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.runtime.pipeline.OutRecord;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceTest {

    private static final long TIME = 1_795_362_037_001L;

    @Test
    void namesItsUsersInChunksThatCarryThePushAndNoContent() throws Exception {
        // Given
        var command = Commands.text(InApp.KEPT, PushTo.OFFLINE, Commands.PUSH);
        List<String> users = users(1200);

        // When
        var slice = new Slice(job(command, 1000), users);

        // Then
        List<OutRecord> records = list(slice);
        assertThat(slice.size()).isEqualTo(3);
        assertThat(records)
                .extracting(OutRecord::key)
                .as("the number of a chunk goes on from slice to slice")
                .containsExactly(
                        "app:" + Commands.UID + ":2", "app:" + Commands.UID + ":3", "app:" + Commands.UID + ":4");
        assertThat(records).allMatch(record -> record.topic() == Topic.DELIVERY_BULK);
        List<DirectDelivery> chunks = deliveries(records);
        assertThat(chunks).extracting(chunk -> chunk.userIds().size()).containsExactly(500, 500, 200);
        assertThat(chunks.stream().flatMap(chunk -> chunk.userIds().stream())).isEqualTo(users);
        assertThat(chunks.get(0))
                .isEqualTo(new DirectDelivery(
                        "app",
                        DeliveryPolicy.PUSH_OFFLINE,
                        users.subList(0, 500),
                        new ClientMessage(
                                Commands.UID, ConversationType.SYSTEM, "shop", "shop", "RC:TxtMsg", null, TIME, null),
                        Commands.PUSH));
    }

    @Test
    void aPushWithoutAMessageGoesToAllDevices() throws Exception {
        // When
        var slice = new Slice(job(Commands.pushOnly(Commands.PUSH), 0), users(1));

        // Then
        DirectDelivery chunk = deliveries(list(slice)).get(0);
        assertThat(chunk.policy()).isEqualTo(DeliveryPolicy.PUSH_ALL);
        assertThat(chunk.message().objectName()).isNull();
        assertThat(chunk.message().messageUID()).isEqualTo(Commands.UID);
    }

    @Test
    void aChunkOfZimHasNoContentEither() throws Exception {
        // When
        var slice = new Slice(job(Commands.zim(PushTo.OFFLINE, Commands.PUSH), 0), users(1));

        // Then
        ClientMessage message = deliveries(list(slice)).get(0).message();
        assertThat(message.objectName()).isEqualTo("ZIM:1");
        assertThat(message.content()).isNull();
        assertThat(message.zim()).isNull();
    }

    @Test
    void inboxesGetTheWholeMessageUnderItsOneId() throws Exception {
        // Given
        var command = Commands.to(
                Commands.text(InApp.KEPT, PushTo.OFFLINE, Commands.PUSH), Commands.tagged(List.of("vip"), null));
        var slice = new Slice(job(command, 0), List.of("u1", "u2"));

        // When
        List<DirectDelivery> deliveries = deliveries(list(slice));

        // Then
        assertThat(slice.size()).isEqualTo(2);
        assertThat(list(slice)).extracting(OutRecord::key).containsExactly("app:u1", "app:u2");
        assertThat(deliveries).extracting(DirectDelivery::userIds).containsExactly(List.of("u1"), List.of("u2"));
        assertThat(deliveries).allSatisfy(delivery -> {
            assertThat(delivery.policy()).isEqualTo(DeliveryPolicy.ONLINE_ELSE_PUSH);
            assertThat(delivery.message().content()).isEqualTo("{\"content\":\"hello\"}");
            assertThat(delivery.push()).isEqualTo(Commands.PUSH);
        });
        assertThat(deliveries)
                .as("one recall takes all of them back")
                .extracting(delivery -> delivery.message().messageUID())
                .containsOnly(command.messageUID());
        assertThat(deliveries(list(slice))).as("made again").isEqualTo(deliveries);
    }

    @Test
    void whoFollowsAJobFollowsEachChunkAndOneOfTheMessagesToSingleUsers() {
        // Given
        var chunks = new Slice(job(Commands.text(InApp.KEPT, PushTo.OFFLINE, Commands.PUSH), 0), users(1200));
        var messages = new Slice(
                job(
                        Commands.to(
                                Commands.text(InApp.KEPT, PushTo.OFFLINE, Commands.PUSH),
                                Commands.tagged(List.of("vip"), null)),
                        0),
                users(3));
        Span followed = Span.wrap(SpanContext.create(
                "0af7651916cd43dd8448eb211c80319c",
                "b7ad6b7169203331",
                TraceFlags.getSampled(),
                TraceState.getDefault()));

        // When
        List<Boolean> ofChunks = traced(chunks.records(followed));
        List<Boolean> ofMessages = traced(messages.records(followed));

        // Then
        assertThat(ofChunks).containsExactly(true, true, true);
        assertThat(ofMessages).containsExactly(true, false, false);
        assertThat(traced(chunks.records(Span.getInvalid()))).containsExactly(false, false, false);
    }

    private static List<Boolean> traced(Iterable<OutRecord> records) {
        List<Boolean> traced = new ArrayList<>();
        records.forEach(record -> traced.add(record.headers().containsKey("traceparent")));
        return traced;
    }

    @ParameterizedTest
    @CsvSource({"CHUNKS,5000,5000", "CHUNKS,5499,5000", "CHUNKS,1,500", "INBOXES,5000,500", "NOTHING,5000,500"})
    void takesWholeChunksAndFewMessages(PushHalf half, int usersOfChunks, int expected) {
        // Then
        assertThat(Slice.limit(half, usersOfChunks)).isEqualTo(expected);
    }

    private static Job job(AllUsersCommand command, long users) {
        return new Job("app", command, TIME, null, "", users, Rate.from(0, TIME), null, null, null);
    }

    private static List<String> users(int count) {
        return IntStream.range(0, count).mapToObj(i -> "u" + i).toList();
    }

    private static List<OutRecord> list(Slice slice) {
        List<OutRecord> records = new ArrayList<>();
        slice.records().forEach(records::add);
        return records;
    }

    private static List<DirectDelivery> deliveries(List<OutRecord> records) throws Exception {
        List<DirectDelivery> deliveries = new ArrayList<>();
        for (OutRecord record : records) {
            deliveries.add(Json.read(record.value(), DirectDelivery.class));
        }
        return deliveries;
    }
}
