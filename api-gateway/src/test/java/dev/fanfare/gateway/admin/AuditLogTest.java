package dev.fanfare.gateway.admin;

import static dev.fanfare.gateway.admin.AdminTokensTest.created;
import static dev.fanfare.gateway.admin.AdminTokensTest.isRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.GatewayDatabase;
import dev.fanfare.gateway.fixture.GatewayTest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was done by the admin API is written down, with it, and stays. */
@GatewayTest
class AuditLogTest {

    private static final String HIDDEN = "hidden-hidden-hidden-hidden-1234";

    @Test
    void everyActOnAnAppIsRecordedWithoutSecrets() {
        // Given
        String name = "t-" + UUID.randomUUID();
        BackEnd app = BackEnd.create();
        String token = created(name, List.of("apps", "push"), null);
        String path = "/apps/" + app.appKey();

        // When
        BackEnd.admin(token, "PATCH", path, Map.of("name", "Secret plans", "limits", Map.of("user/info", 7)));
        BackEnd.admin(token, "PUT", path + "/zim", Map.of("zimAppId", "77001", "zimServerSecret", HIDDEN));
        BackEnd.admin(token, "DELETE", path + "/zim/previous-secret", null);
        BackEnd.admin(token, "DELETE", path + "/zim", null);
        Answer rotated = BackEnd.admin(token, "POST", path + "/secret", null);
        BackEnd.admin(token, "PUT", path + "/push/apns", Map.of("key", HIDDEN));
        BackEnd.admin(token, "POST", path + "/push/apns/check", null);
        BackEnd.admin(token, "DELETE", path + "/push/apns", null);
        BackEnd.admin(token, "POST", path + "/lock", null);
        BackEnd.admin(token, "POST", path + "/unlock", null);
        BackEnd.admin(token, "DELETE", path, null);

        // Then
        List<JsonNode> acts = of(app);
        assertThat(acts.stream().map(AuditLogTest::told))
                .containsExactly(
                        "root app.create DONE",
                        name + " app.change DONE name, limits",
                        name + " app.zim DONE",
                        name + " app.zim-end-previous-secret DONE",
                        name + " app.zim-remove DONE",
                        name + " app.secret DONE",
                        name + " push.put STARTED apns",
                        name + " push.put DONE apns",
                        name + " push.check STARTED apns",
                        name + " push.check DONE apns",
                        name + " push.delete STARTED apns",
                        name + " push.delete DONE apns",
                        name + " app.lock DONE",
                        name + " app.unlock DONE",
                        name + " app.delete DONE");
        assertThat(acts).allMatch(act -> act.path("from").asText().equals("127.0.0.1"));
        assertThat(acts).allMatch(act -> !act.path("at").asText().isEmpty());
        String newSecret = rotated.body().path("secret").asText();
        assertThat(newSecret).isNotEmpty();
        assertThat(GatewayDatabase.rows("audit"))
                .noneMatch(row -> row.contains(HIDDEN) || row.contains(newSecret) || row.contains("Secret plans"));
    }

    @Test
    void whatWasRefusedIsRecordedToo() {
        // Given
        String name = "t-" + UUID.randomUUID();
        BackEnd app = BackEnd.create();
        String token = created(name, List.of("read"), null);
        String path = "/apps/" + app.appKey();

        // When
        BackEnd.admin(token, "POST", path + "/lock", null);
        BackEnd.admin("PATCH", "/" + app.appKey(), Map.of("limits", Map.of("user/info", 0)));
        BackEnd.admin("POST", "", Map.of("appKey", app.appKey()));
        BackEnd.admin("PUT", "/" + app.appKey() + "/push/away", Map.of("key", HIDDEN));
        BackEnd.admin("PUT", "/" + app.appKey() + "/push/pigeon", Map.of("key", HIDDEN));
        BackEnd.admin(token, "GET", path, null);

        // Then
        assertThat(of(app).stream().map(AuditLogTest::told))
                .containsExactly(
                        "root app.create DONE",
                        name + " app.lock FORBIDDEN",
                        "root app.change INVALID",
                        "root app.create APP_EXISTS",
                        "root push.put STARTED away",
                        "root push.put UNAVAILABLE away",
                        "root push.put STARTED pigeon",
                        "root push.put NO_SUCH_PROVIDER pigeon");
    }

