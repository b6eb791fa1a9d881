package dev.fanfare.gateway.rongcloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Limits;
import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is exactly at its limit passes. */
@GatewayTest
class ExactLimitsTest {

    private static final String LONGEST_ID = "汤".repeat(Limits.ID_CHARS);
    private static final String LONGEST_TYPE = "x".repeat(Limits.OBJECT_NAME_CHARS);
    private static final String LONGEST_CONTENT = "ü".repeat(Limits.CONTENT_BYTES / 2);

    private static final String PUSH_EXT = "{\"title\":\"" + "x".repeat(8180) + "\"}";

    private BackEnd app;

    @BeforeEach
    void createApp() {
        app = BackEnd.create();
    }

    static Stream<Arguments> longest() {
        Form longest = Form.of("fromUserId", LONGEST_ID)
                .and("objectName", LONGEST_TYPE)
                .and("content", LONGEST_CONTENT);
        Form group = Form.of("groupId", LONGEST_ID).and("groupName", "x".repeat(64));
        return Stream.of(
                Arguments.of(Calls.BROADCAST, longest),
                Arguments.of(
                        Calls.GROUP_STATUS,
                        longest.and("toGroupId", LONGEST_ID)
                                .and("toGroupId", "g2")
                                .and("toGroupId", "g3")),
                Arguments.of(
                        Calls.SYSTEM,
                        longest.withMany("toUserId", 99)
                                .and("toUserId", LONGEST_ID)
                                .and("pushContent", "x".repeat(1000))
                                .and("pushExt", PUSH_EXT)),
                Arguments.of(Calls.SYSTEM, Calls.system().and("pushData", "x".repeat(4096))),
                Arguments.of(
                        "/user/getToken.json",
                        Form.of("userId", LONGEST_ID)
                                .and("name", "汤".repeat(64))
                                .and("portraitUri", "x".repeat(1024))),
                Arguments.of("/user/token/expire.json", Form.of("time", 1).withMany("userId", 20)),
                Arguments.of("/user/block.json", Form.of("minute", 43_200).withMany("userId", 20)),
                Arguments.of("/user/block.json", Form.of("minute", 1).and("userId", LONGEST_ID)),
                Arguments.of("/user/unblock.json", Form.empty().withMany("userId", 20)),
                Arguments.of(
                        "/user/block/query.json",
                        Form.of("page", Integer.MAX_VALUE).and("size", 1000)),
                Arguments.of("/group/create.json", group.and("maxMember", 3000).withMany("userId", 1000)),
                Arguments.of("/group/join.json", group.withMany("userId", 1000)),
                Arguments.of("/group/quit.json", group.withMany("userId", 1000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("longest")
    void passes(String path, Form form) {
        // When
        Answer answer = app.post(path, form);

        // Then
        answer.isSuccess();
    }

    @Test
    void aTemplatePasses() {
        // Given
        ObjectNode call = Calls.template()
                .put("fromUserId", LONGEST_ID)
                .put("objectName", LONGEST_TYPE)
                .put("content", "{0}".repeat(1024))
                .put("pushExt", PUSH_EXT);
        ObjectNode values = call.putArray("values").addObject().put("{0}", "x".repeat(128));
        for (int i = 1; i < 100; i++) {
            values.put("{" + i + "}", "x");
        }
        for (int i = 2; i < 100; i++) {
            call.withArray("toUserId").add("x" + i);
        }
        call.putArray("pushContent").add("{0}".repeat(32));

        // When
        Answer answer = app.postJson(Calls.TEMPLATE, call);

        // Then
        answer.isSuccess();
    }
}
