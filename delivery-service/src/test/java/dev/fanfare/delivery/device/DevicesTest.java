package dev.fanfare.delivery.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.device.Device.Environment;
import dev.fanfare.delivery.mailbox.RoutingProfile;
import dev.fanfare.delivery.user.UserKey;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(RoutingProfile.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class DevicesTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Inject
    Devices devices;

    @Inject
    DevicesConfig config;

    @Inject
    Pool postgres;

    private final String app = "app-" + UUID.randomUUID();

    @Test
    void aDeviceIsFoundAsItWasRegistered() {
        // Given
        Device phone = new Device(
                app,
                "u1",
                "phone",
                "apns",
                Secret.of("token"),
                Environment.SANDBOX,
                "com.example.app",
                "zh-Hans-CN",
                "Asia/Shanghai",
                NOON);

        // When
        register(phone);

        // Then
        assertThat(list("u1")).containsExactly(phone);
        assertThat(list("u2")).isEmpty();
    }

    @Test
    void theLastRegistrationOfADeviceCounts() {
        // Given
        register(device("u1", "phone", "old"));

        // When
        register(device("u1", "phone", "new"));

        // Then
        assertThat(list("u1")).extracting(Device::token).containsExactly(Secret.of("new"));
    }

    @Test
    void aTokenGoesFromItsFormerOwnerToTheNext() {
        // Given
        register(device("u1", "phone", "t"));
        register(device("u1", "tablet", "other"));

        // When
        register(device("u2", "phone", "t"));

        // Then
        assertThat(list("u1")).extracting(Device::deviceId).containsExactly("tablet");
        assertThat(list("u2")).extracting(Device::deviceId).containsExactly("phone");
    }

    @Test
    void aTokenIsOneOfItsAppAndProvider() {
        // Given
        register(device("u1", "phone", "t"));

        // When
        register(new Device(app, "u2", "phone", "fcm", Secret.of("t"), Environment.PRODUCTION, null, null, null, NOON));
        register(new Device(
                app + "-other", "u3", "phone", "apns", Secret.of("t"), Environment.PRODUCTION, null, null, null, NOON));

        // Then
        assertThat(list("u1")).hasSize(1);
    }

    @Test
    void ofManyWhoRegisterATokenAtTheSameTimeOneHasIt() {
        // Given
        List<Uni<Void>> registrations = IntStream.range(0, 8)
                .mapToObj(i -> devices.register(device("u" + i, "phone", "t")))
                .toList();

        // When
        wait(Uni.join().all(registrations).andFailFast());

        // Then
        assertThat(reachable(IntStream.range(0, 8).mapToObj(i -> "u" + i).toList()))
                .hasSize(1);
    }

    @Test
    void twoDevicesThatSwapTheirTokensAtTheSameTimeEndWithOneOfThemEach() {
        for (int round = 0; round < 10; round++) {
            // Given
            register(device("u1", "phone", "a" + round));
            register(device("u2", "phone", "b" + round));

            // When
            wait(Uni.join()
                    .all(
                            devices.register(device("u1", "phone", "b" + round)),
                            devices.register(device("u2", "phone", "a" + round)))
                    .andFailFast());

            // Then
            List<Device> left = new ArrayList<>(list("u1"));
            left.addAll(list("u2"));
            assertThat(left).extracting(Device::token).doesNotHaveDuplicates();
            // Who came second took the other's token from a device that had just got a new one, or not: never both
            // rows.
            assertThat(left).isNotEmpty();
        }
    }

    @Test
    void theDeviceThatWasRegisteredFirstGoesWhenThereAreTooMany() {
        // Given
        int most = config.maxPerUser();
        for (int i = 0; i < most; i++) {
            register(device("u1", "d" + i, "t" + i, NOON.plusSeconds(i)));
        }

        // When
        register(device("u1", "one-more", "t", NOON.plusSeconds(most)));

        // Then
        assertThat(list("u1"))
                .hasSize(most)
                .extracting(Device::deviceId)
                .contains("one-more", "d1")
                .doesNotContain("d0");
    }

    @Test
    void whoLogsOutIsNotPushedToAnyMore() {
        // Given
        register(device("u1", "phone", "t1"));
        register(device("u1", "tablet", "t2"));

        // When
        boolean removed = wait(devices.remove(new DeviceRef(app, "u1", "phone")));

        // Then
        assertThat(removed).isTrue();
        assertThat(list("u1")).extracting(Device::deviceId).containsExactly("tablet");
        assertThat(wait(devices.remove(new DeviceRef(app, "u1", "phone")))).isFalse();
    }

    @Test
    void allDevicesOfAUserGo() {
        // Given
        register(device("u1", "phone", "t1"));
        register(device("u1", "tablet", "t2"));
        register(device("u2", "phone", "t3"));

        // When
        int removed = wait(devices.removeAll(new UserKey(app, "u1")));

        // Then
        assertThat(removed).isEqualTo(2);
        assertThat(list("u1")).isEmpty();
        assertThat(list("u2")).hasSize(1);
    }

    @Test
    void manyUsersAreAskedForAtOnce() {
        // Given
        register(device("u1", "tablet", "t1"));
        register(device("u1", "phone", "t2"));
        register(device("u2", "phone", "t3"));

        // When
        Map<UserKey, List<ReachableDevice>> devices = reachable(List.of("u1", "u2", "u3", "u1"));

        // Then
        assertThat(devices)
                .containsOnly(
                        Map.entry(
                                new UserKey(app, "u1"),
                                List.of(new ReachableDevice("phone", "apns"), new ReachableDevice("tablet", "apns"))),
                        Map.entry(new UserKey(app, "u2"), List.of(new ReachableDevice("phone", "apns"))));
        assertThat(reachable(List.of())).isEmpty();
    }

    @Test
    void targetsAreTheDevicesThatHaveATokenNow() {
        // Given
        register(device("u1", "phone", "t1"));
        register(device("u1", "tablet", "t2"));

        // When
        List<PushTarget> targets = wait(devices.of(List.of(
                new DeviceRef(app, "u1", "phone"),
                new DeviceRef(app, "u1", "phone"),
                new DeviceRef(app, "u1", "gone"),
                new DeviceRef(app, "u2", "phone"))));

        // Then
        assertThat(targets).containsExactly(new PushTarget(device("u1", "phone", "t1"), false));
        assertThat(wait(devices.of(List.of()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // The user's quiet time is from 20:00 for an hour; it is noon in UTC.
        "Asia/Shanghai, true",
        "Europe/Berlin, false",
        "No/Such_Zone, false",
        ", false"
    })
    void aTargetIsQuietByTheClockOfItsDevice(String zone, boolean quiet) {
        // Given
        quietTime("u1", LocalTime.of(20, 0), 60);
        register(
                new Device(app, "u1", "phone", "apns", Secret.of("t"), Environment.PRODUCTION, null, null, zone, NOON));
        Devices atNoon = new Devices(postgres, config, Clock.fixed(NOON, ZoneOffset.UTC));

        // When
        List<PushTarget> targets = wait(atNoon.of(List.of(new DeviceRef(app, "u1", "phone"))));

        // Then
        assertThat(targets).extracting(PushTarget::quiet).containsExactly(quiet);
    }

    @Test
    void aDeviceThatSaysNoTimeZoneIsMeantInTheDefaultOne() {
        // Given
        quietTime("u1", LocalTime.of(12, 0), 1);
        register(device("u1", "phone", "t"));
        Devices atNoon = new Devices(postgres, config, Clock.fixed(NOON, ZoneOffset.UTC));

        // When
        List<PushTarget> targets = wait(atNoon.of(List.of(new DeviceRef(app, "u1", "phone"))));

        // Then
        assertThat(targets).extracting(PushTarget::quiet).containsExactly(true);
    }

    @ParameterizedTest
    @CsvSource({
        // invalid since, seconds after the registration; the token that was refused; forgotten
        "1, t, true",
        "0, t, false",
        "-1, t, false",
        "1, an-older-one, false"
    })
    void aTokenThatIsCalledInvalidIsForgottenUnlessItWasRegisteredSince(
            long seconds, String refused, boolean forgotten) {
        // Given
        register(device("u1", "phone", "t"));

        // When
        boolean removed = wait(devices.removeInvalid(device("u1", "phone", refused), NOON.plusSeconds(seconds)));

        // Then
        assertThat(removed).isEqualTo(forgotten);
        assertThat(list("u1")).hasSize(forgotten ? 0 : 1);
    }

    private Device device(String user, String id, String token) {
        return device(user, id, token, NOON);
    }

    private Device device(String user, String id, String token, Instant at) {
        return new Device(app, user, id, "apns", Secret.of(token), Environment.PRODUCTION, null, null, null, at);
    }

    private void register(Device device) {
        wait(devices.register(device));
    }

    private List<Device> list(String user) {
        return wait(devices.list(new UserKey(app, user)));
    }

    private Map<UserKey, List<ReachableDevice>> reachable(List<String> users) {
        return wait(devices.reachable(
                users.stream().map(user -> new UserKey(app, user)).toList()));
    }

    private void quietTime(String user, LocalTime start, int minutes) {
        wait(postgres.preparedQuery(
                        "insert into delivery.quiet_time (app_key, user_id, start_time, period_minutes, level)"
                                + " values ($1, $2, $3, $4, 1)")
                .execute(Tuple.of(app, user, start, minutes)));
    }

    private static <T> T wait(Uni<T> answer) {
        return answer.await().atMost(LIMIT);
    }
}
