package dev.fanfare.groupstatus.expansion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.command.GroupStatusCommand;
import dev.fanfare.contracts.command.ZimContent;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.ZimMessage;
import dev.fanfare.contracts.message.GroupMessageUid;
import dev.fanfare.runtime.intake.Received;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupStatusExpanderTest {

    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final String UID_1 = "5FGT-7VA9-G4DD-4V5P";
    private static final String UID_2 = "5FGT-7VA9-G4DD-4V5Q";

    @Test
    void sendsToTheOnlineMembersAndNeverPushes() {
        // Given
        var received = received(given(null), "id");

        // When
        List<DirectDelivery> deliveries = GroupStatusExpander.expand(received, "g2", List.of("a", "sender", "z"));

        // Then
        var message = new ClientMessage(
                UID_2, ConversationType.GROUP, "g2", "sender", "RC:TypSts", "typing", TIME.toEpochMilli(), null);
        assertThat(deliveries)
                .containsExactly(
                        new DirectDelivery("app", DeliveryPolicy.ONLINE_ONLY, List.of("a", "z"), message, null));
    }

    @ParameterizedTest
    @CsvSource({"0, false", ", false", "1, true"})
    void includesTheSenderOnlyWhenAsked(Integer isIncludeSender, boolean included) {
        // Given
        var received = received(given(isIncludeSender), "id");

        // When
        var ofMember = GroupStatusExpander.expand(received, "g1", List.of("a", "sender"));
        var ofStranger = GroupStatusExpander.expand(received, "g1", List.of("a"));

        // Then
        List<String> expected = included ? List.of("a", "sender") : List.of("a");
        assertThat(ofMember.get(0).userIds()).isEqualTo(expected);
        assertThat(ofStranger.get(0).userIds()).isEqualTo(expected);
    }

    @Test
    void makesNothingForAGroupWithoutMembers() {
        // Given
        var received = received(given(1), "id");

        // When
        var deliveries = GroupStatusExpander.expand(received, "g1", List.of());

        // Then
        assertThat(deliveries).isEmpty();
    }

    @Test
    void makesNothingWhenTheSenderIsAlone() {
        // Given
        var received = received(given(0), "id");

        // When
        var deliveries = GroupStatusExpander.expand(received, "g1", List.of("sender"));

        // Then
        assertThat(deliveries).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "500, 1", "501, 2", "3000, 6"})
    void cutsManyMembersIntoChunksOfOneMessage(int members, int chunks) {
        // Given
        var received = received(given(0), "id");
        List<String> ids = IntStream.range(0, members).mapToObj(i -> "u" + i).toList();

        // When
        var deliveries = GroupStatusExpander.expand(received, "g1", ids);

        // Then
        assertThat(deliveries).hasSize(chunks);
        assertThat(deliveries.stream().map(DirectDelivery::message).distinct()).hasSize(1);
        assertThat(deliveries.stream().flatMap(delivery -> delivery.userIds().stream()))
                .containsExactlyElementsOf(ids);
    }

    @Test
    void derivesOneIdPerGroupWhenNoneIsGiven() {
        // Given
        var command = new GroupStatusCommand(null, "sender", List.of("g1", "g2"), "RC:TypSts", "typing", 0);

        // When
        String first = uid(received(command, "id"), "g1");

        // Then
        assertThat(first)
                .isEqualTo(uid(received(command, "id"), "g1"))
                .isNotEqualTo(uid(received(command, "id"), "g2"))
                .isNotEqualTo(uid(received(command, "another id"), "g1"));
    }

    @Test
    void aMessageOfZimsApiIsInTheConversationOfTheGroup() {
        // Given
        var content = new ZimContent(1, null, "hello", null);
        var uids = List.of(new GroupMessageUid("g1", UID_1));
        var command = new GroupStatusCommand(uids, "sender", List.of("g1"), null, null, 1, content);

        // When
        List<DirectDelivery> deliveries = GroupStatusExpander.expand(received(command, "id"), "g1", List.of("a"));

        // Then
        var message = new ClientMessage(
                UID_1,
                ConversationType.GROUP,
                "g1",
                "sender",
                "ZIM:1",
                "hello",
                TIME.toEpochMilli(),
                null,
                ZimMessage.of(content, UID_1, "sender", "g1", ZimMessage.TO_GROUP, TIME.toEpochMilli()));
        assertThat(deliveries)
                .containsExactly(
                        new DirectDelivery("app", DeliveryPolicy.ONLINE_ONLY, List.of("a", "sender"), message, null));
    }

    private static String uid(Received<GroupStatusCommand> received, String group) {
        return GroupStatusExpander.expand(received, group, List.of("a"))
                .get(0)
                .message()
                .messageUID();
    }

    private static GroupStatusCommand given(Integer isIncludeSender) {
        var uids = List.of(new GroupMessageUid("g1", UID_1), new GroupMessageUid("g2", UID_2));
        return new GroupStatusCommand(uids, "sender", List.of("g1", "g2"), "RC:TypSts", "typing", isIncludeSender);
    }

    private static Received<GroupStatusCommand> received(GroupStatusCommand command, String id) {
        return new Received<>("app", id, TIME, command);
    }
}
