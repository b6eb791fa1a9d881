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
