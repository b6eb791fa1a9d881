package dev.fanfare.contracts.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * The id of a message: 80 bits as four groups of four characters of base32hex ({@code 5FGT-7VA9-G4DD-4V5P}), the form
 * that RongCloud's own ids have. From the highest bit: 42 bits time in ms, 14 bits sequence, 4 bits kind, 20 bits node.
 * Ids sort by time as text. Only the time is meant to be read back.
 */
public final class MessageUid {

    static final int SEQUENCE_BITS = 14;
    static final int KIND_BITS = 4;
    static final int NODE_BITS = 20;

    private static final int TAIL_BITS = SEQUENCE_BITS + KIND_BITS + NODE_BITS;
    private static final long MAX_TIME = (1L << 42) - 1;
    private static final char[] ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUV".toCharArray();
    private static final int CHARS = 16;
    private static final Pattern FORM = Pattern.compile("[0-9A-V]{4}-[0-9A-V]{4}-[0-9A-V]{4}-[0-9A-V]{4}");

    private MessageUid() {}

    public static boolean isValid(String text) {
        return text != null && FORM.matcher(text).matches();
    }

    /** When the id was given, ms since 1970. */
    public static long timeOf(String uid) {
        long time = 0;
        int bits = 0;
        for (int i = 0; bits < 42; i++) {
            char c = uid.charAt(i);
            if (c == '-') {
                continue;
            }
            int digit = Character.digit(c, 32);
            int take = Math.min(5, 42 - bits);
            time = (time << take) | (digit >>> (5 - take));
            bits += take;
        }
        return time;
    }

    static String of(long timeMillis, int sequence, MessageKind kind, int node) {
        long tail = ((long) sequence << (KIND_BITS + NODE_BITS)) | ((long) kind.code() << NODE_BITS) | node;
        return format(timeMillis, tail);
    }

    /**
     * The id of a message whose writer gave none: derived from the record that names it, so that a redelivered record
     * yields the same id.
     *
     * @param recordId {@code ce_id} of the command
     * @param recipient user or group, empty for a broadcast
     */
    public static String derived(long timeMillis, String appKey, String recordId, String recipient) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {appKey, recordId, recipient}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                sha256.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                sha256.update(bytes);
            }
            long tail = ByteBuffer.wrap(sha256.digest()).getLong() & ((1L << TAIL_BITS) - 1);
            return format(timeMillis, tail);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String format(long timeMillis, long tail) {
        if (timeMillis < 0 || timeMillis > MAX_TIME) {
            throw new IllegalArgumentException("time outside 42 bits: " + timeMillis);
        }
        // 80 bits: the upper 16 of the time, then a long of the lower 26 of the time and the 38 of the tail.
        long low = (timeMillis << TAIL_BITS) | tail;
        int high = (int) (timeMillis >>> (Long.SIZE - TAIL_BITS));
        StringBuilder text = new StringBuilder(CHARS + 3);
        for (int i = 0; i < CHARS; i++) {
            if (i > 0 && i % 4 == 0) {
                text.append('-');
            }
            text.append(ALPHABET[digit(high, low, 75 - 5 * i)]);
        }
        return text.toString();
    }

    /** The five bits of the 80-bit number {@code high:low} that start at bit {@code shift}. */
    private static int digit(int high, long low, int shift) {
        if (shift >= Long.SIZE) {
            return (high >>> (shift - Long.SIZE)) & 31;
        }
        long bits = low >>> shift;
        if (shift > Long.SIZE - 5) {
            bits |= (long) high << (Long.SIZE - shift);
        }
        return (int) (bits & 31);
    }
}
