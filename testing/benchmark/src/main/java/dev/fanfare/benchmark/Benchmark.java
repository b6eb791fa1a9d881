package dev.fanfare.benchmark;

import dev.fanfare.benchmark.kills.AllUsersKills;
import dev.fanfare.benchmark.kills.Kills;
import dev.fanfare.benchmark.measure.AllUsers;
import dev.fanfare.benchmark.measure.Burst;
import dev.fanfare.benchmark.measure.DeliveryKills;
import dev.fanfare.benchmark.measure.FanOut;
import dev.fanfare.benchmark.measure.GatewayCalls;
import dev.fanfare.benchmark.measure.Latencies;
import dev.fanfare.benchmark.measure.Measurement;
import dev.fanfare.benchmark.measure.Memory;
import dev.fanfare.benchmark.measure.Offline;
import dev.fanfare.benchmark.measure.Pipeline;
import dev.fanfare.benchmark.measure.RollingRestart;
import dev.fanfare.benchmark.measure.Slow;
import dev.fanfare.benchmark.measure.Storm;
import java.util.Locale;
import java.util.function.Supplier;

/** What can be measured. */
enum Benchmark {
    FANOUT("One broadcast at a time", true, FanOut::new),
    BURST("Broadcasts back to back", true, Burst::new),
    MEMORY("What a session costs", true, Memory::new),
    LATENCY("From call to device", false, Latencies::new),
    GATEWAY("Calls that a gateway accepts", true, GatewayCalls::new),
    PIPELINE("From calls to sockets", false, Pipeline::new),
    STORM("All sessions come back at once", true, Storm::new),
    SLOW("Some sessions do not read", true, Slow::new),
    ALLUSERS("One message to all users", false, AllUsers::new),
    ROLLING_RESTART("Every process is restarted under load", false, RollingRestart::new),
    DELIVERY_KILLS("Nodes with sessions are killed under load", false, DeliveryKills::new),
    OFFLINE("Template messages to users who are away", false, Offline::new),
    KILLS("Template messages while services are killed", false, Kills::new),
    ALLUSERS_KILLS("One message to all users while services are killed", false, AllUsersKills::new);

    private final String title;
    private final boolean ofOneCore;
    private final Supplier<Measurement> measurement;

    Benchmark(String title, boolean ofOneCore, Supplier<Measurement> measurement) {
        this.title = title;
        this.ofOneCore = ofOneCore;
        this.measurement = measurement;
    }

    String title() {
        return title;
    }

    /** Whether what is measured has one core to itself. */
    boolean isOfOneCore() {
        return ofOneCore;
    }

    Measurement measurement() {
        return measurement.get();
    }

    String fileName() {
        return toString();
    }

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
