package dev.fanfare.contracts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.command.ZimContent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZimMessageTest {

    private static final String HEAD =
            "\"senderUserID\":\"u1\",\"conversationID\":\"\",\"conversationType\":-1,\"timestamp\":1,"
                    + "\"isBroadcastMessage\":true,\"isServerMessage\":true";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "1   | hello | \"message\":\"hello\",\"extendedData\":\"s\"",
                "200 | {}    | \"message\":\"{}\",\"subType\":7,\"extendedData\":\"s\"",
                "12  | {\"Uid\":\"f\",\"Url\":\"http://x/f\",\"FileName\":\"f.pdf\",\"Size\":9}"
                        + " | \"extendedData\":\"s\",\"fileUID\":\"f\",\"fileDownloadUrl\":\"http://x/f\",\"fileName\":\"f.pdf\","
                        + "\"fileSize\":9",
                "11  | {\"Uid\":\"i\",\"Origin\":{\"Url\":\"o\",\"Width\":3,\"Height\":4},\"LargeImage\":{\"Url\":\"l\",\"Width\":2,"
                        + "\"Height\":5},\"Thumbnail\":{\"Url\":\"t\",\"Width\":1,\"Height\":6},\"FileName\":\"i.png\"}"
                        + " | \"extendedData\":\"s\",\"fileUID\":\"i\",\"fileDownloadUrl\":\"o\",\"fileName\":\"i.png\","
                        + "\"largeImageDownloadUrl\":\"l\",\"thumbnailDownloadUrl\":\"t\",\"originalImageWidth\":3,"
                        + "\"originalImageHeight\":4,\"largeImageWidth\":2,\"largeImageHeight\":5,\"thumbnailWidth\":1,"
                        + "\"thumbnailHeight\":6",
                "13  | {\"Uid\":\"a\",\"Url\":\"u\",\"FileName\":\"a\",\"MediaDuration\":8}"
                        + " | \"extendedData\":\"s\",\"fileUID\":\"a\",\"fileDownloadUrl\":\"u\",\"fileName\":\"a\",\"audioDuration\":8",
                "14  | {\"Uid\":\"v\",\"Url\":\"u\",\"FileName\":\"v\",\"MediaDuration\":8,\"Thumbnail\":{\"Url\":\"t\",\"Width\":1,"
                        + "\"Height\":6}}"
                        + " | \"extendedData\":\"s\",\"fileUID\":\"v\",\"fileDownloadUrl\":\"u\",\"fileName\":\"v\",\"videoDuration\":8,"
                        + "\"videoFirstFrameDownloadUrl\":\"t\",\"videoFirstFrameWidth\":1,\"videoFirstFrameHeight\":6",
                "12  | [not an object | \"message\":\"[not an object\",\"extendedData\":\"s\""
            })
    void hasTheFieldsOfItsType(int type, String message, String expected) {
        // Given
        ZimContent content = new ZimContent(type, 7, message, "s");

        // When
        ZimMessage clients = ZimMessage.of(content, "id", "u1", "", ZimMessage.TO_ALL_USERS, 1);

        // Then
        byte[] bytes =
                new ClientMessage("id", null, null, "u1", content.objectName(), null, 1, null, clients).forClients();
        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .isEqualTo("{\"messageID\":\"id\",\"type\":" + type + "," + HEAD + "," + expected + "}");
    }
}
