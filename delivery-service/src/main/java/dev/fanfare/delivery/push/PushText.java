package dev.fanfare.delivery.push;

import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.PushNotification;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The text of a push, and as much of it as a provider takes. */
final class PushText {

    private static final String CUT = "…";

    private PushText() {}

    /** Empty if there is none. */
    static Optional<String> of(ClientMessage message, PushNotification push) {
        return push.textFor(message.objectName(), message.content());
    }

    /** So much of it as fits, the last character whole; a text that is cut says so. */
    static String cut(String text, int maxBytes) {
        if (bytes(text) <= maxBytes) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int room = maxBytes - bytes(CUT);
        for (int i = 0; i < text.length(); ) {
            String character = Character.toString(text.codePointAt(i));
            room -= bytes(character);
            if (room < 0) {
                break;
            }
            kept.append(character);
            i += character.length();
        }
        return kept.append(CUT).toString();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
