package dev.fanfare.delivery.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.delivery.InApp;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * Whatever happens: each device sees every broadcast of its window and every message of its user's inbox exactly once and
 * in order, or is told that it cannot; never is a partial recovery presented as whole, nor a message counted as delivered
 * that a device does not have. Histories are made of the real window, sessions, event loop lists and
 * wires; only time, the log, PostgreSQL, event loops and sockets are the test's. What is judged is in {@link ModelDevice},
 * {@link InboxMemory} and {@link World}.
 */
class RecoveryPropertyTest {

    private static final List<String> NOT_TO_BE_MISSED = List.of(
            World.RECOVERED,
            World.TOLD_INCOMPLETE,
            World.CUT_IN_FRAME,
            World.SLOW,
            World.LOST,
            World.KEPT,
            World.WENT_ON,
            World.BEGAN,
            World.INBOX_WHOLE,
            World.INBOX_INCOMPLETE,
            World.INBOX_RECOVERED,
            World.INBOX_UNKNOWN,
            World.CONFIRMED,
            World.UNCONFIRMED,
            World.NOBODY,
            World.NO_PONG,
            World.KEPT_LONGER,
            World.OF_EARLIER_EPOCH,
            World.LIVE_TOLD,
            World.LIVE_NOT_TOLD,
            World.RECALLED_NOT_TOLD,
            World.REPOSITIONED);

