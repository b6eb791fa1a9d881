package dev.fanfare.standalone.command;

import dev.fanfare.contracts.Secret;
import dev.fanfare.standalone.client.AppCredentials;
import dev.fanfare.standalone.client.GatewayClient;
import dev.fanfare.standalone.installation.DemoApp;
import dev.fanfare.standalone.installation.Endpoints;
import java.io.IOException;
import java.net.URI;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which server a command talks to, and for which app; by default the installation on this machine and the demo app. */
final class GatewayOptions {

    @Mixin
    private DataOption data;

    @Option(names = "--gateway", paramLabel = "URL", description = "The server API (default: this machine's).")
    private URI gateway;

    @Option(names = "--app", paramLabel = "KEY", description = "The App-Key (default: ${DEFAULT-VALUE}).")
    private String appKey = DemoApp.KEY;

    @Option(names = "--secret", description = "The app's secret (default: the demo app's).")
    private String appSecret = DemoApp.SECRET;

    GatewayClient client() throws IOException {
        return new GatewayClient(
                gateway == null ? endpoints().gateway() : gateway, new AppCredentials(appKey, Secret.of(appSecret)));
    }

    Endpoints endpoints() throws IOException {
        return Endpoints.of(data.dataDir());
    }
}
