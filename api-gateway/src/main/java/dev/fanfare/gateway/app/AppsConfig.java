package dev.fanfare.gateway.app;

import dev.fanfare.contracts.Secret;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;

/** Apps that are created at the first start, {@code fanfare.apps.<app key>.*}. One that exists is left as it is. */
@ConfigMapping(prefix = "fanfare.apps")
public interface AppsConfig {

    /** By app key. */
    @WithParentName
    Map<String, FirstApp> apps();

    /** One app. */
    interface FirstApp {

        /** The App Secret. */
        Secret secret();

        /** For people; the app key where it is absent. */
        Optional<String> name();

        /** AppId on ZIM's API. */
        Optional<String> zimAppId();

        /** ServerSecret on ZIM's API. */
        Optional<Secret> zimServerSecret();
    }
}
