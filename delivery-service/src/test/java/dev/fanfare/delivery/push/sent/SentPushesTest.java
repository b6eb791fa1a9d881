package dev.fanfare.delivery.push.sent;

import static dev.fanfare.delivery.push.PushFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.delivery.device.DeviceRef;
import dev.fanfare.delivery.partition.DayPartitions;
import dev.fanfare.delivery.push.PushProfile;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(PushProfile.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class SentPushesTest {

    @Inject
    SentPushes sent;

    @Inject
    DayPartitions partitions;

    @Inject
    Pool pool;

    private final String app = "app-" + UUID.randomUUID();

    @Test
    void remembersWhatWasAcceptedAndNothingElse() {
        // Given
        SentPush first = new SentPush(key("M1", "phone"), "apns", "id-1");
        SentPush second = new SentPush(key("M2", "phone"), "webpush", null);

        // When
        get(Uni.join().all(sent.remember(first), sent.remember(second)).andFailFast());

        // Then
        assertThat(get(sent.of(
                        List.of(key("M1", "phone"), key("M2", "phone"), key("M1", "tablet"), key("M3", "phone")))))
                .containsOnlyKeys(first.key(), second.key())
                .containsEntry(first.key(), first)
                .containsEntry(second.key(), second);
    }

    @Test
    void theSamePushTwiceStaysAsItWasFirst() {
        // Given
        get(sent.remember(new SentPush(key("M1", "phone"), "apns", "first")));

        // When
        get(sent.remember(new SentPush(key("M1", "phone"), "apns", "second")));

        // Then
        assertThat(get(sent.of(List.of(key("M1", "phone"))))
                        .get(key("M1", "phone"))
                        .providerId())
                .isEqualTo("first");
    }

    @Test
    void aProviderIdThatPostgresHasNoTextForHoldsUpNothing() {
        // When
        get(sent.remember(new SentPush(key("M1", "phone"), "apns", "i\0d")));

        // Then
        assertThat(get(sent.of(List.of(key("M1", "phone"))))
                        .get(key("M1", "phone"))
                        .providerId())
                .isEqualTo("id");
    }

    @Test
    void remembersManyAtATime() {
        // Given
        List<PushKey> keys =
                IntStream.range(0, 3_000).mapToObj(i -> key("M" + i, "phone")).toList();

        // When
        get(Uni.join()
                .all(keys.stream()
                        .map(key -> sent.remember(new SentPush(key, "apns", null)))
                        .toList())
                .andFailFast());

        // Then
        assertThat(get(sent.of(keys))).hasSize(3_000);
    }

    @Test
    void daysThatNoJobComesBackForGoAsAWhole() {
        // Given
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        LocalDate before = today.minusDays(30);
        get(pool.preparedQuery("select delivery.day_partitions('push_sent', $1, $1)")
                .execute(Tuple.of(before)));
        get(pool.preparedQuery("insert into delivery.push_sent values ($1, 'u', 'M1', 'phone', $2, 'apns', null)")
                .execute(Tuple.of(app, before)));
        get(sent.remember(new SentPush(key("M2", "phone"), "apns", null)));
        boolean wasThere = get(sent.of(List.of(key("M1", "phone")))).size() == 1;

        // When
        get(partitions.moveOn());

        // Then
        assertThat(wasThere).isTrue();
        assertThat(get(sent.of(List.of(key("M1", "phone"), key("M2", "phone")))))
                .containsOnlyKeys(key("M2", "phone"));
    }

    private PushKey key(String uid, String device) {
        return new PushKey(new DeviceRef(app, "u", device), uid);
    }

    private static <T> T get(Uni<T> answer) {
        return answer.await().atMost(PATIENCE);
    }
}
