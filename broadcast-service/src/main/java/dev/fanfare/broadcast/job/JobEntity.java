package dev.fanfare.broadcast.job;

import dev.fanfare.contracts.delivery.JobProgress.State;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/** A message to all users, as those see it who list and change jobs. */
@Entity(name = "Job")
@Table(schema = "broadcast", name = "job")
@IdClass(JobEntity.Key.class)
class JobEntity {

    @Id
    @Column(name = "app_key")
    String appKey;

    @Id
    @Column(name = "message_uid")
    String messageUid;

    @Enumerated(EnumType.STRING)
    State state;

    byte[] command;

    @Column(name = "created_at")
    long createdAt;

    @Column(name = "ended_at")
    Long endedAt;

    Long audience;

    long users;

    @Column(name = "users_per_second")
    long usersPerSecond;

    @Column(name = "told_users")
    long toldUsers;

    @Column(name = "told_at")
    long toldAt;

    @Column(name = "send_at")
    Long sendAt;

    String cron;

    @Column(name = "time_zone")
    String timeZone;

    @Column(name = "last_run_at")
    Long lastRunAt;

    @Column(name = "series_uid")
    String seriesUid;

    record Key(String appKey, String messageUid) {}

    Rate rate() {
        return new Rate(usersPerSecond, toldUsers, toldAt);
    }
}
