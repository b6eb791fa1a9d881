-- Of an app on ZIM's API: whose devices PushType 2 is for, and how long a message may be.
alter table gateway.app add column zim_push_type_2 varchar(16) not null default 'OFFLINE'
    check (zim_push_type_2 in ('OFFLINE', 'ALL'));
alter table gateway.app add column zim_message_bytes integer not null default 2048;

-- ZIM allows names of 256 bytes, and a text of the app's own.
alter table gateway.app_user alter column name type varchar(256);
alter table gateway.app_user add column extra text not null default '';
