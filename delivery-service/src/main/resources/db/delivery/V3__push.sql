-- What an app shows a push provider. Encrypted with AES-GCM under the key that key_id names in the configuration.
create table push_credential (
    app_key    text        not null,
    provider   text        not null,
    key_id     text        not null,
    settings   bytea       not null,
    updated_at timestamptz not null,
    primary key (app_key, provider)
);

-- What providers have accepted, so that a job which is read again is not pushed again. Partitioned by the day of sending
-- (UTC), so that what no job can come back for goes with its partition.
create table push_sent (
    app_key     text not null,
    user_id     text not null,
    message_uid text not null,
    device_id   text not null,
    day         date not null,
    provider    text not null,
    provider_id text,
    primary key (app_key, user_id, message_uid, device_id, day)
) partition by range (day);

-- The partitions from the oldest day that is kept to the day after tomorrow; what is older is dropped.
create function push_sent_partitions(today date, oldest date) returns void language plpgsql as $$
declare
    day  date;
    part record;
begin
    -- One node at a time.
    perform pg_advisory_xact_lock(hashtext('delivery.push_sent_partitions'));
    for day in select generate_series(oldest, today + 2, interval '1 day')::date loop
        execute format(
            'create table if not exists delivery.push_sent_%s partition of delivery.push_sent for values from (%L) to (%L)',
            to_char(day, 'YYYYMMDD'), day, day + 1);
    end loop;
    for part in
        select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid
        where inhparent = 'delivery.push_sent'::regclass
          and relname < 'push_sent_' || to_char(oldest, 'YYYYMMDD')
    loop
        execute format('drop table delivery.%I', part.name);
    end loop;
end
$$;

-- Pushes that were given up and that a person may repair.
create table push_dead_letter (
    id          bigint generated always as identity primary key,
    app_key     text        not null,
    user_id     text        not null,
    message_uid text        not null,
    device_id   text        not null,
    provider    text        not null,
    cause       text        not null,
    reason      text        not null,
    attempts    integer     not null,
    died_at     timestamptz not null,
    job         text        not null,
    unique (app_key, user_id, message_uid, device_id)
);

create index push_dead_letter_by_app on push_dead_letter (app_key, id);

comment on column push_dead_letter.job is 'the job as on Kafka, for this device alone: JSON';
comment on column push_dead_letter.provider is 'empty if the device was not known any more';
