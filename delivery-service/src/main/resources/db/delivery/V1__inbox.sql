-- What goes with its day is kept in tables that are partitioned by a column "day": the partitions of "parent" from the
-- oldest day that is kept to the day after tomorrow; what is older is dropped.
create function day_partitions(parent text, today date, oldest date) returns void language plpgsql as $$
declare
    day  date;
    part record;
begin
    -- One node at a time.
    perform pg_advisory_xact_lock(hashtext('delivery.day_partitions.' || parent));
    for day in select generate_series(oldest, today + 2, interval '1 day')::date loop
        execute format(
            'create table if not exists delivery.%I partition of delivery.%I for values from (%L) to (%L)',
            parent || '_' || to_char(day, 'YYYYMMDD'), parent, day, day + 1);
    end loop;
    for part in
        select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid
        where inhparent = format('delivery.%I', parent)::regclass
          and relname < parent || '_' || to_char(oldest, 'YYYYMMDD')
    loop
        execute format('drop table delivery.%I', part.name);
    end loop;
end
$$;

-- Where a user's inbox ends. An epoch is the life of an inbox, named by the ms since 1970 of its beginning: after the user
-- was deleted a new one begins.
create table inbox (
    app_key     text   not null,
    user_id     text   not null,
    epoch       bigint not null,
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
    epoch     bigint      not null,
    confirmed bigint      not null,
    seen_at   timestamptz not null default now(),
    primary key (app_key, user_id, device_id)
);
