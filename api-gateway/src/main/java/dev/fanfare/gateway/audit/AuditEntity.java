package dev.fanfare.gateway.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A row of {@code gateway.audit}. Texts from outside are cut to their columns, and cannot break a line of a log. */
@Entity
@Immutable
@Table(schema = "gateway", name = "audit")
class AuditEntity {

    private static final int NAME_CHARS = 64;
    private static final int DETAIL_CHARS = 256;

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private Instant at;

    private String actor;

    private String address;

    private String act;

    @Column(name = "app_key")
    private String app;

    private String detail;

    private String outcome;

    AuditEntity() {}

    AuditEntity(Act act, String outcome, Instant at) {
        this.at = at;
        this.actor = name(act.actor());
        this.address = name(act.address());
        this.act = name(act.what());
        this.app = name(act.app());
        this.detail = clean(act.detail(), DETAIL_CHARS);
        this.outcome = name(outcome);
    }

    static String name(String text) {
        return clean(text, NAME_CHARS);
    }

    private static String clean(String text, int chars) {
        String cut = text.length() > chars ? text.substring(0, chars) : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }

    AuditEntry toEntry() {
        return new AuditEntry(id, at, new Act(actor, address, act, app, detail), outcome);
    }
}
