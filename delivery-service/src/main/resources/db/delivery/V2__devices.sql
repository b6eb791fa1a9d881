-- The devices of users that a push provider reaches.
create table device (
    app_key       text        not null,
    user_id       text        not null,
    device_id     text        not null,
    provider      text        not null,
    token         text        not null,
    token_hash    bytea       not null,
    environment   text        not null default 'PRODUCTION',
    app_id        text,
    locale        text,
    time_zone     text,
    registered_at timestamptz not null,
    primary key (app_key, user_id, device_id)
);

comment on column device.token_hash is 'SHA-256 of the token: tokens of Web Push are too long for an index';

-- A token belongs to one user of an app at a time.
create unique index device_by_token on device (app_key, provider, token_hash);
