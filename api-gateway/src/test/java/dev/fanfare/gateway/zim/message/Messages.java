package dev.fanfare.gateway.zim.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;

/** Good bodies, to be spoiled. */
final class Messages {

    private Messages() {}

    static ObjectNode text(String sender, String text) {
        ObjectNode call = Json.mapper().createObjectNode();
        call.put("FromUserId", sender).put("MessageType", 1);
        call.putObject("MessageBody").put("Message", text);
        return call;
    }

    /** What {@code Message} of this type holds, as the vendor's examples have it. */
    static ObjectNode media(int type) {
        ObjectNode media = Json.mapper().createObjectNode();
        media.put("Uid", "343649807833778782").put("FileName", "FileName.jpg").put("Size", 1024);
        if (type == MediaContent.IMAGE) {
            picture(media.putObject("Origin"));
            picture(media.putObject("LargeImage"));
            picture(media.putObject("Thumbnail"));
            return media;
        }
        media.put("Url", "https:xxx");
        if (type != MediaContent.FILE) {
            media.put("MediaDuration", 30);
        }
        if (type == MediaContent.VIDEO) {
            picture(media.putObject("Thumbnail"));
        }
        return media;
    }

    private static void picture(ObjectNode picture) {
        picture.put("Url", "https:xxx").put("Width", 100).put("Height", 200);
    }
}
