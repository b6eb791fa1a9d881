-- What became of each message for each recipient, as fanfare.delivery.outcome.v1 tells it. Partitioned by the day of the
-- message (UTC), which is the same whenever an outcome is told again.
create table ledger_outcome (
    app_key     text        not null,
    message_uid text        not null,
    user_id     text        not null,
    device_id   text        not null,
    outcome     text        not null,
    day         date        not null,
    provider    text,
    provider_id text,
    reason      text,
    told_at     timestamptz not null,
    primary key (app_key, message_uid, user_id, device_id, outcome, day)
) partition by range (day);

comment on column ledger_outcome.device_id is 'empty where it is about the user';

-- For the day on which a user wants to be forgotten.
create index ledger_outcome_by_user on ledger_outcome (app_key, user_id);

-- The same for messages without an outcome for each recipient. A source counts upwards: what it numbers no higher than
-- the last that was added was told again.
create table ledger_count (
    app_key     text   not null,
    message_uid text   not null,
    source      text   not null,
    day         date   not null,
    last_number bigint not null,
    told        bigint not null,
    not_online  bigint not null,
    primary key (app_key, message_uid, source, day)
) partition by range (day);
