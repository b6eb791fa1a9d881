package dev.fanfare.gateway.zim.user;

import dev.fanfare.gateway.user.UserChange;
import dev.fanfare.gateway.zim.UserFailures;
import dev.fanfare.gateway.zim.UserLists;
import dev.fanfare.gateway.zim.ZimError;
import dev.fanfare.gateway.zim.ZimFields;
import dev.fanfare.gateway.zim.ZimIds;
import dev.fanfare.gateway.zim.ZimProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code UserInfo} of {@code UserRegister} and {@code ModifyUserInfo}: up to a hundred users, each judged by itself.
 *
 * @param good those that keep the rules, each once
 * @param failures the others
 */
record UserInfos(List<UserChange> good, UserFailures failures) {

    static final int USERS = 100;

    private static final int NAME_BYTES = 256;
    private static final int AVATAR_BYTES = 500;
    private static final int EXTRA_BYTES = 2 * 1024;

    /**
     * Problems of the list as a whole are noted in {@code call}.
     *
     * @param again what is said of a user whom the list names a second time
     */
    static UserInfos read(ZimFields call, ZimError again) {
        List<UserChange> good = new ArrayList<>();
        UserFailures failures = UserFailures.withTexts();
        Set<String> seen = new HashSet<>();
        List<ZimFields> users = call.objects("UserInfo");
        call.check(UserLists.size("UserInfo", users, USERS));
        for (ZimFields user : users) {
            UserChange change = read(user);
            if (user.problem().isPresent()) {
                failures.add(change.userId(), user.problem().get());
            } else if (seen.add(change.userId())) {
                good.add(change);
            } else {
                failures.add(change.userId(), new ZimProblem(again, "UserInfo names the user twice"));
            }
        }
        return new UserInfos(good, failures);
    }

    private static UserChange read(ZimFields user) {
        String id = user.text("UserId");
        user.check(ZimIds.checkUser("UserInfo.UserId", id));
        return new UserChange(
                id,
                printable(user, "UserName", user.text("UserName", NAME_BYTES, ZimError.USER_NAME_TOO_LONG)),
                printable(user, "UserAvatar", user.text("UserAvatar", AVATAR_BYTES, ZimError.USER_AVATAR_TOO_LONG)),
                withoutNul(user, user.text("Extra", EXTRA_BYTES, ZimError.PARAMETER)));
    }

    private static String printable(ZimFields user, String field, String text) {
        if (text != null && text.chars().anyMatch(Character::isISOControl)) {
            user.wrong(field, "must not contain control characters");
        }
        return text;
    }

    /** PostgreSQL keeps no text with it. */
    private static String withoutNul(ZimFields user, String text) {
        if (text != null && text.indexOf(0) >= 0) {
            user.wrong("Extra", "must not contain the character 0");
        }
        return text;
    }
}
