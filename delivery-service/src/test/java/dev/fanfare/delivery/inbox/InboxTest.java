package dev.fanfare.delivery.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.app.AppSettings;
import dev.fanfare.delivery.app.KnownApps;
import dev.fanfare.delivery.device.DeviceRef;
import dev.fanfare.delivery.partition.DayPartitions;
import dev.fanfare.delivery.recall.MessageKey;
import dev.fanfare.delivery.recall.Recall;
import dev.fanfare.delivery.recall.RecalledMessages;
import dev.fanfare.delivery.user.UserKey;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class InboxTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Inboxes inboxes;

    @Inject
    InboxReader reader;

    @Inject
    Confirmations confirmations;

    @Inject
    KnownApps apps;

    @Inject
    DayPartitions partitions;

    @Inject
    RecalledMessages recalled;

    @Inject
    Pool pool;

    private final String app = "app-" + UUID.randomUUID();
    private final UserKey anna = new UserKey(app, "anna");
    private final UserKey ben = new UserKey(app, "ben");

    @Test
    void messagesOfAUserAreNumberedInTheOrderInWhichTheyCame() {
        // When
        List<Stored> first = store(message(anna, "A1"), message(ben, "B1"), message(anna, "A2"));
        List<Stored> second = store(message(anna, "A3"));

        // Then
        assertThat(first).extracting(stored -> stored.position().offset()).containsExactly(1L, 1L, 2L);
        assertThat(second.get(0).position())
                .isEqualTo(new InboxPosition(first.get(0).position().epoch(), 3));
        assertThat(after(anna, 0)).containsExactly("1 A1", "2 A2", "3 A3");
        assertThat(after(anna, 2)).containsExactly("3 A3");
    }

    @Test
    void aMessageThatIsStoredAgainKeepsItsPlace() {
        // Given
        InboxPosition place = store(message(anna, "A1")).get(0).position();

        // When
        List<Stored> again = store(message(anna, "A1"), message(anna, "A2"), message(anna, "A2"));

        // Then
        assertThat(again).extracting(Stored::again).containsExactly(true, false, false);
        assertThat(again).extracting(stored -> stored.position().offset()).containsExactly(1L, 2L, 2L);
        assertThat(again.get(0).position()).isEqualTo(place);
        assertThat(after(anna, 0)).containsExactly("1 A1", "2 A2");
    }

    @Test
    void twoWhoStoreTheSameAtTheSameTimeStoreItOnce() {
        // Given
        List<NewMessage> messages = IntStream.range(0, 50)
                .mapToObj(i -> message(i % 2 == 0 ? anna : ben, "M" + i))
                .toList();

        // When
        List<CompletableFuture<List<Stored>>> both = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            both.add(inboxes.store(messages).subscribeAsCompletionStage());
        }

        // Then
        List<Stored> first = both.get(0).join();
        both.forEach(other -> assertThat(other.join())
                .extracting(Stored::position)
                .isEqualTo(first.stream().map(Stored::position).toList()));
        assertThat(after(anna, 0)).hasSize(25).doesNotHaveDuplicates();
        assertThat(after(ben, 0)).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void whoStandsInAnotherInboxOfTheUserIsToldNothingOfThisOne() {
        // Given
        store(message(anna, "A1"), message(anna, "A2"));
        InboxPosition former = new InboxPosition(position(anna, 0).epoch() - 1, 0);

        // When
        List<InboxMessage> page = await(reader.after(anna, former, 1_000_000));

        // Then
        assertThat(page).isEmpty();
        assertThat(after(anna, 0)).containsExactly("1 A1", "2 A2");
    }

    @Test
    void aPageHasSoManyBytesOrOneMessage() {
        // Given
        store(IntStream.range(0, 150).mapToObj(i -> message(anna, "M" + i)).toArray(NewMessage[]::new));

        // When
        List<InboxMessage> few = await(reader.after(anna, position(anna, 0), 300));
        List<InboxMessage> one = await(reader.after(anna, position(anna, 0), 1));
        List<InboxMessage> many = await(reader.after(anna, position(anna, 0), 1_000_000));

        // Then
        assertThat(few.stream().mapToInt(message -> message.data().length).sum())
                .isBetween(200, 300);
        assertThat(one).extracting(InboxMessage::messageUid).containsExactly("M0");
        assertThat(many).hasSize(InboxReader.MAX_MESSAGES);
        assertThat(many)
                .extracting(InboxMessage::offset)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 100).boxed().toList());
    }

    @Test
    void inThePlaceOfWhatWasTakenBackFromAllStandsTheRecall() {
        // Given
        store(message(anna, "A1"), message(anna, "ALL"), message(ben, "ALL"), message(anna, "A2"));

        // When
        byte[] recall = data("recall of ALL, which is longer than that was");
        await(recalled.add(List.of(
                new Recall(new MessageKey(app, "ALL"), Optional.empty()),
                new Recall(new MessageKey(app, "ALL"), Optional.of(recall)),
                new Recall(new MessageKey(app, "A2"), Optional.empty()),
                new Recall(new MessageKey("another app", "A1"), Optional.of(recall)))));

        // Then
        assertThat(read(anna)).extracting(InboxMessage::data).containsExactly(data("A1"), recall, data("A2"));
        assertThat(read(ben)).extracting(InboxMessage::data).containsExactly(recall);
        assertThat(after(anna, 0)).containsExactly("1 A1", "2 ALL", "3 A2");
    }

    @Test
    void aDeviceIsWhereItWasLastAndNeverGoesBack() {
        // Given
        InboxPosition end = store(message(anna, "A1"), message(anna, "A2"), message(anna, "A3"))
                .get(2)
                .position();
        DeviceRef phone = new DeviceRef(app, "anna", "phone");
        assertThat(await(reader.state(phone))).isEqualTo(new InboxState(end, null));

        // When
        InboxPosition second = new InboxPosition(end.epoch(), 2);
        CompletableFuture<Boolean> forward = confirmations.confirm(phone, second);
        CompletableFuture<Boolean> back = confirmations.confirm(phone, new InboxPosition(end.epoch(), 1));
        forward.join();
        back.join();
        confirmations.confirm(phone, new InboxPosition(end.epoch() - 1, 7)).join();

        // Then
        assertThat(await(reader.state(phone))).isEqualTo(new InboxState(end, second));
        assertThat(await(reader.states(List.of(new DeviceRef(app, "anna", "tablet"), phone))))
                .extracting(InboxState::confirmed)
                .containsExactly(null, second);
    }

    @Test
    void whatIsTooOldIsNotStored() {
        // When
        Stored old = store(new NewMessage(anna, "A1", daysAgo(9), data("A1"))).get(0);

        // Then
        assertThat(old.position()).isNull();
        assertThat(after(anna, 0)).isEmpty();
    }

    @Test
    void whatIsTooOldForItsAppIsNeitherStoredNorRead() {
        // Given: not too old for others
        NewMessage old = new NewMessage(anna, "A1", daysAgo(3), data("A1"));
        store(old, message(anna, "A2"));
        assertThat(after(anna, 0)).containsExactly("1 A1", "2 A2");

        // When
        apps.learn(new AppSettings(app, 1, null, null, null, 2));

        // Then
        assertThat(after(anna, 0)).containsExactly("2 A2");
        assertThat(store(old, new NewMessage(anna, "A3", daysAgo(3), data("A3"))))
                .extracting(Stored::position)
                .containsOnlyNulls();
        assertThat(after(anna, 0)).containsExactly("2 A2");
    }

    @Test
    void whatIsTooOldGoesWithItsDay() {
        // Given
        LocalDate longAgo = LocalDate.now(ZoneOffset.UTC).minusDays(200);
        await(pool.preparedQuery("select delivery.day_partitions('inbox_message', $1, $1)")
                .execute(Tuple.of(longAgo)));
        await(pool.preparedQuery("insert into delivery.inbox_message values ($1, 'anna', 'A1', $2, 1, 'x'::bytea)")
                .execute(Tuple.of(app, longAgo)));

        // When
        await(partitions.moveOn());

        // Then
        long left = await(pool.preparedQuery("select count(*) from delivery.inbox_message where app_key = $1")
                        .execute(Tuple.of(app)))
                .iterator()
                .next()
                .getLong(0);
        assertThat(left).isZero();
        assertThat(store(message(anna, "A2")).get(0).position().offset()).isEqualTo(1);
    }

    private List<Stored> store(NewMessage... messages) {
        return await(inboxes.store(List.of(messages)));
    }

    private List<InboxMessage> read(UserKey user) {
        return await(reader.after(user, position(user, 0), 1_000_000));
    }

    private List<String> after(UserKey user, long offset) {
        return await(reader.after(user, position(user, offset), 1_000_000)).stream()
                .map(message -> message.offset() + " " + message.messageUid())
                .toList();
    }

    private InboxPosition position(UserKey user, long offset) {
        DeviceRef nobody = new DeviceRef(user.appKey(), user.userId(), "");
        return new InboxPosition(await(reader.state(nobody)).end().epoch(), offset);
    }

    private static NewMessage message(UserKey user, String uid) {
        return new NewMessage(user, uid, System.currentTimeMillis(), data(uid));
    }

    private static byte[] data(String uid) {
        return "{\"messageUID\":\"%s\",\"content\":\"%s\"}"
                .formatted(uid, "x".repeat(100 - uid.length()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static long daysAgo(int days) {
        return Instant.now().minus(Duration.ofDays(days)).toEpochMilli();
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(PATIENCE);
    }
}
