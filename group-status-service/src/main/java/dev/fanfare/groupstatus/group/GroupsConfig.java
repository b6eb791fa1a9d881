package dev.fanfare.groupstatus.group;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code fanfare.groups.*}. */
@ConfigMapping(prefix = "fanfare.groups")
public interface GroupsConfig {

    /** Members of a group whose creator did not say how many it may have, and the most that one may say. */
    @WithDefault("3000")
    int maxMembers();

    /** How long the database may take for one call; then it counts as away. */
    @WithDefault("4s")
    Duration databasePatience();
}
