-- Tokens of the admin API beside the configured one. Only a hash of each is here. A name is given once and for all, so that
-- the audit log goes on to say who it was.
create table gateway.admin_token (
    name       varchar(64) primary key,
    hash       varchar(64) not null unique,
    scopes     text        not null,
    apps       text        not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    revoked_at timestamptz
);

-- Who did what by the admin API, whether it was allowed or not. Rows are added and stay as they are.
create table gateway.audit (
    id      bigint generated always as identity primary key,
    at      timestamptz  not null,
    actor   varchar(64)  not null,
    address varchar(64)  not null,
    act     varchar(64)  not null,
    app_key varchar(64)  not null,
    detail  varchar(256) not null,
    outcome varchar(64)  not null
);

create index audit_app on gateway.audit (app_key, id);

create function gateway.refuse_change_of_audit() returns trigger language plpgsql as $$
begin
    raise exception 'gateway.audit is append-only';
end;
$$;

create trigger audit_is_append_only before update or delete or truncate on gateway.audit
    for each statement execute function gateway.refuse_change_of_audit();
