package dev.fanfare.contracts;

/**
 * The sizes that a message may have. They are the vendor's where it states them (broadcast, group status and template
 * pages; the web client checks the same 131,072 bytes), Fanfare's own where it does not.
 */
public final class Limits {

    /** {@code content}, UTF-8 bytes; for a template also after its placeholders were replaced. */
    public static final int CONTENT_BYTES = 131_072;

    /** {@code objectName}, characters. */
    public static final int OBJECT_NAME_CHARS = 32;

    /** User ids and group ids, characters. */
    public static final int ID_CHARS = 64;

    /** Names of users and groups, characters. */
    public static final int NAME_CHARS = 64;

    /** Groups of one group status message. */
    public static final int GROUPS_PER_MESSAGE = 3;

    /** Recipients of one template or system message. */
    public static final int USERS_PER_MESSAGE = 100;

    /** User ids of an audience of a push. */
    public static final int USERS_PER_AUDIENCE = 1_000;

    /** Tags of a user, and of each list of an audience. */
    public static final int TAGS = 20;

    /** Placeholders with a value, for one recipient (Fanfare's own: rendering must stay cheap). */
    public static final int PLACEHOLDERS_PER_USER = 100;

    /** One entry of {@code pushContent} or {@code pushData}, UTF-8 bytes (Fanfare's own: APNs takes 4 KiB in all). */
    public static final int PUSH_TEXT_BYTES = 4_096;

    /** {@code pushExt}, UTF-8 bytes (Fanfare's own). */
    public static final int PUSH_EXT_BYTES = 8_192;

    /** One serialized command, bytes. Below the topics' {@code max.message.bytes}, so that a producer never meets that. */
    public static final int COMMAND_BYTES = 1_000_000;

    /** User ids in one {@code delivery.direct} record of a group, or {@code delivery.bulk} record of an app. */
    public static final int USERS_PER_CHUNK = 500;

    private Limits() {}
}
