package dev.fanfare.delivery.push;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/** A message's id in a form that every provider takes for a collapse id, tag or topic. */
public final class PushId {

    private static final Pattern URL_SAFE = Pattern.compile("[A-Za-z0-9_-]+");

    private PushId() {}

    /**
     * The id itself if it is short and of the alphabet of base64url, else a digest of it that is: the same for the same
     * id.
     *
     * @param most characters; at least 16, so that two ids stay two
     */
    public static String of(String messageUid, int most) {
        if (messageUid.length() <= most && URL_SAFE.matcher(messageUid).matches()) {
            return messageUid;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(messageUid.getBytes(StandardCharsets.UTF_8));
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
            return text.substring(0, Math.min(most, text.length()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
