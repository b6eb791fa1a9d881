alter table job add column trace text;

comment on column job.trace is 'where it stands in its trace, as traceparent; null: nobody follows it';
