package dev.fanfare.gateway.rongcloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, by which path and with which headers; and what the others are told. */
@GatewayTest
class FrontDoorTest {

    private static final String PATH = "/user/getToken.json";
    private static final Form TOM = Form.of("userId", "tom").and("name", "Tom");

    private BackEnd app;

    @BeforeEach
    void createApp() {
        app = BackEnd.create();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RC-", "rc-"})
    void headersMayHaveAPrefix(String prefix) {
        // When
        Answer answer = BackEnd.send(app.signed(PATH, prefix)
                .header("Content-Type", BackEnd.FORM)
                .POST(BodyPublishers.ofString(TOM.body()))
                .build());

        // Then
        answer.isSuccess();
    }

    @ParameterizedTest
    @CsvSource({
        "14314, 1408710653000", // years ago
        "286805.53846862353, 1408710653", // the Java SDK's
        "9223372036854775807, x", // the Go SDK's, and a time stamp that is none
    })
    void nonceAndTimestampAreWhateverWasSigned(String nonce, String timestamp) {
        // When
        Answer answer = BackEnd.send(headers(nonce, timestamp, BackEnd.sha1(app.secret() + nonce + timestamp)));

        // Then
        answer.isSuccess();
    }

    @Test
    void oneSignatureIsGoodForManyCalls() {
        // Given
        app.post(PATH, TOM).isSuccess();

        // When
        Answer answer = app.post(PATH, TOM);

        // Then
        answer.isSuccess();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nonce", "Timestamp", "Signature"})
    void aMissingHeaderIsABadSignature(String missing) {
        // Given
        HttpRequest.Builder request = HttpRequest.newBuilder(BackEnd.url(PATH)).POST(BodyPublishers.ofString("a=b"));
        HttpRequest complete = app.signed(PATH, "").build();
        complete.headers().map().forEach((name, values) -> {
            if (!name.equals(missing)) {
                request.header(name, values.get(0));
            }
        });

        // When
        Answer answer = BackEnd.send(request.build());

        // Then
        answer.isRefused(401, 1004);
    }

    @Test
    void aWrongSecretIsABadSignature() {
        // When
        Answer answer = new BackEnd(app.appKey(), "guessed").post(PATH, TOM);

        // Then
        answer.isRefused(401, 1004);
    }

    @Test
    void anUnknownAppIsABadParameter() {
        // When
        Answer unknown = new BackEnd("nobody", app.secret()).post(PATH, TOM);
        Answer none = BackEnd.send(HttpRequest.newBuilder(BackEnd.url(PATH))
                .POST(BodyPublishers.noBody())
                .build());

        // Then
        unknown.isRefused(400, 1002).says("invalid App-Key.");
        none.isRefused(400, 1002).says("invalid App-Key.");
    }

    @ParameterizedTest
    @CsvSource({"POST, /lock", "DELETE, ''"})
    void aLockedOrDeletedAppIsToldSo(String method, String path) {
        // Given
        BackEnd.admin(method, "/" + app.appKey() + path, null);

        // When
        Answer answer = app.post(PATH, TOM);

        // Then
        answer.isRefused(401, 1006);
        new BackEnd(app.appKey(), "guessed").post(PATH, TOM).isRefused(401, 1004);
    }

    @Test
    void anAppMayHaveTimestampsAndRepetitionsChecked() {
        // Given
        app.change(Map.of("clockWindowSeconds", 3600, "refuseReplays", true));
        app.post(PATH, TOM).isSuccess();

        // When
        Answer again = app.post(PATH, TOM);
        Answer old = BackEnd.send(headers("1", "1408710653000", BackEnd.sha1(app.secret() + "1" + "1408710653000")));

        // Then
        again.isRefused(401, 1004).says("used before");
        old.isRefused(401, 1004).says("3600 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//user/getToken.json", "/user//getToken.json", "///user/./getToken.json"})
    void doubleSlashesAreOne(String path) {
        // When
        Answer answer = app.post(path, TOM);

        // Then
        answer.isSuccess();
        assertThat(app.post(path, Form.of("x", "y")).body().path("url").asText())
                .isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/user/getToken",
                "/user/getToken.xml",
                "/USER/getToken.json",
                "/user/getToken.json/",
                "/admin",
                "/a/b?c=d"
            })
    void anUnknownPathIsNoApi(String path) {
        // When
        Answer answer = app.post(path, TOM);

        // Then
        answer.isRefused(404, 404).says("Not a valid API.");
        assertThat(answer.body().path("url").asText()).isEqualTo(path.replaceFirst("\\?.*", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS"})
    void otherMethodsAreRefused(String method) {
        // When
        Answer answer = BackEnd.send(
                app.signed(PATH, "").method(method, BodyPublishers.noBody()).build());

        // Then
        answer.isRefused(405, 1002);
        assertThat(answer.header("Allow")).isEqualTo("POST");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 12})
    void aBodyTooLongIsAnsweredAndTheConnectionGoesOn(int megabytes) {
        // Given
        String body = "userId=" + "x".repeat(megabytes * 1024 * 1024);

        // When
        Answer answer = app.post(PATH, BackEnd.FORM, body);

        // Then
        answer.isRefused(400, 1005);
        app.post(PATH, TOM).isSuccess();
    }

    @Test
    void aLongBodyWhoseCallerIsUnknownIsAnsweredAndTheConnectionGoesOn() {
        // Given
        String body = "userId=" + "x".repeat(1024 * 1024);

        // When
        Answer answer = new BackEnd(app.appKey(), "guessed").post(PATH, BackEnd.FORM, body);

        // Then
        answer.isRefused(401, 1004);
        app.post(PATH, TOM).isSuccess();
    }

    @Test
    void theCallersRequestIdComesBack() {
        // Given
        String id = "0123456789abcdef0123456789abcdef";

        // When
        Answer answer = app.post(PATH, BackEnd.FORM, TOM.body(), request -> request.header("X-Request-ID", id));

        // Then
        assertThat(answer.header("X-Request-ID")).isEqualTo(id);
    }

    private HttpRequest headers(String nonce, String timestamp, String signature) {
        return HttpRequest.newBuilder(BackEnd.url(PATH))
                .header("App-Key", app.appKey())
                .header("Nonce", nonce)
                .header("Timestamp", timestamp)
                .header("Signature", signature)
                .POST(BodyPublishers.ofString(TOM.body()))
                .build();
    }
}
