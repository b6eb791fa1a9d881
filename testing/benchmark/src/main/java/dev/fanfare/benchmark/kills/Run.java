package dev.fanfare.benchmark.kills;

import dev.fanfare.benchmark.kills.Account.Due;
import dev.fanfare.benchmark.kills.Account.Kind;
import dev.fanfare.benchmark.product.BenchApp;
import dev.fanfare.benchmark.product.Installation;
import dev.fanfare.benchmark.product.Pushes;
import dev.fanfare.standalone.client.GatewayClient;
import dev.fanfare.standalone.client.Reply;
import dev.fanfare.standalone.client.TemplateMessage;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Template messages to users of all {@link Kind}s, a third each, half of them with a device at APNs, half at FCM; and what
 * came of them. One thread drives it.
 */
final class Run implements AutoCloseable {

    private static final List<String> PROVIDERS = List.of("apns", "fcm");
    private static final int RECIPIENTS = 20;
    private static final long PAUSE_NANOS = 250_000_000;
    private static final long AGAIN_NANOS = 200_000_000;
    private static final long LOOK_NANOS = 1_000_000_000;
    private static final int LOOK_EVERY = 1_000;
    private static final long CONNECT_SECONDS = 60;
    private static final int CUT_AFTER_SHARE = 5;
    private static final Duration SETTLING = Duration.ofMinutes(4);

    private final Installation installation;
    private final BenchApp app;
    private final Consumer<String> say;
    private final DeviceNetwork network;
    private final DeviceNetwork fragile;
    private final List<Pushes> providers = new ArrayList<>();
    private final List<Recipient> recipients = new ArrayList<>();
    private final Map<String, Set<String>> pushedTo = new HashMap<>();
    private int lostAnswers;

    /**
     * Registers users and devices and opens the apps of those who are online, or will be until their cable is cut.
     *
     * @param edgePorts where devices may connect
     */
    Run(Installation installation, BenchApp app, int users, List<Integer> edgePorts, Consumer<String> say)
            throws IOException, InterruptedException {
        this.installation = installation;
        this.app = app;
        this.say = say;
        network = new DeviceNetwork(edgePorts);
        fragile = new DeviceNetwork(edgePorts);
        List<String> userTokens = installation.tokens(app.key(), users);
        for (int i = 0; i < PROVIDERS.size(); i++) {
            Pushes provider = new Pushes(installation, PROVIDERS.get(i));
            providers.add(provider);
            app.pushCredential(provider.provider(), provider.credential());
            int from = users * i / PROVIDERS.size();
            List<String> tokens = provider.install(users * (i + 1) / PROVIDERS.size() - from);
            app.install(from, provider.provider(), tokens);
            IntStream.range(0, tokens.size())
                    .mapToObj(n -> recipient(from + n, userTokens.get(from + n), provider, tokens.get(n)))
                    .forEach(recipients::add);
        }
        open(Kind.ONLINE, network.uri());
        open(Kind.HALF_OPEN, fragile.uri());
    }

    private static Recipient recipient(int number, String userToken, Pushes provider, String pushToken) {
        Kind kind = Kind.values()[number % Kind.values().length];
        return new Recipient(kind, "user-" + number, "phone-" + number, userToken, provider.provider(), pushToken);
    }

    /**
     * Sends so many; returns when all were accepted. The cable is cut when a fifth of them was.
     *
     * @param accepted told how many were, after each call
     */
    void send(int messages, IntConsumer accepted) throws IOException, InterruptedException {
        GatewayClient backEnd = app.backEnd();
        boolean cut = false;
        int call = 0;
        for (int sent = 0; sent < messages; ) {
            if (!cut && sent >= messages / CUT_AFTER_SHARE) {
                fragile.cut();
                cut = true;
                say.accept("cut the cable at " + sent);
            }
            List<Recipient> to = to(sent, Math.min(RECIPIENTS, messages - sent));
            if (tell(backEnd, to, ++call, cut)) {
                sent += to.size();
                accepted.accept(sent);
                if (sent / LOOK_EVERY > (sent - to.size()) / LOOK_EVERY) {
                    say.accept(sent + " messages were accepted");
                    look();
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            } else {
                LockSupport.parkNanos(AGAIN_NANOS);
            }
        }
    }

    private List<Recipient> to(int sent, int count) {
        return IntStream.range(sent, sent + count)
                .mapToObj(i -> recipients.get(i % recipients.size()))
                .toList();
    }

    /** Whether the call was accepted: then its messages are due. A call without an answer may have been, too. */
    private boolean tell(GatewayClient backEnd, List<Recipient> to, int call, boolean cut) throws InterruptedException {
        TemplateMessage message = TemplateMessage.of(
                "bench",
                "RC:TxtMsg",
                "{\"content\":\"message {n}\"}",
                to.stream()
                        .map(each -> new TemplateMessage.Recipient(
                                each.userId(), Map.of("n", call + " to " + each.userId())))
                        .toList(),
                "push {n}");
        try {
            Reply reply = backEnd.postJson(TemplateMessage.PATH, message).requireOk();
            for (Recipient each : to) {
                boolean away = each.kind() == Kind.OFFLINE || each.kind() == Kind.HALF_OPEN && cut;
                each.sent(reply.messageUid(each.userId()), away);
            }
            return true;
        } catch (IOException e) {
            lostAnswers++;
            return false;
        }
    }

    /** Everybody who is online has everything, and every other device got its pushes; or the time is over. */
    void settle() throws IOException, InterruptedException {
        await(() -> balance(Kind.ONLINE).isEven()
                && balance(Kind.OFFLINE).unpushed() == 0
                && balance(Kind.HALF_OPEN).unpushed() == 0);
    }

    /** Everybody opens the app, or has a network again; returns when all have everything, or the time is over. */
    void openAll() throws IOException, InterruptedException {
        fragile.mend();
        open(Kind.OFFLINE, network.uri());
        await(() -> balances().values().stream().allMatch(Balance::isEven));
    }

    Map<Kind, Balance> balances() {
        Map<Kind, Balance> balances = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            balances.put(kind, balance(kind));
        }
        return balances;
    }

