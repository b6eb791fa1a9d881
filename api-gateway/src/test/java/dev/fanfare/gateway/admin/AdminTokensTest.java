package dev.fanfare.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.gateway.fixture.AdminRoutes;
import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.GatewayDatabase;
import dev.fanfare.gateway.fixture.GatewayTest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of the admin API beside the configured one: who gets how far with which. */
@GatewayTest
class AdminTokensTest {

    private static final List<String> SCOPES = List.of("read", "apps", "push", "audit");

    /** Every call, and the only scope that opens it. */
    private static final Map<String, String> NEEDED = Map.ofEntries(
            Map.entry("GET /admin/v1/apps", "read"),
            Map.entry("GET /admin/v1/apps/{key}", "read"),
            Map.entry("GET /admin/v1/apps/{key}/push", "read"),
            Map.entry("GET /admin/v1/apps/{key}/push/{provider}", "read"),
            Map.entry("POST /admin/v1/apps", "apps"),
            Map.entry("PATCH /admin/v1/apps/{key}", "apps"),
            Map.entry("DELETE /admin/v1/apps/{key}", "apps"),
            Map.entry("POST /admin/v1/apps/{key}/secret", "apps"),
            Map.entry("POST /admin/v1/apps/{key}/lock", "apps"),
            Map.entry("POST /admin/v1/apps/{key}/unlock", "apps"),
            Map.entry("PUT /admin/v1/apps/{key}/zim", "apps"),
            Map.entry("DELETE /admin/v1/apps/{key}/zim", "apps"),
            Map.entry("DELETE /admin/v1/apps/{key}/zim/previous-secret", "apps"),
            Map.entry("PUT /admin/v1/apps/{key}/push/{provider}", "push"),
            Map.entry("POST /admin/v1/apps/{key}/push/{provider}/check", "push"),
            Map.entry("DELETE /admin/v1/apps/{key}/push/{provider}", "push"),
            Map.entry("GET /admin/v1/audit", "audit"),
            Map.entry("GET /admin/v1/tokens", "tokens"),
            Map.entry("POST /admin/v1/tokens", "tokens"),
            Map.entry("DELETE /admin/v1/tokens/{name}", "tokens"));

    private final String name = "t-" + UUID.randomUUID();

    @Test
    void everyCallIsInTheTable() {
        assertThat(AdminRoutes.all()).containsExactlyInAnyOrderElementsOf(NEEDED.keySet());
    }

    @Test
    void aTokenOpensTheCallsOfItsScopesAndNoOthers() {
        // Given
        String app = BackEnd.create().appKey();
        Map<String, String> tokens = new HashMap<>();
        SCOPES.forEach(scope -> tokens.put(scope, created("only-" + scope + "-" + name, List.of(scope), null)));

        NEEDED.forEach((route, needed) -> tokens.forEach((scope, token) -> {
            // When
            Answer answer = call(token, route, app);

            // Then
            if (scope.equals(needed)) {
                assertThat(answer.status()).as(route + " with " + scope).isNotIn(401, 403);
            } else {
                isRefused(answer, 403, "FORBIDDEN");
                assertThat(answer.body().path("text").asText())
                        .as(route)
                        .contains(needed.equals("tokens") ? "only fanfare.admin.token" : "this call needs " + needed);
            }
        }));
    }

    @Test
    void aTokenOfOneAppDoesNotReachAnother() {
        // Given
        BackEnd mine = BackEnd.create();
        BackEnd other = BackEnd.create();
        String token = created(name, SCOPES, List.of(mine.appKey()));
        Answer before = BackEnd.admin("GET", "/" + other.appKey(), null);

        NEEDED.keySet().stream().filter(route -> route.contains("{key}")).forEach(route -> {
            // When
            Answer answer = call(token, route, other.appKey());

            // Then
            isRefused(answer, 403, "FORBIDDEN");
            assertThat(answer.body().path("text").asText()).contains(mine.appKey());
        });
        isRefused(BackEnd.admin(token, "POST", "/apps", Map.of("appKey", "new-" + name)), 403, "FORBIDDEN");
        assertThat(BackEnd.admin("GET", "/" + other.appKey(), null).body()).isEqualTo(before.body());
    }

    @Test
    void aTokenOfOneAppSeesAndChangesIt() {
        // Given
        BackEnd mine = BackEnd.create();
        BackEnd.create();
        String token = created(name, List.of("read", "apps"), List.of(mine.appKey()));

        // When
        Answer changed = BackEnd.admin(token, "PATCH", "/apps/" + mine.appKey(), Map.of("name", "Mine"));

        // Then
        assertThat(changed.status()).isEqualTo(200);
        assertThat(BackEnd.admin(token, "GET", "/apps", null).body().findValuesAsText("name"))
                .containsExactly("Mine");
    }

    @Test
    void aTokenIsShownOnceAndKeptAsAHash() {
        // When
        Answer made = create(Map.of("name", name, "scopes", List.of("read"), "expiresAt", "2100-01-01T00:00:00Z"));

        // Then
        String token = made.body().path("token").asText();
        assertThat(token).matches("fanfare_admin_[A-Za-z0-9_-]{43}");
        Answer list = BackEnd.admin(BackEnd.rootToken(), "GET", "/tokens", null);
        assertThat(list.body().findValuesAsText("name")).contains(name);
        assertThat(list.body().toString()).doesNotContain(token).doesNotContain("hash");
        assertThat(GatewayDatabase.rows("admin_token"))
                .anyMatch(row -> row.contains(name) && row.contains(AdminToken.hash(token)))
                .noneMatch(row -> row.contains(token));
        assertThat(GatewayDatabase.rows("audit")).noneMatch(row -> row.contains(token));
    }

