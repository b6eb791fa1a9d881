-- Broadcasts that are kept for days, so that a node which starts has them. Few: bounded for each app. The offset is the
-- position in the app's stream (Kafka's offset plus one) and means something in its epoch only.
create table kept_broadcast (
    app_key     text        not null,
    message_uid text        not null,
    epoch       text        not null,
    "offset"    bigint      not null,
    sent_at     timestamptz not null,
    data        bytea       not null,
    primary key (app_key, message_uid)
);

create index kept_broadcast_by_age on kept_broadcast (sent_at);

comment on column kept_broadcast.data is 'the message as clients get it: JSON, UTF-8';

-- Messages that were taken back. Partitioned by the day of the recall (UTC), so that it goes when nothing of the message
-- can be on its way any more.
create table recalled (
    app_key     text not null,
    message_uid text not null,
    day         date not null,
    primary key (app_key, message_uid, day)
) partition by range (day);
