-- ref.days_in(words): the latest time that words such as `Week 4`, `Baseline to Day 28` or `up to 52 weeks` name, in days
-- Day n is n days and not n - 1: trials number the dosing day as 0 or 1. Month = 30 days, year = 365 days.
create macro ref.days_of(stated) as
    regexp_extract(stated, '\d+(?:\.\d+)?')::double * case
        when contains(stated, 'min') then 1 / 1440
        when contains(stated, 'hour') then 1 / 24
        when contains(stated, 'day') then 1
        when contains(stated, 'week') then 7
        when contains(stated, 'month') then 30
        when contains(stated, 'year') then 365
    end;

create macro ref.days_in(words) as
    round(list_max(list_transform(
        regexp_extract_all(lower(words), '(?:minute|hour|day|week|month|year)s?\s+\d+(?:\.\d+)?')
        || regexp_extract_all(
            regexp_replace(lower(words), '(?:minute|hour|day|week|month|year)s?\s+\d+(?:\.\d+)?', ' ', 'g'),
            '\d+(?:\.\d+)?[\s-]*(?:minute|hour|day|week|month|year)'
        ),
        lambda stated: ref.days_of(stated)
    )), 4);

comment on macro ref.days_of is 'One time, such as `week 4` or `52 weeks`, in days.';
comment on macro ref.days_in is 'The latest time that the words name, in days; NULL when they name none.';
