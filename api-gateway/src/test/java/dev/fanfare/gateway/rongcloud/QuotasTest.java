package dev.fanfare.gateway.rongcloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.WrittenRecords;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often an app may call, and what it may call at all. */
@GatewayTest
class QuotasTest {

    private WrittenRecords records;
    private BackEnd app;

    @BeforeEach
    void open() {
        records = new WrittenRecords();
        app = BackEnd.create();
    }

    @AfterEach
    void close() {
        records.close();
    }

    @Test
    void sixtyBroadcastsAMinute() {
        // Given
        for (int i = 1; i <= 60; i++) {
            Answer admitted = app.post(Calls.BROADCAST, Calls.broadcast()).isSuccess();
            assertThat(admitted.header("RateLimit-Limit")).isEqualTo("60");
            assertThat(admitted.header("RateLimit-Remaining")).isEqualTo(Integer.toString(60 - i));
        }
        long before = records.count();

        // When
        Answer answer = app.post(Calls.BROADCAST, Calls.broadcast());

        // Then
        answer.isRefused(429, 1008);
        assertThat(answer.header("RateLimit-Remaining")).isEqualTo("0");
        assertThat(Long.parseLong(answer.header("Retry-After"))).isBetween(1L, 60L);
        assertThat(answer.header("RateLimit-Reset")).isEqualTo(answer.header("Retry-After"));
        assertThat(records.count()).isEqualTo(before);
        BackEnd.create().post(Calls.BROADCAST, Calls.broadcast()).isSuccess();
    }

    @Test
    void aGroupStatusCountsItsGroups() {
        // Given
        Form call = Calls.groupStatus().withMany("toGroupId", 3);

        // When
        Answer answer = app.post(Calls.GROUP_STATUS, call);

        // Then
        answer.isSuccess();
        assertThat(answer.header("RateLimit-Limit")).isEqualTo("20");
        assertThat(answer.header("RateLimit-Remaining")).isEqualTo("17");
        assertThat(answer.header("RateLimit-Reset")).isEqualTo("1");
    }

    @Test
    void systemMessagesCountTheirRecipients() {
        // When
        Answer system = app.post(Calls.SYSTEM, Calls.system().withMany("toUserId", 60));
        Answer template = app.postJson(Calls.TEMPLATE, Calls.template());

        // Then
        assertThat(system.isSuccess().header("RateLimit-Limit")).isEqualTo("100");
        assertThat(system.header("RateLimit-Remaining")).isEqualTo("40");
        assertThat(template.isSuccess().header("RateLimit-Remaining")).isEqualTo("98");
    }

    @ParameterizedTest
    @CsvSource({"statusmessage/group/publish, toGroupId, 2", "message/system/publish, toUserId, 59"})
    void aCallIsAdmittedWholeOrNotAtAll(String endpoint, String field, int limit) {
        // Given
        app.change(Map.of("limits", Map.of(endpoint, limit)));
        Form call = Calls.broadcast();
        long before = records.count();

        // When
        Answer answer = app.post("/" + endpoint + ".json", call.withMany(field, limit + 1));

        // Then
        answer.isRefused(429, 1008).says("counts " + (limit + 1)).says("limit is " + limit);
        assertThat(answer.header("RateLimit-Remaining")).isEqualTo(Integer.toString(limit));
        assertThat(records.count()).isEqualTo(before);
        app.post("/" + endpoint + ".json", call.withMany(field, limit)).isSuccess();
    }

    @Test
    void aRefusedCallCountsOne() {
        // Given
        app.change(Map.of("limits", Map.of("user/info", 2)));

        // When
        Answer first = app.post("/user/info.json", Form.of("x", "y"));
        Answer second = app.post("/user/info.json", Form.of("userId", ""));
        Answer third = app.post("/user/info.json", Form.of("userId", "u1"));

        // Then
        assertThat(List.of(first.code(), second.code(), third.code())).containsExactly(1002, 1002, 1008);
    }

    @ParameterizedTest
    @CsvSource({
        "broadcast, /message/online/broadcast.json",
        "group-status, /statusmessage/group/publish.json",
        "system, /message/system/publish.json",
        "template, /message/system/publish_template.json"
    })
    void aFeatureThatIsOffSaysSoAndThenThatItIsHammered(String feature, String path) {
        // Given
        String endpoint = path.substring(1).replace(".json", "");
        app.change(Map.of("switchedOff", List.of(feature), "limits", Map.of(endpoint, 2)));
        long before = records.count();
        Form call = Calls.system().and("toGroupId", "g1");

        // When
        Answer first = app.post(path, call);
        Answer second = app.post(path, call);
        Answer third = app.post(path, call);

        // Then
        first.isRefused(430, 1009);
        second.isRefused(430, 1009);
        third.isRefused(429, 1008);
        assertThat(third.header("Retry-After")).isNotNull();
        assertThat(records.count()).isEqualTo(before);
    }

    @Test
    void aFeatureCanBeSwitchedOnAgain() {
        // Given
        app.change(Map.of("switchedOff", List.of("broadcast")));
        app.post(Calls.BROADCAST, Calls.broadcast()).isRefused(430, 1009);

        // When
        app.change(Map.of("switchedOff", List.of()));

        // Then
        app.post(Calls.BROADCAST, Calls.broadcast()).isSuccess();
    }
}
