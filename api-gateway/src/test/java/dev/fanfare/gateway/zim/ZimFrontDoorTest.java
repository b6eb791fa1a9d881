package dev.fanfare.gateway.zim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.ZimAnswer;
import dev.fanfare.gateway.fixture.ZimBackEnd;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call ZIM's API, and what everybody else is told. */
@GatewayTest
class ZimFrontDoorTest {

    private static final String ACTION = "QueryUserInfos";
    private static final String BODY = "{\"UserIds\":[\"nobody\"]}";
    private static final int GOOD = 660700015;

    private ZimBackEnd app;

    @BeforeEach
    void createApp() {
        app = ZimBackEnd.create();
    }

    @ParameterizedTest
    @CsvSource({
        "AppId, '', 100000001",
        "AppId, abc, 100000001",
        "AppId, -1, 100000001",
        "AppId, 4294967296, 100000001",
        "AppId, 12345678901234567890, 100000001",
        "AppId, 4294967295, 100000010",
        "Timestamp, '', 100000002",
        "Timestamp, yesterday, 100000003",
        "Timestamp, 1700000000.5, 100000003",
        "Timestamp, 99999999999999999999, 100000003",
        "Timestamp, 1700000000, 100000004",
        "Timestamp, 0, 100000004",
        "Signature, 00000000000000000000000000000000, 100000005",
        "Signature, x, 100000005",
        "Action, '', 100000006",
        "Action, SendMessageToNobody, 100000007",
        "Action, queryuserinfos, 100000007",
        "SignatureNonce, '', 100000008",
        "SignatureNonce, other, 100000005",
        "Signature, '', 100000009",
        "SignatureVersion, '', 100000013",
        "SignatureVersion, 1.0, 100000014"
    })
    void aBadCommonParameterIsToldByItsCode(String name, String value, int code) {
        // Given
        Map<String, String> query = app.common(ACTION);
        query.put(name, value);

        // When
        ZimAnswer answer = ZimBackEnd.send("POST", query, BODY);

        // Then
        answer.isRefused(code);
    }

    @ParameterizedTest
    @CsvSource({
        "Action, 100000006",
        "AppId, 100000001",
        "SignatureNonce, 100000008",
        "Timestamp, 100000002",
        "SignatureVersion, 100000013",
        "Signature, 100000009"
    })
    void aMissingCommonParameterIsToldByItsCode(String name, int code) {
        // Given
        Map<String, String> query = app.common(ACTION);
        query.remove(name);

        // When
        ZimAnswer answer = ZimBackEnd.send("POST", query, BODY);

        // Then
        answer.isRefused(code);
    }

    @Test
    void ofSeveralMissingTheFirstIsTold() {
        // Given
        Map<String, String> query = app.common(ACTION);
        List<Integer> codes = List.of(100000006, 100000001, 100000008, 100000002, 100000013, 100000009);
        List<String> order = List.of("Action", "AppId", "SignatureNonce", "Timestamp", "SignatureVersion", "Signature");
        Map<String, String> none = new LinkedHashMap<>();

        for (int i = 0; i < order.size(); i++) {
            // When
            ZimAnswer answer = ZimBackEnd.send("POST", none, BODY);

            // Then
            answer.isRefused(codes.get(i));
            none.put(order.get(i), query.get(order.get(i)));
        }
        ZimBackEnd.send("POST", none, BODY).isRefused(GOOD);
    }

    @ParameterizedTest
    @CsvSource({"GET, QueryUserInfos", "PUT, QueryUserInfos", "DELETE, UserRegister", "POST, QueryUserOnlineState"})
    void anotherMethodIsRefused(String method, String action) {
        // When
        ZimAnswer answer = ZimBackEnd.send(method, app.common(action), "{}");

        // Then
        answer.isRefused(100000007).says(action);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "1", "null", "{} {}", "a=b"})
    void aBodyThatIsNoObjectIsUnreadable(String body) {
        // When
        ZimAnswer answer = app.post(ACTION, body);

        // Then
        answer.isRefused(100000012);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 12})
    void aBodyTooLongIsAnsweredAndTheConnectionGoesOn(int megabytes) {
        // Given
        String body = "{\"UserIds\":[\"" + "x".repeat(megabytes * 1024 * 1024) + "\"]}";

        // When
        ZimAnswer answer = app.post(ACTION, body);

        // Then
        answer.isRefused(100000012);
        app.post(ACTION, BODY).isRefused(GOOD);
    }

    @Test
    void aQueryThatIsNoTextIsUnreadable() {
        // When
        ZimAnswer answer = ZimBackEnd.sendQuery("GET", "Action=%ff", null);

        // Then
        answer.isRefused(100000012);
    }

    @Test
    void aRequestWithoutHostIsToldSo() throws Exception {
        // When
        String answer = raw("GET /?Action=UserRegister HTTP/1.1\r\nConnection: close\r\n\r\n");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\"Code\":100000000,");
    }

    @ParameterizedTest
    @CsvSource({"POST, /lock", "DELETE, ''"})
    void aLockedOrDeletedAppIsToldSo(String method, String path) {
        // Given
        BackEnd.admin(method, "/" + app.appKey() + path, null);

        // When
        ZimAnswer answer = app.post(ACTION, BODY);

        // Then
        answer.isRefused(100000016);
        new ZimBackEnd(app.appKey(), app.appId(), "guessed").post(ACTION, BODY).isRefused(100000005);
    }

    @Test
    void anAppOfTheConfigurationMayCall() {
        // Given
        ZimBackEnd first = new ZimBackEnd("first-app", "1234567890", "00112233445566778899aabbccddeeff");

        // When
        Awaitility.await().until(() -> first.post(ACTION, BODY).code() == GOOD);

        // Then
        assertThat(first.post(ACTION, BODY).requestId())
                .isNotEqualTo(first.post(ACTION, BODY).requestId());
    }

    @Test
    void doubleSlashesAreOne() throws Exception {
        // When
        String answer = raw("GET //?x=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        // Then
        assertThat(answer).contains("\"Code\":100000006,");
    }

    @Test
    void moreThanTwentyCallsASecondAreRefusedWithAnEmptyList() {
        // Given
        app.change(Map.of("limits", Map.of("zim/" + ACTION, 1)));
        app.post(ACTION, BODY);

        // When
        ZimAnswer answer = app.post(ACTION, BODY);

        // Then
        answer.isRefused(660300005);
        assertThat(answer.body().path("ErrorList").isArray()).isTrue();
        assertThat(answer.body().path("ErrorList")).isEmpty();
        assertThat(answer.http().header("Retry-After")).isEqualTo("1");
    }

    @Test
    void aCallWithBadParametersCountsNothing() {
        // Given
        app.change(Map.of("limits", Map.of("zim/" + ACTION, 1)));
        app.post(ACTION, "{}").isRefused(660000002);

        // When
        ZimAnswer answer = app.post(ACTION, BODY);

        // Then
        answer.isRefused(GOOD);
    }

    private static String raw(String request) throws Exception {
        URI gateway = BackEnd.url("/");
        try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
