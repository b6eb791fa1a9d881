create table gateway.app (
    app_key             varchar(64)  primary key,
    name                varchar(64)  not null,
    secret              varchar(128) not null,
    status              varchar(16)  not null check (status in ('ACTIVE', 'LOCKED', 'DELETED')),
    zim_app_id          varchar(64)  unique,
    zim_server_secret   varchar(128),
    switched_off        text         not null default '',
    limits              text         not null default '',
    clock_window_millis bigint,
    refuse_replays      boolean      not null default false,
    created_at          timestamptz  not null
);

create table gateway.app_user (
    app_key               varchar(64)   not null,
    user_id               varchar(64)   not null,
    name                  varchar(64)   not null,
    portrait_uri          varchar(1024) not null,
    created_at            timestamptz   not null,
    tokens_invalid_before bigint        not null default 0,
    primary key (app_key, user_id)
);
