package dev.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import dev.fanfare.contracts.Json;
import dev.fanfare.embedded.FreePorts;
import dev.fanfare.standalone.installation.DataDir;
import dev.fanfare.standalone.installation.Endpoints;
import dev.fanfare.standalone.installation.Ports;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class FanfareTest {

    private static final String ACCEPTED = "{\"code\":200,\"messageUID\":\"uid\",\"token\":\"the token\"}";

    @TempDir
    Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void broadcastIsSignedAndSent() throws Exception {
        // Given
        try (FakeGateway gateway = new FakeGateway(200, ACCEPTED)) {

            // When
            int exitCode = run(gateway, "send broadcast --from news --text", "50% \"off\" & more");

            // Then
            assertThat(exitCode).isZero();
            FakeGateway.Call call = gateway.calls().get(0);
            assertThat(call.path()).isEqualTo("/message/online/broadcast.json");
            assertThat(call.form())
                    .isEqualTo("fromUserId=news&objectName=RC:TxtMsg&content={\"content\":\"50% \\\"off\\\" & more\"}");
            assertThat(call.headers().getFirst("App-Key")).isEqualTo("demo-app-key");
            assertThat(call.headers().getFirst("Signature")).isEqualTo(signature(call.headers(), "demo-app-secret"));
            assertThat(out).asString().contains("HTTP 200", "ratelimit-remaining: 59", ACCEPTED);
        }
    }

    @Test
    void contentAppAndTypeAreAsGiven() throws Exception {
        // Given
        try (FakeGateway gateway = new FakeGateway(200, ACCEPTED)) {

            // When
            run(gateway, "send broadcast --app mine --secret s3cret --object-name app:own --content", "{\"a\":1}");

            // Then
            FakeGateway.Call call = gateway.calls().get(0);
            assertThat(call.form()).isEqualTo("fromUserId=system&objectName=app:own&content={\"a\":1}");
            assertThat(call.headers().getFirst("App-Key")).isEqualTo("mine");
            assertThat(call.headers().getFirst("Signature")).isEqualTo(signature(call.headers(), "s3cret"));
        }
    }

    @Test
    void groupIsCreatedWithItsMembersFirst() throws Exception {
        // Given
        try (FakeGateway gateway = new FakeGateway(200, ACCEPTED)) {

            // When
            run(gateway, "send group --to g1 --to g2 --member u1 --member u2 --include-sender --text", "hi");

            // Then
            assertThat(gateway.calls())
                    .extracting(call -> call.path() + " " + call.form())
                    .containsExactly(
                            "/group/create.json userId=u1&userId=u2&groupId=g1&groupName=g1",
                            "/group/create.json userId=u1&userId=u2&groupId=g2&groupName=g2",
                            "/statusmessage/group/publish.json fromUserId=system&objectName=RC:TxtMsg"
                                    + "&content={\"content\":\"hi\"}&toGroupId=g1&toGroupId=g2&isIncludeSender=1");
        }
    }

    @Test
    void templateGivesEachRecipientValuesOfItsOwn() throws Exception {
        // Given
        try (FakeGateway gateway = new FakeGateway(200, ACCEPTED)) {

            // When
            run(
                    gateway,
                    "send template --to u1 --value name=Anna --value sum=a=b --to u2 --push {name}! --value",
                    "name=O\"Neill",
                    "--text",
                    "Hello {name}");

            // Then
            FakeGateway.Call call = gateway.calls().get(0);
            assertThat(call.path()).isEqualTo("/message/system/publish_template.json");
            assertThat(Json.mapper().readTree(call.body()))
                    .isEqualTo(
                            Json.mapper()
                                    .readTree(
                                            """
                                            {"fromUserId":"system","objectName":"RC:TxtMsg",
                                             "content":"{\\"content\\":\\"Hello {name}\\"}",
                                             "toUserId":["u1","u2"],
                                             "values":[{"{name}":"Anna","{sum}":"a=b"},{"{name}":"O\\"Neill"}],
                                             "pushContent":["{name}!","{name}!"]}"""));
        }
    }

    @Test
    void systemMessageNamesItsRecipientsAndItsPush() throws Exception {
        // Given
        try (FakeGateway gateway = new FakeGateway(200, ACCEPTED)) {

            // When
            run(gateway, "send system --to u1 --to u2 --push ping --text", "hi");

            // Then
            assertThat(gateway.calls())
                    .extracting(call -> call.path() + " " + call.form())
                    .containsExactly("/message/system/publish.json fromUserId=system&objectName=RC:TxtMsg"
                            + "&content={\"content\":\"hi\"}&toUserId=u1&toUserId=u2&pushContent=ping");
        }
    }

    @Test
    void tokenIsPrintedAlone() throws Exception {
        // Given
        try (FakeGateway gateway = new FakeGateway(200, ACCEPTED)) {

            // When
            int exitCode = run(gateway, "token --user", "u1");

            // Then
            assertThat(exitCode).isZero();
            assertThat(out.toString().lines()).containsExactly("the token");
            assertThat(gateway.calls().get(0).form()).isEqualTo("userId=u1&name=u1");
        }
    }

    @Test
    void refusalIsShownAndGivesExitCode1() throws Exception {
        // Given
        try (FakeGateway gateway = new FakeGateway(429, "{\"code\":1008}")) {

            // When
            int exitCode = run(gateway, "send broadcast --text", "hi");

            // Then
            assertThat(exitCode).isEqualTo(1);
            assertThat(out).asString().contains("HTTP 429", "{\"code\":1008}");
        }
    }

    @Test
    void saysInOneLineThatNothingRuns() {
        // When
        int exitCode = execute("token", "--user", "u1", "--gateway", "http://localhost:" + FreePorts.next());

        // Then
        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().contains("✘ nobody answers", "./fanfare up");
    }

    @Test
    void statusGivesExitCode1WhenNothingRuns() throws Exception {
        // Given
        new Endpoints(Ports.free(Map.of(), 1)).write(new DataDir(dir));

        // When
        int exitCode = execute("status", "--data", dir.toString());

        // Then
        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString().lines()).hasSize(6).allMatch(line -> line.startsWith("  ✘ "));
    }

    @Test
    void foreignFolderIsRefused() {
        // Given
        assertThat(dir.resolve("logs").toFile().mkdir()).isTrue();

        // When
        int exitCode = execute("up", "--fresh", "--free-ports", "--data", dir.toString());

        // Then
        assertThat(exitCode).isEqualTo(1);
        assertThat(out).asString().contains(dir + " is no installation of Fanfare");
        assertThat(dir.resolve("logs")).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "up --what",
                "up --edge-port 0",
                "up --edge-port 65536",
                "up --kafka-port many",
                "up --nodes 0",
                "up --nodes 5",
                "restart nobody",
                "demo extra",
                "send",
                "send broadcast",
                "send broadcast --text a --content b",
                "send group --text a",
                "send system --text a",
                "send template --text a",
                "send template --text a --value n=v",
                "send template --text a --to u --value n",
                "send template --text a --to u --value =v",
                "listen",
                "token"
            })
    void whatIsNotUnderstoodGivesExitCode2AndTheUsage(String line) {
        // When
        int exitCode = execute(line.isEmpty() ? new String[0] : line.split(" "));

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err).asString().contains("Usage: fanfare");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --help               | Usage: fanfare [-hV] COMMAND
                    --version            | Fanfare
                    up --help            | --kafka-port=PORT
                    demo --help          | --exit
                    restart --help       | NODE
                    send --help          | template
                    send template --help | --value=NAME=TEXT
                    listen --help        | --device=ID
                    """)
    void helpAndVersionAreShown(String line, String part) {
        // When
        int exitCode = execute(line.split(" "));

        // Then
        assertThat(exitCode).isZero();
        assertThat(out).asString().contains(part);
    }

    /** The words of {@code line}, then the arguments as they are, then where the gateway is. */
    private int run(FakeGateway gateway, String line, String... more) {
        List<String> arguments = new ArrayList<>(List.of(line.split(" ")));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("--gateway", gateway.url().toString()));
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        CommandLine fanfare = Fanfare.commandLine();
        fanfare.setOut(new PrintWriter(out, true));
        fanfare.setErr(new PrintWriter(err, true));
        return fanfare.execute(arguments);
    }

    private static String signature(Headers headers, String secret) throws Exception {
        String text = secret + headers.getFirst("Nonce") + headers.getFirst("Timestamp");
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }
}
