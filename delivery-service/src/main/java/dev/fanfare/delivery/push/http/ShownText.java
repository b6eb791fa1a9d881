package dev.fanfare.delivery.push.http;

import java.text.BreakIterator;
import java.util.Locale;

/** Titles and texts of a vendor's length. */
public final class ShownText {

    private static final String CUT = "…";

    private ShownText() {}

    /**
     * The text itself, or as much of its beginning as fits, with an ellipsis: never half a character, be it an emoji of
     * several code points.
     *
     * @param max UTF-16 units: vendors say "characters", and whichever they mean, this is not more
     */
    public static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        int end = characters.preceding(max - CUT.length() + 1);
        return text.substring(0, end).stripTrailing() + CUT;
    }

    /** The first that has something to read, or an empty text. */
    public static String firstOf(String... texts) {
        for (String text : texts) {
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return "";
    }
}
