package dev.fanfare.gateway.zim;

/**
 * Every way in which ZIM's API refuses a call, or one user of a call: the only place of its codes, which are the vendor's
 * ({@code wire/zego.md}, 2). The HTTP status is 200 whatever the code. {@link #text()} goes to the caller where there is
 * nothing more exact to say; {@link #advice()} is for the documents.
 */
public enum ZimError {
    BUSY(
            1,
            "The server is busy: a part of it did not answer in time.",
            "Try again. The call most likely took no effect, but may have."),
    HOST(100000000, "The Host header is missing or malformed.", "Send the host of the gateway."),
    APP_ID(100000001, "AppId is missing or not a number of 32 bits.", "Send the AppId as decimal digits."),
    TIMESTAMP_EMPTY(100000002, "Timestamp is missing.", "Send the time in whole seconds since 1970."),
    TIMESTAMP_MALFORMED(100000003, "Timestamp is not a whole number.", "Send the time in whole seconds since 1970."),
    SIGNATURE_EXPIRED(
            100000004,
            "Timestamp is more than 10 minutes from now.",
            "Sign each call anew, with seconds (not milliseconds), and set the clock."),
    SIGNATURE(
            100000005,
            "Signature is not md5(AppId + SignatureNonce + ServerSecret + Timestamp).",
            "Compare the ServerSecret and the order of the parts; the result is 32 hex digits in lower case."),
    ACTION_EMPTY(100000006, "Action is missing.", "Name the action in the query: /?Action=SendMessageToAllUsers."),
    ACTION_UNKNOWN(
            100000007,
            "There is no such action, or not with this HTTP method.",
            "Compare the name, upper and lower case included; the text says which method it wants."),
    NONCE_EMPTY(100000008, "SignatureNonce is missing.", "Send a random text, 16 hex digits for instance."),
    SIGNATURE_EMPTY(100000009, "Signature is missing.", "Sign the call."),
    UNKNOWN_APP(100000010, "No app has this AppId.", "Compare the AppId; an administrator gives an app its zimAppId."),
    BODY(
            100000012,
            "The request cannot be read: the body is no JSON object, is longer than 2 MiB, or the query has"
                    + " bytes that are no UTF-8.",
            "Send UTF-8, and for an action with POST a JSON object."),
    SIGNATURE_VERSION_EMPTY(100000013, "SignatureVersion is missing.", "Send SignatureVersion=2.0."),
    SIGNATURE_VERSION(100000014, "SignatureVersion is not 2.0.", "Send SignatureVersion=2.0."),
    INTERNAL(
            100000015,
            "Internal error.",
            "A fault in Fanfare: look for the action and the RequestId in the gateway's log."),
    APP_LOCKED(100000016, "The app is locked or deleted.", "Ask an administrator."),
    NOT_ENABLED(
            100000017, "The service is switched off for this app.", "Ask an administrator to switch the feature on."),
    PARAMETER(
            660000002,
            "A parameter is missing or invalid.",
            "Correct the parameter that the text names. Nothing of the call was carried out."),
    TOO_MANY_USERS(660000011, "The list has too many users.", "Split it; the text says how many it may have."),
    USER_ID_TOO_LONG(660000012, "A user id is longer than 32 bytes.", "Shorten it."),
    NO_STATE(
            660200001,
            "The user is not registered, or was not connected in the last days.",
            "Register the user; from the first time it connects, it is Online or Offline."),
    APP_FREQUENCY(660300005, "The app calls this action too often.", "Wait a second."),
    GROUP_FREQUENCY(660300006, "This action is called too often for this group.", "Wait a second."),
    MESSAGE_TOO_LONG(
            660400001,
            "The message is too long.",
            "Shorten what the text names. An administrator can allow messages of up to 32 KB (zimMessageBytes)."),
    SENDER_UNKNOWN(660500002, "FromUserId is no registered user.", "Register it: UserRegister."),
    ALL_USERS_FREQUENCY(
            660500003,
            "SendMessageToAllUsers is called more than once a second or 100 times in 24 hours.",
            "Wait for the seconds in Retry-After."),
    NO_SUCH_GROUP(660600001, "There is no such group.", "Compare the GroupId."),
    MEMBERS_FREQUENCY(660600004, "QueryGroupMemberList is called more than 20 times a second.", "Wait a second."),
    KICK_FREQUENCY(660600005, "KickoutGroupUser is called more than 20 times a second.", "Wait a second."),
    NOT_A_MEMBER(660600008, "The user is not in the group.", "Nothing: it is out already."),
    CREATE_FREQUENCY(660600010, "CreateGroup is called more than 20 times a second.", "Wait a second."),
    GROUP_EXISTS(660600011, "There is a group with this GroupId.", "Choose another one."),
    OWNER_UNKNOWN(660600013, "GroupOwner is no registered user.", "Register it: UserRegister."),
    TOO_MANY_MEMBERS(
            660600016,
            "More than 100 members in one call, or more than the group may have (3000).",
            "Split the list, or use another group. Nobody was added."),
    TOO_MANY_ATTRIBUTES(660600019, "A group has at most 10 attributes.", "Leave some out."),
    ATTRIBUTE_LENGTH(
            660600020,
            "A Key of a group attribute has 1 to 16 bytes, its Value at most 1024.",
            "Shorten the one that the text names."),
    REGISTER_FREQUENCY(660700001, "UserRegister is called more than 20 times a second.", "Wait a second."),
    USER_EXISTS(660700002, "The user exists already.", "Nothing, or ModifyUserInfo."),
    USER_NAME_TOO_LONG(660700006, "UserName is longer than 256 bytes.", "Shorten it."),
    USER_AVATAR_TOO_LONG(660700007, "UserAvatar is longer than 500 bytes.", "Shorten it."),
    NO_SUCH_USER(660700012, "The user does not exist.", "Register it: UserRegister."),
    NOT_REGISTERED(660700015, "The user is not registered.", "Register it: UserRegister.");

    private final int code;
    private final String text;
    private final String advice;

    ZimError(int code, String text, String advice) {
        this.code = code;
        this.text = text;
        this.advice = advice;
    }

    /** {@code Code} or {@code SubCode}. */
    public int code() {
        return code;
    }

    /** {@code Message} or {@code SubMessage}, unless there is more to say. */
    public String text() {
        return text;
    }

    /** What the caller should do, for the documents. */
    public String advice() {
        return advice;
    }
}
