package dev.fanfare.broadcast.audience;

import dev.fanfare.contracts.command.AllUsersCommand;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;

/** A statement that asks for users, with only the conditions that it needs, so that each finds its index. */
record AudienceQuery(String statement, Tuple arguments) {

    private static final String FROM = " from broadcast.audience where app_key = $1 and not removed";

    static AudienceQuery page(String appKey, AllUsersCommand.Audience audience, String after, int limit) {
        return select("user_id", appKey, audience).and("user_id > ", after).then(" order by user_id limit ", limit);
    }

    static AudienceQuery count(String appKey, AllUsersCommand.Audience audience) {
        return select("count(*)", appKey, audience);
    }

    private static AudienceQuery select(String what, String appKey, AllUsersCommand.Audience audience) {
        AudienceQuery all = new AudienceQuery("select " + what + FROM, Tuple.of(appKey));
        return audience == null ? all : all.tagged("@>", audience.tags()).tagged("&&", audience.anyTags());
    }

    /** Nobody's tags are empty who has one of these, and the index knows only those who have any. */
    private AudienceQuery tagged(String operator, List<String> tags) {
        return tags == null || (tags.isEmpty() && operator.equals("@>"))
                ? this
                : and("tags <> '{}' and tags " + operator + " ", tags.toArray(String[]::new));
    }

    private AudienceQuery and(String condition, Object argument) {
        return then(" and " + condition, argument);
    }

    private AudienceQuery then(String text, Object argument) {
        arguments.addValue(argument);
        return new AudienceQuery(statement + text + "$" + arguments.size(), arguments);
    }
}
