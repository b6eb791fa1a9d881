package dev.fanfare.gateway.zim.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.gateway.zim.ZimError;
import dev.fanfare.gateway.zim.ZimFields;
import dev.fanfare.gateway.zim.ZimProblem;
import java.util.Optional;

/**
 * The rules of the JSON that the {@code Message} of a picture, file, sound or video holds as a string ({@code wire/zego.md},
 * 3.4). Pure.
 */
final class MediaContent {

    static final int IMAGE = 11;
    static final int FILE = 12;
    static final int AUDIO = 13;
    static final int VIDEO = 14;

    private static final int URL_BYTES = 500;
    private static final int FILE_NAME_BYTES = 150;

    private MediaContent() {}

    /** What is wrong with it. */
    static Optional<ZimProblem> check(int messageType, String message) {
        Optional<JsonNode> read = read(message);
        if (read.isEmpty()) {
            return Optional.of(ZimProblem.parameter("MessageBody.Message must be a string that holds a JSON object"));
        }
        ZimFields media = ZimFields.of(read.get());
        media.requiredText("Uid");
        media.requiredText("FileName");
        media.text("FileName", FILE_NAME_BYTES, ZimError.PARAMETER);
        media.number("Size", 0, Long.MAX_VALUE);
        switch (messageType) {
            case IMAGE -> checkImage(media);
            case VIDEO -> checkVideo(media);
            default -> checkUrl(media);
        }
        if (messageType == AUDIO || messageType == VIDEO) {
            media.number("MediaDuration", 0, Integer.MAX_VALUE);
        }
        return media.problem().map(problem -> ZimProblem.parameter("MessageBody.Message: " + problem.text()));
    }

    private static Optional<JsonNode> read(String message) {
        try {
            return Optional.of(Json.mapper()
                            .reader()
                            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                            .readTree(message))
                    .filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static void checkImage(ZimFields image) {
        checkPicture(image, "Origin", 0);
        for (String size : new String[] {"LargeImage", "Thumbnail"}) {
            ZimFields picture = image.object(size);
            picture.text("Url", URL_BYTES, ZimError.PARAMETER);
            picture.number("Width", 0, Integer.MAX_VALUE);
            picture.number("Height", 0, Integer.MAX_VALUE);
        }
    }

    private static void checkVideo(ZimFields video) {
        checkUrl(video);
        if (video.has("Thumbnail")) {
            checkPicture(video, "Thumbnail", 1);
        }
    }

    private static void checkPicture(ZimFields media, String field, int leastPixels) {
        if (!media.has(field)) {
            media.wrong(field, "is required, an object");
            return;
        }
        ZimFields picture = media.object(field);
        checkUrl(picture);
        for (String side : new String[] {"Width", "Height"}) {
            if (!picture.has(side)) {
                picture.wrong(side, "is required, a number of pixels");
            }
            picture.number(side, leastPixels, Integer.MAX_VALUE);
        }
    }

    private static void checkUrl(ZimFields media) {
        media.requiredText("Url");
        media.text("Url", URL_BYTES, ZimError.PARAMETER);
    }
}
