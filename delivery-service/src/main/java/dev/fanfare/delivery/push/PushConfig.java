package dev.fanfare.delivery.push;

import dev.fanfare.contracts.Secret;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code fanfare.push.*}. */
@ConfigMapping(prefix = "fanfare.push")
public interface PushConfig {

    /** Encrypts what apps show their push providers: 32 bytes in base64. */
    Secret credentialKey();

    /** By which name that key is known beside what it has encrypted. Another key needs another name. */
    @WithDefault("k1")
    String credentialKeyId();

    /** Keys of before by their names; they decrypt. */
    Map<String, Secret> previousCredentialKeys();

    /** How often a node looks whether credentials were changed. */
    @WithDefault("1s")
    Duration credentialRefresh();

    /** How long a push is tried, unless its job says so. Below the retention of the topics. */
    @WithDefault("24h")
    Duration maxAge();

    /** Pushes of a node that may be under way, of all apps and providers, before it reads no more jobs. */
    @WithDefault("20000")
    int openAtMost();

    /**
     * Pushes in bulk of a node that may be under way before it reads no more such jobs. Each waits in its lane until it is
     * its turn: so a lane that is full holds back the reading of more.
     */
    @WithDefault("5000")
    int bulkOpenAtMost();

    /** What is shown in the place of a push whose message was recalled, where the provider can; absent: it stays. */
    Optional<String> recalledText();

    /** How long it is known that a push was accepted: as long as a job may come again. In days, rounded up. */
    @WithDefault("4d")
    Duration sentRetention();

    /** What each credential has for itself, on each node. */
    Lane lane();

    /** When a push is tried again. */
    Retry retry();

    /** The lane of a credential. */
    interface Lane {

        /** Pushes that are with the provider at a time. */
        @WithDefault("64")
        int concurrency();

        /** Pushes that wait for their turn; those beyond go to a delay topic at once. */
        @WithDefault("4000")
        int waiting();

        /** Pushes in bulk that wait for their turn, which they have when none of the others waits. */
        @WithDefault("10000")
        int bulkWaiting();

        /** How long a push waits for its turn before it goes to a delay topic. */
        @WithDefault("10s")
        Duration patience();

        /** How long a provider may take for an answer. */
        @WithDefault("10s")
        Duration timeout();

        /** Of how many of the last answers the breaker looks at the failures. */
        @WithDefault("20")
        int breakerWindow();

        /** From how many answers on the breaker looks at them. */
        @WithDefault("10")
        int breakerMinimum();

        /** Percent of the answers that are failures, at which the breaker opens. */
        @WithDefault("50")
        int breakerFailures();

        /** How long the breaker stays open. */
        @WithDefault("30s")
        Duration breakerOpen();

        /** Pushes that are tried then; the breaker closes if fewer of them fail than would open it. */
        @WithDefault("5")
        int breakerTrials();
    }

    /** The delay topics. */
    interface Retry {

        /** How long a job stays in each delay topic, at least; one and a half times as long at most. Ascending. */
        @WithDefault("10s,1m,10m,1h")
        List<Duration> delays();
    }
}
