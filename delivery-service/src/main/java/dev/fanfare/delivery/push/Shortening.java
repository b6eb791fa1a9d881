package dev.fanfare.delivery.push;

import java.util.Optional;
import java.util.function.Function;

/** Makes a push as small as its provider wants it by taking from the end of the text that is shown. */
public final class Shortening {

    private static final String ELLIPSIS = "…";

    private Shortening() {}

    /**
     * The payload with as much of the text as fits; an ellipsis stands for what is left out, and no character is cut in
     * two.
     *
     * @param text null is kept
     * @param payload makes the payload of a text; longer, or as long, for a longer text
     * @param most bytes
     * @return empty if it does not even fit without any text
     */
    public static Optional<byte[]> fit(String text, Function<String, byte[]> payload, int most) {
        byte[] whole = payload.apply(text);
        if (whole.length <= most) {
            return Optional.of(whole);
        }
        if (text == null) {
            return Optional.empty();
        }
        byte[] best = payload.apply(ELLIPSIS);
        if (best.length > most) {
            return Optional.empty();
        }
        int fits = 0;
        int tooMany = text.codePointCount(0, text.length());
        while (tooMany - fits > 1) {
            int middle = (fits + tooMany) >>> 1;
            byte[] shorter = payload.apply(text.substring(0, text.offsetByCodePoints(0, middle)) + ELLIPSIS);
            if (shorter.length <= most) {
                fits = middle;
                best = shorter;
            } else {
                tooMany = middle;
            }
        }
        return Optional.of(best);
    }
}
