package dev.fanfare.gateway.zim.message;

import dev.fanfare.gateway.zim.ZimError;
import dev.fanfare.gateway.zim.ZimFields;

/** What messages into a conversation have beside those to all users. It is the vendor's clients' to act on; here it is checked. */
final class ConversationOptions {

    private static final int LOW = 1;
    private static final int HIGH = 3;
    private static final int SEARCHED_BYTES = 64;

    private ConversationOptions() {}

    /** Problems are noted in {@code call}. */
    static void check(ZimFields call) {
        if (!call.has("Priority")) {
            call.wrong("Priority", "is required, 1, 2 or 3");
        }
        call.number("Priority", LOW, HIGH);
        call.text("SearchedContent", SEARCHED_BYTES, ZimError.PARAMETER);
        call.object("SendMsgOptions").flag("NoUnread");
    }
}
