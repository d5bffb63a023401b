-- ref.days_in(words), ref.times_in(words): the latest time that words such as `Week 4`, `Baseline to Day 28` or `up to 52 weeks`
-- name, in days; or every such time
-- Day n is n days and not n - 1: trials number the dosing day as 0 or 1. Month = 30 days, year = 365 days.
-- A unit may lead a list (`Days 0, 1, 3 and 30`) or follow its number (`24 hours`). DuckDB's expressions cannot look
-- ahead, so the two are marked one after the other: `day 1, 24 hours` is `{day}1, <24 hour>` before a list is read.
create macro ref.spelled_out(words) as
    lower(words)
        .regexp_replace('\b(?:hours|hrs?)\b', 'hour', 'g').regexp_replace('(\d)\s?h\b', '\1 hour', 'g')
        .regexp_replace('\b(?:minutes|mins?)\b', 'minute', 'g')
        .regexp_replace('\bwks?\b', 'week', 'g').regexp_replace('(\d)\s?wks?\b', '\1 week', 'g')
        .regexp_replace('(\d)\s?mos?\b', '\1 month', 'g').regexp_replace('\byrs?\b', 'year', 'g')
        .regexp_replace('\bd(\d+)\b', 'day \1', 'g').regexp_replace('\bw(\d+)\b', 'week \1', 'g')
        .regexp_replace('\bm(\d+)\b', 'month \1', 'g')
        .regexp_replace('\bfirst (week|month)\b', '\1 1', 'g')
        .regexp_replace('\bone\b', '1', 'g').regexp_replace('\btwo\b', '2', 'g').regexp_replace('\bthree\b', '3', 'g')
        .regexp_replace('\bfour\b', '4', 'g').regexp_replace('\bfive\b', '5', 'g').regexp_replace('\bsix\b', '6', 'g')
        .regexp_replace('\bseven\b', '7', 'g').regexp_replace('\beight\b', '8', 'g')
        .regexp_replace('\bnine\b', '9', 'g').regexp_replace('\bten\b', '10', 'g')
        .regexp_replace('\btwelve\b', '12', 'g')
        -- how often people are seen is not for how long; neither is the time of a visit before the study (`day -7`)
        .regexp_replace('\bevery \d+ (?:minute|hour|day|week|month|year)s?|\bday -\d+', ' ', 'g');

create macro ref.times_marked(words) as
    regexp_replace(
        regexp_replace(
            ref.spelled_out(words),
            '\b(minute|hour|day|week|month|year)s?(?:\s*|-)(\d)', '{\1}\2', 'g'
        ),
        '(\d+(?:\.\d+)?)(?:st|nd|rd|th)?[\s-]*(minute|hour|day|week|month|year)', '<\1 \2>', 'g'
    );

create macro ref.days_per(unit) as case
    when contains(unit, 'minute') then 1 / 1440
    when contains(unit, 'hour') then 1 / 24
    when contains(unit, 'day') then 1
    when contains(unit, 'week') then 7
    when contains(unit, 'month') then 30
    when contains(unit, 'year') then 365
end;

create macro ref.days_of(stated) as
    list_transform(
        regexp_extract_all(stated, '\d+(?:\.\d+)?'),
        lambda number: round(number::double * ref.days_per(stated), 4)
    );

create macro ref.times_in(words) as
    flatten(list_transform(
        regexp_extract_all(ref.times_marked(words), '<[^>]*>')
        || regexp_extract_all(
            ref.times_marked(words),
            '\{[a-z]+\}\d+(?:\.\d+)?(?:(?:\s|,|;|/|&|-|–|\band\b|\bor\b|\bto\b|\bthrough\b)+\d+(?:\.\d+)?)*'
        ),
        lambda stated: ref.days_of(stated)
    ));

create macro ref.days_in(words) as list_max(ref.times_in(words));

comment on macro ref.spelled_out is 'The words in lower case with units and small numbers in one spelling.';
comment on macro ref.times_marked is 'The words with each time marked: <24 hour> where the unit follows, {day}1 where it leads.';
comment on macro ref.days_per is 'Days in the unit that the words name.';
comment on macro ref.days_of is 'One time or list of times, such as `<52 week>` or `{day}1, 3, 7`, in days.';
comment on macro ref.times_in is 'Every time that the words name, in days; NULL without words.';
comment on macro ref.days_in is 'The latest time that the words name, in days; NULL when they name none.';