    @Test
    void aTokenEndsWhenItIsRevokedAndItsNameIsNotGivenAgain() {
        // Given
        String token = created(name, SCOPES, null);
        assertThat(BackEnd.admin(token, "GET", "/apps", null).status()).isEqualTo(200);

        // When
        Answer revoked = BackEnd.admin(BackEnd.rootToken(), "DELETE", "/tokens/" + name, null);

        // Then
        assertThat(revoked.body().path("revokedAt").asText()).isNotEmpty();
        Answer answer = BackEnd.admin(token, "GET", "/apps", null);
        isRefused(answer, 401, "UNAUTHORIZED");
        assertThat(answer.body().path("text").asText()).contains(name, "was revoked", "POST /admin/v1/tokens");
        isRefused(create(Map.of("name", name, "scopes", SCOPES)), 409, "TOKEN_EXISTS");
    }

    @Test
    void aTokenThatAnotherGatewayMadeOrRevokedIsKnownHereSoon() throws Exception {
        // Given
        String token = AdminToken.newText().reveal();
        GatewayDatabase.execute(
                "insert into gateway.admin_token (name, hash, scopes, apps, created_at) values ('%s', '%s', 'READ', '', now())"
                        .formatted(name, AdminToken.hash(token)));
        await().until(() -> BackEnd.admin(token, "GET", "/apps", null).status() == 200);

        // When
        GatewayDatabase.execute("update gateway.admin_token set revoked_at = now() where name = '" + name + "'");

        // Then
        await().until(() -> BackEnd.admin(token, "GET", "/apps", null).status() == 401);
    }

    @Test
    void aTokenEndsAtItsTime() {
        // Given
        Instant end = Instant.parse("2030-01-01T00:00:00Z");
        Admin admin = new Admin("t", Set.of(AdminScope.READ), Set.of());
        AdminToken token = new AdminToken("", admin, Instant.EPOCH, end, null);

        // When
        var before = AdminTokens.judge(token, end.minusMillis(1));
        var after = AdminTokens.judge(token, end);

        // Then
        assertThat(before).isEqualTo(new AdminTokens.Lookup.Known(admin));
        assertThat(after).isEqualTo(new AdminTokens.Lookup.Ended("the token 't' expired at 2030-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"scopes\":[\"read\"]}",
                "{\"name\":\"root\",\"scopes\":[\"read\"]}",
                "{\"name\":\"configuration\",\"scopes\":[\"read\"]}",
                "{\"name\":\"Big\",\"scopes\":[\"read\"]}",
                "{\"name\":\"\",\"scopes\":[\"read\"]}",
                "{\"name\":\"x\"}",
                "{\"name\":\"x\",\"scopes\":[]}",
                "{\"name\":\"x\",\"scopes\":[null]}",
                "{\"name\":\"x\",\"scopes\":[\"tokens\"]}",
                "{\"name\":\"x\",\"scopes\":[\"everything\"]}",
                "{\"name\":\"x\",\"scopes\":\"read\"}",
                "{\"name\":\"x\",\"scopes\":[\"read\"],\"apps\":[]}",
                "{\"name\":\"x\",\"scopes\":[\"read\"],\"apps\":[null]}",
                "{\"name\":\"x\",\"scopes\":[\"read\"],\"apps\":[\"a,b\"]}",
                "{\"name\":\"x\",\"scopes\":[\"read\"],\"expiresAt\":\"tomorrow\"}",
                "{\"name\":\"x\",\"scopes\":[\"read\"],\"expiresAt\":\"2020-01-01T00:00:00Z\"}",
                "{\"name\":\"x\",\"scopes\":[\"read\"],\"token\":\"mine\"}",
                "null",
                "",
            })
    void refusesABadToken(String body) {
        // When
        Answer answer = BackEnd.send(HttpRequest.newBuilder(BackEnd.url("/admin/v1/tokens"))
                .header("Authorization", "Bearer " + BackEnd.rootToken())
                .header("Content-Type", BackEnd.JSON)
                .POST(BodyPublishers.ofString(body))
                .build());

        // Then
        isRefused(answer, 400, "INVALID");
    }

    @Test
    void saysThatThereIsNoSuchToken() {
        isRefused(BackEnd.admin(BackEnd.rootToken(), "DELETE", "/tokens/nobody", null), 404, "NO_SUCH_TOKEN");
        isRefused(BackEnd.admin(AdminToken.newText().reveal(), "GET", "/apps", null), 401, "UNAUTHORIZED");
    }

    private static Answer call(String token, String route, String app) {
        String[] parts = route.split(" ");
        String path = parts[1].replace("/admin/v1", "")
                .replace("{key}", app)
                .replace("{provider}", "apns")
                .replace("{name}", "nobody");
        Object body = Stream.of("POST", "PUT", "PATCH").anyMatch(parts[0]::equals) ? Map.of("unknown", 1) : null;
        return BackEnd.admin(token, parts[0], path, body);
    }

    static String created(String name, List<String> scopes, List<String> apps) {
        Map<String, Object> body = new HashMap<>(Map.of("name", name, "scopes", scopes));
        if (apps != null) {
            body.put("apps", apps);
        }
        Answer made = create(body);
        assertThat(made.status()).as(name).isEqualTo(201);
        return made.body().path("token").asText();
    }

    private static Answer create(Object body) {
        return BackEnd.admin(BackEnd.rootToken(), "POST", "/tokens", body);
    }

    static void isRefused(Answer answer, int status, String reason) {
        assertThat(answer.body().path("reason").asText()).isEqualTo(reason);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().path("text").asText()).isNotBlank();
    }
}