    /** What goes wrong is part of the histories. */
    @BeforeContainer
    static void keepSilent() {
        Logger.getLogger(SessionHost.class.getName()).setLevel(Level.OFF);
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void everyDeviceSeesEachMessageOnceInOrderOrIsToldThatItCannot(
            @ForAll("setups") Setup setup, @ForAll("histories") List<Step> history) {
        World world = new World(setup);

        history.forEach(step -> step.in(world));
        world.comeToRest();

        world.assertWhole();
        world.end();
        for (String event : NOT_TO_BE_MISSED) {
            Statistics.label(event).collect(world.happened(event)).coverage(checker -> checker.check(true)
                    .count(count -> count > 0));
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void bothFormatsTellTheSame(@ForAll("wholeReads") Setup setup, @ForAll("histories") List<Step> history) {
        World json = new World(setup.speaking("J"));
        World protobuf = new World(setup.speaking("P"));

        for (World world : List.of(json, protobuf)) {
            history.forEach(step -> step.in(world));
            world.comeToRest();
            world.end();
        }

        for (int i = 0; i < json.devices().size(); i++) {
            assertThat(protobuf.devices().get(i).transcript())
                    .isEqualTo(json.devices().get(i).transcript());
        }
    }

    @Provide
    Arbitrary<Setup> setups() {
        return Combinators.combine(
                        Arbitraries.of(200, 1_000, 1_000_000),
                        Arbitraries.of(100, 400, 500_000),
                        Arbitraries.of(60, 500, 1_000_000),
                        Arbitraries.of(50, 600, 64 * 1024),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.of(true, false),
                        Arbitraries.of("J", "P", "JP"),
                        inboxes())
                .as((window, reply, pipe, highWater, loops, presenceAtOnce, formats, inboxes) ->
                        new Setup(window, reply, pipe, highWater, loops, presenceAtOnce, formats, false, inboxes));
    }

    /** Bytes do not count: what fits in one format would not in the other. */
    @Provide
    Arbitrary<Setup> wholeReads() {
        return Combinators.combine(
                        Arbitraries.of(200, 1_000, 1_000_000),
                        Arbitraries.of(100, 400, 500_000),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.of(true, false),
                        inboxes())
                .as((window, reply, loops, presenceAtOnce, inboxes) -> new Setup(
                        window, reply, 1_000_000_000, 1_000_000_000, loops, presenceAtOnce, "J", true, inboxes));
    }

    private static Arbitrary<Setup.Inboxes> inboxes() {
        return Combinators.combine(
                        Arbitraries.of("N", "U", "NU"),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(2, 100))
                .as(Setup.Inboxes::new);
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Integer> app = Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, 1));
        Arbitrary<Integer> node = Arbitraries.integers().between(0, 1);
        Arbitrary<Integer> loop = Arbitraries.integers().between(0, 1);
        Arbitrary<Integer> device = Arbitraries.integers().between(0, 5);
        Arbitrary<Integer> few = Arbitraries.integers().between(1, 6);
        Arbitrary<Integer> bytes = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.integers().between(0, 300)), Tuple.of(1, Arbitraries.just(Integer.MAX_VALUE)));
        // Two of the largest are more than one run takes.
        Arbitrary<Integer> padding = Arbitraries.frequencyOf(
                Tuple.of(40, Arbitraries.integers().between(0, 150)), Tuple.of(1, Arbitraries.just(40_000)));
        Arbitrary<InApp> kind =
                Arbitraries.frequency(Tuple.of(4, InApp.WINDOW), Tuple.of(2, InApp.KEPT), Tuple.of(2, InApp.LIVE));
        Arbitrary<Boolean> either = Arbitraries.of(true, false);
        return Arbitraries.<Step>frequencyOf(
                        Tuple.of(14, Combinators.combine(app, padding, kind).as(Step.Publish::new)),
                        Tuple.of(
                                2,
                                Combinators.combine(app, Arbitraries.integers().between(0, 5), kind)
                                        .as(Step.Recall::new)),
                        Tuple.of(3, few.map(Step.WriteKept::new)),
                        Tuple.of(1, Arbitraries.integers().between(1, 4).map(Step.PassDays::new)),
                        Tuple.of(1, app.map(Step.Repeat::new)),
                        Tuple.of(1, Arbitraries.create(Step.Noise::new)),
                        Tuple.of(
                                14,
                                Combinators.combine(node, few, either, either).as(Step.Follow::new)),
                        Tuple.of(20, Combinators.combine(node, loop, few).as(Step.Turn::new)),
                        Tuple.of(
                                8,
                                Combinators.combine(device, Arbitraries.of(1, 2))
                                        .as(Step.PartOfTurn::new)),
                        Tuple.of(8, Combinators.combine(device, node).as(Step.Connect::new)),
                        Tuple.of(5, node.map(Step.ConnectAll::new)),
                        Tuple.of(5, Arbitraries.create(Step.CalmDown::new)),
                        Tuple.of(16, Combinators.combine(device, bytes).as(Step.Read::new)),
                        Tuple.of(4, Combinators.combine(device, bytes, either).as(Step.BreakOff::new)),
                        Tuple.of(2, device.map(Step.Leave::new)),
                        Tuple.of(2, device.map(Step.Kill::new)),
                        Tuple.of(3, few.map(Step.Pass::new)),
                        Tuple.of(1, Arbitraries.integers().between(1, 11).map(Step.PassMinutes::new)),
                        Tuple.of(1, node.map(Step.Expire::new)),
                        Tuple.of(3, node.map(Step.Tick::new)),
                        Tuple.of(5, node.map(Step.AnswerPresence::new)),
                        Tuple.of(2, Combinators.combine(node, device, either).as(Step.Personal::new)),
                        Tuple.of(
                                12,
                                Combinators.combine(device, padding, node, either)
                                        .as(Step.Store::new)),
                        Tuple.of(
                                6,
                                Combinators.combine(node, Arbitraries.integers().between(0, 5))
                                        .as(Step.Hand::new)),
                        Tuple.of(6, few.map(Step.AnswerInboxes::new)),
                        Tuple.of(2, either.map(Step.InboxesAway::new)),
                        Tuple.of(1, Combinators.combine(device, few).as(Step.ExpireInbox::new)),
                        Tuple.of(1, device.map(Step.DeleteUser::new)),
                        Tuple.of(2, device.map(Step.Mute::new)),
                        Tuple.of(
                                2,
                                Combinators.combine(
                                                device, Arbitraries.integers().between(0, 2))
                                        .as(Step.Acknowledge::new)),
                        Tuple.of(1, node.map(Step.Drain::new)),
                        Tuple.of(1, Combinators.combine(node, either).as(Step.Restart::new)),
                        Tuple.of(1, Arbitraries.create(Step.NewTopic::new)))
                .list()
                .ofMaxSize(100)
                .withSizeDistribution(RandomDistribution.uniform());
    }
}
