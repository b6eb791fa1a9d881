package dev.fanfare.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.e2e.backend.BackEnd;
import dev.fanfare.e2e.backend.BackEnd.Answer;
import dev.fanfare.e2e.backend.Form;
import dev.fanfare.e2e.backend.TestApp;
import dev.fanfare.e2e.client.AppClient;
import dev.fanfare.e2e.client.AppClient.Publication;
import dev.fanfare.e2e.product.EndToEnd;
import dev.fanfare.e2e.product.Product;
import io.rong.messages.TxtMessage;
import io.rong.models.group.GroupMember;
import io.rong.models.group.GroupModel;
import io.rong.models.message.GroupStatusMessage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The members who are online now get it, nobody else, and nobody later. */
@EndToEnd
class GroupStatusIT {

    private TestApp app;

    @BeforeEach
    void createApp(Product product) throws Exception {
        app = TestApp.create(product);
    }

    @AfterEach
    void closeApp() {
        app.close();
    }

    @Test
    void reachesTheOtherMembersOnEveryDeviceAndNobodyElse() {
        // Given
        createGroup("g1", "sender", "tom", "rose");
        AppClient sender = app.javaDevice("sender");
        AppClient phone = app.javaDevice("tom");
        AppClient browser = app.jsDevice("tom");
        AppClient rose = app.jsDevice("rose");
        AppClient outsider = app.javaDevice("outsider");

        // When
        Answer answer = app.backEnd().groupStatus(Form.of("toGroupId", "g1"), "sender", "typing");

        // Then
        assertThat(answer.code()).isEqualTo(200);
        for (AppClient member : new AppClient[] {phone, browser, rose}) {
            Publication publication = member.awaitContent(BackEnd.content("typing"));
            assertThat(publication.messageUid()).isEqualTo(answer.messageUid("groupId", "g1"));
            assertThat(publication.message().conversationType()).isEqualTo(ConversationType.GROUP);
            assertThat(publication.message().targetId()).isEqualTo("g1");
            assertThat(publication.message().fromUserId()).isEqualTo("sender");
        }
        assertThat(phone.received().get(0).channel()).isEqualTo("#tom");
        assertThat(phone.received().get(0).data())
                .isEqualTo(browser.received().get(0).data());
        app.backEnd().system(Form.of("toUserId", "sender").and("toUserId", "outsider"), "system", "later");
        sender.awaitContents(BackEnd.content("later"));
        outsider.awaitContents(BackEnd.content("later"));
    }

    @Test
    void reachesTheSenderTooWhenAskedTo() throws Exception {
        // Given
        GroupMember[] members = Stream.of("sender", "tom")
                .map(id -> new GroupMember().setId(id))
                .toArray(GroupMember[]::new);
        var created = app.sdk()
                .group
                .create(new GroupModel().setId("g1").setName("Group").setMembers(members));
        AppClient sender = app.javaDevice("sender");
        AppClient tom = app.javaDevice("tom");
        TxtMessage text = new TxtMessage("hello", "");

        // When
        var result = app.sdk()
                .message
                .group
                .sendStatusMessage(new GroupStatusMessage()
                        .setSenderId("sender")
                        .setGroupId(new String[] {"g1"})
                        .setObjectName(text.getType())
                        .setContent(text)
                        .setIsIncludeSender(1));

        // Then
        assertThat(created.getCode()).isEqualTo(200);
        assertThat(result.getCode()).isEqualTo(200);
        Stream.of(sender, tom).forEach(device -> device.awaitContents("{\"content\":\"hello\",\"extra\":\"\"}"));
    }

    @Test
    void mayBeSentByANonMember() {
        // Given
        createGroup("g1", "tom");
        AppClient tom = app.jsDevice("tom");

        // When
        Answer answer = app.backEnd().groupStatus(Form.of("toGroupId", "g1"), "robot", "from outside");

        // Then
        assertThat(answer.code()).isEqualTo(200);
        tom.awaitContents(BackEnd.content("from outside"));
    }

    @Test
    void isNotKeptForAMemberWhoIsOffline() {
        // Given
        createGroup("g1", "tom", "late");
        AppClient tom = app.javaDevice("tom");
        app.backEnd().groupStatus(Form.of("toGroupId", "g1"), "robot", "now or never");
        tom.awaitContents(BackEnd.content("now or never"));

        // When
        AppClient late = app.javaDevice("late");

        // Then
        app.backEnd().groupStatus(Form.of("toGroupId", "g1"), "robot", "next");
        late.awaitContents(BackEnd.content("next"));
    }

    @Test
    void goesToThreeGroupsWithAnIdEach() {
        // Given
        Stream.of("g1", "g2", "g3").forEach(group -> createGroup(group, "tom"));
        AppClient tom = app.jsDevice("tom");

        // When
        Answer answer = app.backEnd()
                .groupStatus(
                        Form.of("toGroupId", "g1").and("toGroupId", "g2").and("toGroupId", "g3"), "robot", "to three");

        // Then
        tom.awaitContents(BackEnd.content("to three"), BackEnd.content("to three"), BackEnd.content("to three"));
        assertThat(tom.received())
                .extracting(publication -> publication.message().targetId(), Publication::messageUid)
                .containsExactlyInAnyOrderElementsOf(Stream.of("g1", "g2", "g3")
                        .map(group -> tuple(group, answer.messageUid("groupId", group)))
                        .toList());
        assertThat(tom.received()).extracting(Publication::messageUid).doesNotHaveDuplicates();
    }

    @Test
    void isRefusedWholeForFourGroups() {
        // Given
        Stream.of("g1", "g2", "g3", "g4").forEach(group -> createGroup(group, "tom"));
        AppClient tom = app.javaDevice("tom");
        Form four = Form.of("toGroupId", "g1")
                .and("toGroupId", "g2")
                .and("toGroupId", "g3")
                .and("toGroupId", "g4");

        // When
        Answer answer = app.backEnd().groupStatus(four, "robot", "to four");

        // Then
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(1002);
        app.backEnd().groupStatus(Form.of("toGroupId", "g1"), "robot", "to one");
        tom.awaitContents(BackEnd.content("to one"));
    }

    @Test
    void followsTheMembership() {
        // Given
        createGroup("g1", "tom");
        AppClient tom = app.javaDevice("tom");
        AppClient rose = app.javaDevice("rose");
        app.backEnd().post("/group/join.json", Form.of("groupId", "g1").and("userId", "rose"));
        app.backEnd().post("/group/quit.json", Form.of("groupId", "g1").and("userId", "tom"));

        // When
        app.backEnd().groupStatus(Form.of("toGroupId", "g1"), "robot", "to rose");

        // Then
        rose.awaitContents(BackEnd.content("to rose"));
        app.backEnd().system(Form.of("toUserId", "tom"), "system", "to tom");
        tom.awaitContents(BackEnd.content("to tom"));
    }

    private void createGroup(String group, String... members) {
        Form form = Form.of("groupId", group).and("groupName", "Name of " + group);
        Stream.of(members).forEach(member -> form.and("userId", member));
        assertThat(app.backEnd().post("/group/create.json", form).code()).isEqualTo(200);
    }
}
