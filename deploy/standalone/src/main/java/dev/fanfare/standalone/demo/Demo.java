package dev.fanfare.standalone.demo;

import dev.fanfare.contracts.Secret;
import dev.fanfare.standalone.client.AppCredentials;
import dev.fanfare.standalone.client.GatewayClient;
import dev.fanfare.standalone.client.Reply;
import dev.fanfare.standalone.installation.DemoApp;
import dev.fanfare.standalone.installation.Endpoints;
import dev.fanfare.standalone.launch.Console;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The main job, played with real clients: a broadcast, a group status and a template message to three users with two
 * devices each, one who is offline and gets pushes before she opens her app, and one who comes late. Judges by message id,
 * so that messages of an earlier play do not count.
 */
public final class Demo {

    static final String BROADCAST = "broadcast";
    static final String GROUP_STATUS = "group status";
    static final String TEMPLATE = "template";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** For what arrives twice, or where it should not. */
    private static final Duration AFTERMATH = Duration.ofSeconds(1);

    private static final List<String> ONLINE = List.of("anna", "ben", "carl");
    private static final String SENDER = "anna";
    private static final String OFFLINE = "dora";
    private static final String LATE = "erik";
    private static final List<String> TEMPLATE_TO = List.of("anna", "ben", "carl", OFFLINE);

    /** Push providers. */
    private static final String PHONES = "apns";

    private static final String TABLETS = "fcm";

    private final Endpoints endpoints;
    private final Console console;
    private final Changes changes = new Changes();

    public Demo(Endpoints endpoints, Console console) {
        this.endpoints = endpoints;
        this.console = console;
    }

    /** Returns whether every message is where it belongs; interruptible. */
    public boolean play() throws IOException, InterruptedException {
        GatewayClient backend =
                new GatewayClient(endpoints.gateway(), new AppCredentials(DemoApp.KEY, Secret.of(DemoApp.SECRET)));
        try (Cast cast = new Cast(backend, endpoints.edge(), changes);
                ShownPushes pushes = new ShownPushes(endpoints, changes)) {
            Ledger ledger = perform(new Script(backend), backend, cast, pushes);
            changes.await(ledger::allMet, PATIENCE);
            changes.await(() -> !ledger.allMet(), AFTERMATH);
            ledger.print(console);
            return ledger.allMet();
        }
    }

    private Ledger perform(Script script, GatewayClient backend, Cast cast, ShownPushes pushes)
            throws IOException, InterruptedException {
        console.line("anna, ben and carl come online, each with a phone and a tablet; dora's are offline.");
        for (String user : ONLINE) {
            cast.connect(user, "phone", "tablet");
        }
        backend.token(OFFLINE);
        String phone = pushes.install(PHONES);
        String tablet = pushes.install(TABLETS);
        backend.registerDevice(OFFLINE, OFFLINE + "-phone", PHONES, phone);
        backend.registerDevice(OFFLINE, OFFLINE + "-tablet", TABLETS, tablet);
        script.createGroup(TEMPLATE_TO);
        console.line("A broadcast goes to everybody: \"" + Script.BROADCAST_TEXT + "\".");
        String broadcast = script.broadcast();
        console.line("anna sends a group status to her team: \"" + Script.GROUP_TEXT + "\".");
        String groupStatus = script.groupStatus(SENDER);
        console.line("A template message goes to anna, ben, carl and dora, with a name and a number for each.");
        Reply template = script.template(TEMPLATE_TO);
        changes.await(
                () -> cast.devices().stream()
                        .noneMatch(device -> device.contentsOf(broadcast).isEmpty()),
                PATIENCE);
        console.line("erik comes online, after the broadcast.");
        cast.connect(LATE, "phone");
        changes.await(() -> !pushes.of(phone).isEmpty() && !pushes.of(tablet).isEmpty(), PATIENCE);
        console.line("dora sees the pushes, and opens the app on her phone.");
        cast.connect(OFFLINE, "phone");
        Ledger ledger = ledger(cast, broadcast, groupStatus, template);
        ledger.add(pushed("dora, phone, APNs", () -> pushes.of(phone)));
        ledger.add(pushed("dora, tablet, FCM", () -> pushes.of(tablet)));
        return ledger;
    }

    private static Expectation pushed(String who, Supplier<List<String>> shown) {
        String text = Script.pushText(OFFLINE);
        return new Expectation(who, TEMPLATE, text, "push: " + text, shown);
    }

    private static Ledger ledger(Cast cast, String broadcast, String groupStatus, Reply template) throws IOException {
        Ledger ledger = new Ledger();
        Predicate<String> getsGroupStatus = user -> ONLINE.contains(user) && !user.equals(SENDER);
        for (Device device : cast.devices()) {
            String who = device.user() + ", " + device.name();
            ledger.add(new Expectation(
                    who,
                    BROADCAST,
                    Script.content(Script.BROADCAST_TEXT),
                    ONLINE.contains(device.user()) ? "" : "late",
                    () -> device.contentsOf(broadcast)));
            ledger.add(new Expectation(
                    who,
                    GROUP_STATUS,
                    getsGroupStatus.test(device.user()) ? Script.content(Script.GROUP_TEXT) : null,
                    whyNoGroupStatus(device.user()),
                    () -> device.contentsOf(groupStatus)));
        }
        for (String user : TEMPLATE_TO) {
            String uid = template.messageUid(user);
            for (Device device : cast.of(user)) {
                ledger.add(new Expectation(
                        user + ", " + device.name(),
                        TEMPLATE,
                        Script.content(Script.templateText(user)),
                        Script.templateText(user),
                        () -> device.contentsOf(uid)));
            }
        }
        return ledger;
    }

    private static String whyNoGroupStatus(String user) {
        return switch (user) {
            case SENDER -> "sender";
            case OFFLINE -> "was offline";
            case LATE -> "no member";
            default -> "";
        };
    }
}