    /** Calls that were made again because there was no answer, or another one than "accepted". */
    int lostAnswers() {
        return lostAnswers;
    }

    /** Pushes that a provider took again under the same id. */
    long pushedAgain() throws IOException, InterruptedException {
        long again = 0;
        for (Pushes provider : providers) {
            again += provider.counts().again();
        }
        return again;
    }

    /** Messages that do not stand in an inbox exactly once. */
    List<String> notOnceInInboxes() throws SQLException {
        Map<String, Long> rows = Books.inboxes(installation.jdbcUrl(), app.key());
        return recipients.stream()
                .flatMap(each -> each.due().stream())
                .map(Due::messageUid)
                .filter(uid -> rows.getOrDefault(uid, 0L) != 1)
                .toList();
    }

    /** Where the ledger is not what devices and providers saw, in words. It is given time to become so. */
    List<String> differencesOfLedger() throws IOException, InterruptedException {
        GatewayClient backEnd = app.backEnd();
        Map<String, Books.Entry> expected = expected();
        Map<String, Books.Entry> differing = Books.differing(backEnd, expected);
        long deadline = System.nanoTime() + SETTLING.toNanos() / 4;
        while (!differing.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_NANOS);
            look();
            expected = expected();
            expected.keySet().retainAll(differing.keySet());
            differing = Books.differing(backEnd, expected);
        }
        Map<String, Books.Entry> should = expected;
        return differing.entrySet().stream()
                .map(each -> each.getKey() + " of a user who is "
                        + kindOf(each.getKey()).text() + ": " + each.getValue() + ", expected "
                        + should.get(each.getKey()))
                .toList();
    }

    private Kind kindOf(String messageUid) {
        return recipients.stream()
                .filter(each ->
                        each.due().stream().anyMatch(due -> due.messageUid().equals(messageUid)))
                .map(Recipient::kind)
                .findFirst()
                .orElseThrow();
    }

    /** By now every device has every message. */
    private Map<String, Books.Entry> expected() {
        Map<String, Books.Entry> expected = new HashMap<>();
        for (Recipient each : recipients) {
            Set<String> pushed = pushed(each);
            each.due()
                    .forEach(due -> expected.put(
                            due.messageUid(), new Books.Entry(1, 1, pushed.contains(due.messageUid()) ? 1 : 0)));
        }
        return expected;
    }

    private Balance balance(Kind kind) {
        return Balance.of(recipients.stream()
                .filter(each -> each.kind() == kind)
                .map(each -> each.account(pushed(each)))
                .toList());
    }

    private Set<String> pushed(Recipient recipient) {
        return pushedTo.getOrDefault(recipient.pushToken(), Set.of());
    }

    private void open(Kind kind, URI edge) throws InterruptedException {
        List<Recipient> those =
                recipients.stream().filter(each -> each.kind() == kind).toList();
        those.forEach(each -> each.open(edge));
        for (Recipient each : those) {
            each.awaitConnected(CONNECT_SECONDS);
        }
    }

    /** Providers show the last ten thousand only: they are looked at again and again. */
    private void look() throws IOException, InterruptedException {
        for (Pushes provider : providers) {
            provider.taken().forEach(push -> pushedTo.computeIfAbsent(push.token(), token -> new HashSet<>())
                    .add(push.id()));
        }
    }

    private void await(BooleanSupplier settled) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + SETTLING.toNanos();
        look();
        while (!settled.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_NANOS);
            look();
        }
    }

    @Override
    public void close() {
        recipients.parallelStream().forEach(Recipient::close);
        network.close();
        fragile.close();
    }
}
