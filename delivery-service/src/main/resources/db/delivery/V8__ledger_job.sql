-- How far a message to all users has come, as it was told last. Partitioned by the day of the message (UTC).
create table ledger_job (
    app_key          text        not null,
    message_uid      text        not null,
    day              date        not null,
    state            text        not null,
    users            bigint      not null,
    audience         bigint      not null,
    users_per_second bigint      not null,
    ends_at          timestamptz,
    told_at          timestamptz not null,
    primary key (app_key, message_uid, day)
) partition by range (day);