    @Test
    void aTextFromOutsideCannotBreakTheLog() {
        // When
        Answer answer = BackEnd.admin("POST", "/" + "x".repeat(100) + "%0A%00/lock", null);

        // Then
        assertThat(answer.status()).isEqualTo(404);
        assertThat(acts("?app=" + "x".repeat(64)).stream().map(AuditLogTest::told))
                .contains("root app.lock NOT_FOUND");
    }

    @Test
    void tokensAreRecorded() {
        // Given
        String name = "t-" + UUID.randomUUID();
        created(name, List.of("read"), null);

        // When
        BackEnd.admin(BackEnd.rootToken(), "DELETE", "/tokens/" + name, null);

        // Then
        assertThat(acts("?by=root").stream().map(AuditLogTest::told))
                .contains("root token.create DONE " + name, "root token.revoke DONE " + name);
    }

    @Test
    void pagesHaveEveryEntryOnceTheNewestFirst() {
        // Given
        BackEnd app = BackEnd.create();
        for (int i = 0; i < 4; i++) {
            BackEnd.admin("POST", "/" + app.appKey() + "/lock", null);
        }

        // When
        List<Long> ids = new ArrayList<>();
        String before = "";
        int pages = 0;
        do {
            JsonNode page = page("?limit=2&app=" + app.appKey() + before);
            page.path("acts").forEach(act -> ids.add(act.path("id").asLong()));
            before = page.has("next") ? "&before=" + page.path("next").asText() : null;
            pages++;
        } while (before != null);

        // Then
        assertThat(pages).isEqualTo(3);
        assertThat(ids).hasSize(5).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    @Test
    void whoHasATokenOfOneAppSeesItsActsOnly() {
        // Given
        BackEnd mine = BackEnd.create();
        BackEnd other = BackEnd.create();
        String token = created("t-" + UUID.randomUUID(), List.of("audit"), List.of(mine.appKey()));

        // When
        JsonNode all = BackEnd.admin(token, "GET", "/audit", null).body();
        JsonNode ofOther = BackEnd.admin(token, "GET", "/audit?app=" + other.appKey(), null)
                .body();

        // Then
        assertThat(all.findValuesAsText("app")).containsExactly(mine.appKey());
        assertThat(ofOther.path("acts")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update gateway.audit set outcome = 'DONE'",
                "delete from gateway.audit",
                "delete from gateway.audit where id < 0",
                "truncate gateway.audit"
            })
    void nobodyChangesWhatIsRecorded(String sql) {
        // Given
        BackEnd app = BackEnd.create();

        // When
        assertThatThrownBy(() -> GatewayDatabase.execute(sql))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("append-only");

        // Then
        assertThat(of(app)).hasSize(1);
    }

    @Test
    void anActThatCannotBeRecordedIsNotDone() throws Exception {
        // Given
        BackEnd app = BackEnd.create();
        GatewayDatabase.execute("alter table gateway.audit add constraint full_disk check (app_key <> '" + app.appKey()
                + "') not valid");

        // When
        Answer locked;
        try {
            locked = BackEnd.admin("POST", "/" + app.appKey() + "/lock", null);
        } finally {
            GatewayDatabase.execute("alter table gateway.audit drop constraint full_disk");
        }

        // Then
        assertThat(locked.status()).isGreaterThanOrEqualTo(400);
        assertThat(BackEnd.admin("GET", "/" + app.appKey(), null)
                        .body()
                        .path("status")
                        .asText())
                .isEqualTo("ACTIVE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?before=x", "?limit=x", "?limit=0", "?limit=1001"})
    void refusesABadPage(String query) {
        isRefused(BackEnd.admin(BackEnd.rootToken(), "GET", "/audit" + query, null), 400, "INVALID");
    }

    /** The oldest first. */
    private static List<JsonNode> of(BackEnd app) {
        List<JsonNode> acts = acts("?app=" + app.appKey());
        Collections.reverse(acts);
        return acts;
    }

    private static List<JsonNode> acts(String query) {
        List<JsonNode> acts = new ArrayList<>();
        page(query).path("acts").forEach(acts::add);
        return acts;
    }

    private static JsonNode page(String query) {
        return BackEnd.admin(BackEnd.rootToken(), "GET", "/audit" + query, null).body();
    }

    private static String told(JsonNode act) {
        return (act.path("by").asText() + " " + act.path("act").asText() + " "
                        + act.path("outcome").asText() + " "
                        + act.path("detail").asText())
                .trim();
    }
}
