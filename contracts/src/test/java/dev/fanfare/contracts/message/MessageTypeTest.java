package dev.fanfare.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of {@code wire/rongcloud.md}, section 6, row by row. */
class MessageTypeTest {

    private static final String CONTENT =
            """
            {"content":"hello","mentionedInfo":{"type":2,"userIdList":["u1"],"mentionedContent":"Tom means you"}}""";

    @ParameterizedTest
    @CsvSource({
        "RC:TxtMsg, true, true, true, hello",
        "RC:ImgMsg, true, true, true, [图片]",
        "RC:GIFMsg, true, true, true, [图片]",
        "RC:VcMsg, true, true, true, [语音]",
        "RC:HQVCMsg, true, true, true, [语音]",
        "RC:FileMsg, true, true, true, [文件]",
        "RC:SightMsg, true, true, true, [视频]",
        "RC:LBSMsg, true, true, true, [位置]",
        "RC:ImgTextMsg, true, true, true, [图文]",
        "RC:ReferenceMsg, true, true, true, [引用]",
        "RC:CombineMsg, true, true, true, [聊天记录]",
        "RC:CombineV2Msg, true, true, true, [聊天记录]",
        "RC:StreamMsg, true, true, true,",
        "RC:CardMsg, true, true, true,",
        "RC:RLStart, true, true, true,",
        "RC:RLEnd, true, true, true,",
        "RC:PSImgTxtMsg, true, true, true,",
        "RC:PSMultiImgTxtMsg, true, true, true,",
        "RCJrmf:RpMsg, true, true, true,",
        "RCJrmf:RpOpendMsg, true, true, true,",
        "RC:InfoNtf, true, true, false,",
        "RC:GrpNtf, true, true, false,",
        "RC:ContactNtf, true, true, false,",
        "RC:ProfileNtf, true, true, false,",
        "RC:RcNtf, true, true, false,",
        "RC:CmdNtf, true, true, false,",
        "RC:CmdMsg, true, true, false,",
        "RC:RcCmd, true, true, false,",
        "RC:TypSts, true, false, false,",
        "RC:InterceptMsg, true, false, false,",
        "RC:RL, true, false, false,",
        "RC:ReadNtf, true, true, false,",
        "RC:RRReqMsg, true, true, false,",
        "RC:RRRspMsg, true, true, false,",
        "RC:RRMsg, true, true, false,",
        "RC:SRSMsg, true, true, false,",
        "RC:Delivered, true, true, false,",
        "RC:MsgExMsg, true, true, false,",
        "RC:LogCmdMsg, true, true, false,",
        "RC:CCConfigChangeRequestMsg, true, true, false,",
        "RC:PSCmd, true, true, false,",
        "RC:RLJoin, true, true, false,",
        "RC:RLQuit, true, true, false,",
        "RC:VCInvite, true, true, false,",
        "RC:CsHs, true, true, false,",
        "RC:chrmKVNotiMsg, true, true, false,",
        "RC:TxtMsg2, false, true, false,",
        "app:order, false, true, false,"
    })
    void everyType(String objectName, boolean builtIn, boolean kept, boolean counted, String pushText) {
        // When
        MessageType type = MessageType.of(objectName);

        // Then
        assertThat(type.builtIn()).as("built in").isEqualTo(builtIn);
        assertThat(type.kept()).as("kept").isEqualTo(kept);
        assertThat(type.counted()).as("counted").isEqualTo(counted);
        assertThat(type.defaultPushText(CONTENT)).as("push text").isEqualTo(Optional.ofNullable(pushText));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RC:TypSts", "RC:InterceptMsg", "RC:RL"})
    void aStatusIsNeverPushed(String objectName) {
        assertThat(MessageType.of(objectName).push()).isEqualTo(MessageType.Push.NEVER);
    }

    @ParameterizedTest
    @CsvSource({"RC:TxtMsg, Tom means you", "RC:FileMsg, Tom means you", "RC:InfoNtf,", "RC:TypSts,", "app:order,"})
    void whoIsMentionedIsToldSoWhereTheTypeKnowsMentions(String objectName, String text) {
        assertThat(MessageType.of(objectName).mentionedText(CONTENT)).isEqualTo(Optional.ofNullable(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "{",
                "[\"content\"]",
                "{}",
                "{\"content\":null}",
                "{\"content\":7}",
                "{\"content\":\" \"}",
                "{\"content\":{\"content\":\"x\"},\"mentionedInfo\":\"x\"}",
                "{\"mentionedInfo\":{\"mentionedContent\":\"\"}}"
            })
    void aContentWithoutTextHasNone(String content) {
        // Given
        MessageType type = MessageType.of("RC:TxtMsg");

        // Then
        assertThat(type.defaultPushText(content)).isEmpty();
        assertThat(type.mentionedText(content)).isEmpty();
        assertThat(type.defaultPushText(null)).isEmpty();
    }
}
