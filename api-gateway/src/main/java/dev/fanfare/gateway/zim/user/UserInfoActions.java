package dev.fanfare.gateway.zim.user;

import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.user.Users;
import dev.fanfare.gateway.zim.ZimAction;
import dev.fanfare.gateway.zim.ZimError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * {@code UserRegister}: new users; one who is there already stays as it is and is told of. {@code ModifyUserInfo}: names,
 * pictures and texts of users; what is absent stays.
 */
@ApplicationScoped
public class UserInfoActions {

    private final Users users;

    UserInfoActions(Users users) {
        this.users = users;
    }

    @Produces
    @Singleton
    ZimAction register() {
        return new UserInfoAction(
                "UserRegister",
                EndpointQuota.ZIM_USER_REGISTER,
                ZimError.REGISTER_FREQUENCY,
                ZimError.USER_EXISTS,
                ZimError.USER_EXISTS,
                users::registerNew);
    }

    @Produces
    @Singleton
    ZimAction modify() {
        return new UserInfoAction(
                "ModifyUserInfo",
                EndpointQuota.ZIM_USER_MODIFY,
                ZimError.APP_FREQUENCY,
                ZimError.NO_SUCH_USER,
                ZimError.PARAMETER,
                users::change);
    }
}
