-- Where a user's inbox ends. An epoch is the life of an inbox: after the user was deleted a new one begins.
create table inbox (
    app_key     text   not null,
    user_id     text   not null,
    epoch       text   not null,
    last_offset bigint not null,
    primary key (app_key, user_id)
);

-- Partitioned by the day of sending (UTC), so that what is too old goes with its partition. The day is derived from the
-- message, hence the same when a message is stored again: the primary key tells.
create table inbox_message (
    app_key     text   not null,
    user_id     text   not null,
    message_uid text   not null,
    day         date   not null,
    "offset"    bigint not null,
    data        bytea  not null,
    primary key (app_key, user_id, message_uid, day)
) partition by range (day);

create index inbox_message_by_offset on inbox_message (app_key, user_id, "offset");

comment on column inbox_message.data is 'the message as clients get it: JSON, UTF-8';

-- What each device has confirmed of its user's inbox.
create table inbox_position (
    app_key   text        not null,
    user_id   text        not null,
    device_id text        not null,
    epoch     text        not null,
    confirmed bigint      not null,
    seen_at   timestamptz not null default now(),
    primary key (app_key, user_id, device_id)
);
