-- ref.last_day_of(text): the last day that a date as the registry writes it may mean, NULL when it is no date
-- ref.results_due(text): when results must be posted: one year after the primary completion date
-- FDAAA 801 as made precise by 42 CFR 11.44(a)(1) (2016): results of an applicable clinical trial are due one year after
-- the date on which the last participant was examined for the primary outcome. A month counts to its last day, so that
-- nobody is called late too early.
create macro ref.last_day_of(text) as case
    when regexp_full_match(text, '\d{4}-\d{2}-\d{2}') then try_cast(text as date)
    when regexp_full_match(text, '\d{4}-\d{2}') then last_day(try_cast(text || '-01' as date))
    when regexp_full_match(text, '\d{4}') then try_cast(text || '-12-31' as date)
end;

create macro ref.results_due(text) as (ref.last_day_of(text) + interval 1 year)::date;

comment on macro ref.last_day_of is 'The last day that a date as the registry writes it may mean; NULL when it is no date.';
comment on macro ref.results_due is 'One year after a primary completion date: when results must be posted (42 CFR 11.44(a)(1)).';
