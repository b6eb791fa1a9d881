-- Who is a user of which app: a projection of fanfare.user.registered.v1. Ids are compared byte by byte, so that their
-- order is the same everywhere and cheap.
create table audience (
    app_key    text collate "C" not null,
    user_id    text collate "C" not null,
    tags       text[]           not null default '{}',
    version    bigint           not null,
    removed    boolean          not null default false,
    generation bigint           not null,
    position   bigint           not null,
    primary key (app_key, user_id)
);

comment on column audience.removed is 'no user any more; the row stays until the next rebuild ends, so that an older record cannot bring it back';
comment on column audience.generation is 'of the last record that was applied; a rebuild removes what is of an older one';
comment on column audience.position is 'Kafka''s offset of that record: all records of a user are in one partition';

create index audience_by_tag on audience using gin (tags) where tags <> '{}';

-- One row: rises with each rebuild.
create table generation (
    current bigint not null
);
insert into generation values (1);

-- Messages to all users: what is to be pushed, how far that is, and what waits for its time.
create table job (
    app_key          text collate "C" not null,
    message_uid      text collate "C" not null,
    state            text             not null,
    in_app           text             not null,
    command          bytea            not null,
    sent_at          bigint           not null,
    created_at       bigint           not null,
    ended_at         bigint,
    audience         bigint,
    after_user_id    text collate "C" not null default '',
    users            bigint           not null default 0,
    users_per_second bigint           not null default 0,
    told_users       bigint           not null default 0,
    told_at          bigint           not null,
    lease            uuid,
    lease_until      timestamptz,
    served_at        timestamptz,
    send_at          bigint,
    cron             text,
    time_zone        text,
    last_run_at      bigint,
    series_uid       text collate "C",
    primary key (app_key, message_uid)
);

comment on column job.command is 'the AllUsersCommand as JSON';
comment on column job.sent_at is 'sentTime of the message, ms since 1970, like all times of this table that are numbers';
comment on column job.after_user_id is 'the checkpoint: all users up to this one were handed to delivery';
comment on column job.told_at is 'when progress was told last, and of how many users';
comment on column job.send_at is 'when it runs, or runs next; null: it ran at once';
comment on column job.series_uid is 'the message that comes again, of which this is one occurrence';

create index job_running on job (app_key) where state = 'RUNNING';
create index job_scheduled on job (send_at) where state = 'SCHEDULED';
create index job_ended on job (ended_at) where ended_at is not null;

-- When an app was served last: the one that waits longest is next.
create table turn (
    app_key   text collate "C" primary key,
    served_at timestamptz not null
);
