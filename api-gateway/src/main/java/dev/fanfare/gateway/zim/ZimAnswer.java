package dev.fanfare.gateway.zim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a call is answered with: HTTP 200 and {@code Code}, {@code Message}, {@code RequestId} with these fields beside them.
 *
 * @param code 0: done, whole or for at least one of its users
 * @param messageUid of the message that the call has sent, for the answer's header; null without one
 */
public record ZimAnswer(int code, String message, Map<String, Object> fields, String messageUid) {

    private static final int OK = 0;

    /** Done. */
    public static ZimAnswer success(Map<String, Object> fields) {
        return new ZimAnswer(OK, "success", fields, null);
    }

    /** A message is safe. */
    public static ZimAnswer sent(String messageUid, Map<String, Object> fields) {
        return new ZimAnswer(OK, "success", fields, messageUid);
    }

    public static ZimAnswer refused(ZimError error) {
        return refused(error, error.text());
    }

    /** The same of a call that has sent this message. */
    public ZimAnswer of(String sentUid) {
        return new ZimAnswer(code, message, fields, sentUid);
    }

    /** The same with an empty list under this name, unless it has one. */
    ZimAnswer withList(String name) {
        if (fields.containsKey(name)) {
            return this;
        }
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(name, List.of());
        return new ZimAnswer(code, message, more, messageUid);
    }

    public static ZimAnswer refused(ZimError error, String text) {
        return new ZimAnswer(error.code(), text, Map.of(), null);
    }

    public static ZimAnswer refused(ZimProblem problem) {
        return refused(problem.error(), problem.text());
    }
}
